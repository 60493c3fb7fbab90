using System.CommandLine;
using TrainingPortal.Credentials;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Commands;

/// <summary><c>keys list</c> and <c>keys rotate</c>.</summary>
internal static class KeyCommands
{
    public static Command Create() => new("keys", "Lists the signing keys, or makes new ones.") { List(), Rotate() };

    private static Command List()
    {
        var command = new Command("list", "Every signing key there ever was, with what it signs and since when.");
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
            var keys = await app.Services.GetRequiredService<ReadKeys>().RunAsync(cancellation);
            foreach (var key in keys)
            {
                Console.WriteLine($"{key.Thumbprint}  {Word(key.Use),-6}  {State(key, now)}");
            }

            if (keys.Count == 0)
            {
                Console.WriteLine("There are no signing keys yet; make them with \"keys rotate\".");
            }

            return 0;
        });
        return command;
    }

    private static Command Rotate()
    {
        var compromised = new Option<string?>("--compromised") { Description = "The thumbprint of a key that others may have: it is served no more, and its successor signs at once." };
        var command = new Command("rotate", "Makes a new key of each use. It is published at once and signs from 24 hours later, the first one at once.") { compromised };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
            var made = await SigningKeys.MakeAsync(app.Services, parsed.GetValue(compromised), cancellation);
            if (made.Count == 0)
            {
                throw new StartRefusedException($"There is no signing key {parsed.GetValue(compromised)}; \"keys list\" lists those there are.");
            }

            foreach (var key in made)
            {
                Console.WriteLine($"{key.Thumbprint}  {Word(key.Use),-6}  signs from {JsonBytes.Instant(key.ActiveFrom)}");
            }

            return 0;
        });
        return command;
    }

    private static string State(SigningKey key, DateTime now) => key switch
    {
        { CompromisedAt: { } lost } => $"compromised {JsonBytes.Instant(lost)}",
        { RetiredAt: { } retired } when retired <= now => $"retired {JsonBytes.Instant(retired)}",
        { ActiveFrom: var from } when from > now => $"signs from {JsonBytes.Instant(from)}",
        _ => $"signs since {JsonBytes.Instant(key.ActiveFrom)}",
    };

    private static string Word(KeyUse use) => use switch
    {
        KeyUse.VcJwt => "vc-jwt",
        KeyUse.Pdf => "pdf",
    };
}
