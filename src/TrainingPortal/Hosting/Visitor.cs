using System.Security.Claims;
using TrainingPortal.Accounts;

namespace TrainingPortal.Web.Hosting;

/// <summary>Turns the signed-in principal into the <see cref="Actor"/> that use cases ask for.</summary>
public static class Visitor
{
    /// <returns>Null for a visitor who is not signed in.</returns>
    public static Actor? AsActorOrNull(this ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new Actor(id, principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal))
            : null;

    /// <exception cref="InvalidOperationException">Nobody is signed in; the page must ask for it.</exception>
    public static Actor AsActor(this ClaimsPrincipal principal) =>
        principal.AsActorOrNull() ?? throw new InvalidOperationException("This page needs a signed-in person.");
}
