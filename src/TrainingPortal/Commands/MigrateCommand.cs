using System.CommandLine;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Commands;

/// <summary><c>migrate</c>: brings the database to this version, or says what it would do.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and do nothing." };
        var command = new Command("migrate", "Brings the database to this version.") { dryRun };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            var only = parsed.GetValue(dryRun);
            var migrations = await PortalDatabase.MigrateAsync(app.Services, only, cancellation);
            Console.WriteLine(migrations.Count == 0 ? "The database is at this version." : $"{(only ? "Would apply" : "Applied")}: {string.Join(", ", migrations)}");
            return 0;
        });
        return command;
    }
}
