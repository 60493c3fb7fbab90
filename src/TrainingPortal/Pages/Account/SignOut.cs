using Microsoft.AspNetCore.Identity;
using TrainingPortal.Accounts;

namespace TrainingPortal.Web.Pages.Account;

/// <summary>Signing out is a post, so that no link and no image can do it.</summary>
public static class SignOut
{
    public static IEndpointRouteBuilder MapSignOut(this IEndpointRouteBuilder routes)
    {
        // Reading the form is what makes the framework check the antiforgery token.
        routes.MapPost("/account/sign-out", async ([Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl, SignInManager<PortalUser> signIn) =>
        {
            await signIn.SignOutAsync();
            return TypedResults.LocalRedirect(Hosting.LocalAddress.OrHome(returnUrl));
        }).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}
