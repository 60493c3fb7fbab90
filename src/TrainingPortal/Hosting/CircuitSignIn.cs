using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;

namespace TrainingPortal.Web.Hosting;

/// <summary>
/// Asks now and then whether the person behind a live page is still who they were: a board may stay open for hours, and
/// knows them only from when it was opened. Not the framework's own revalidating provider, which starts and breaks off its
/// watch for every static page too.
/// </summary>
internal sealed class CircuitSignIn(AuthenticationStateProvider signedIn, IServiceScopeFactory scopes, IOptions<IdentityOptions> identity, TimeProvider clock, ILogger<CircuitSignIn> log)
    : CircuitHandler, IDisposable
{
    private readonly PeriodicTimer timer = new(PortalIdentity.RevalidationInterval, clock);

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _ = WatchAsync();
        return Task.CompletedTask;
    }

    public void Dispose() => timer.Dispose();

    private async Task WatchAsync()
    {
        while (await timer.WaitForNextTickAsync())
        {
            if (!await IsStillSignedInAsync())
            {
                ((IHostEnvironmentAuthenticationStateProvider)signedIn).SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
                return;
            }
        }
    }

    private async Task<bool> IsStillSignedInAsync()
    {
        try
        {
            var person = (await signedIn.GetAuthenticationStateAsync()).User;
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
            var found = await users.GetUserAsync(person);
            return found is not null && person.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(found);
        }
        catch (Exception failure)
        {
            // Who cannot be looked up is signed out, as the framework's own watch does it.
            log.LogError(failure, "Whoever is behind a live page could not be looked up.");
            return false;
        }
    }
}
