using System.CommandLine;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Commands;

/// <summary>
/// The verbs of the program. Each ends with 0, or with 1 and a sentence on stderr; settings such as <c>--urls</c> may follow
/// any of them.
/// </summary>
public static class PortalCommands
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Training Portal: courses, exams and certificates for microneedling. Without a verb it serves the portal.")
        {
            ServeCommand.Create(arguments),
            MigrateCommand.Create(),
            CourseCommands.Create(),
            UserCommands.Create(),
            JobCommands.Create(),
            CertificateCommands.Create(),
            DemoCommand.Create(),
            KeyCommands.Create(),
        };
        root.SetAction((_, cancellation) => ServeCommand.ServeAsync(arguments, cancellation));
        root.TreatUnmatchedTokensAsErrors = false;
        try
        {
            // "help" is how many people ask; a mistyped verb must not start a server.
            if (arguments is ["help", ..])
            {
                return await root.Parse([.. arguments[1..], "--help"]).InvokeAsync();
            }

            if (arguments is [[not '-', ..] verb, ..] && root.Subcommands.All(command => command.Name != verb))
            {
                throw new StartRefusedException($"There is no verb {verb}; \"help\" lists those there are.");
            }

            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (StartRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
    }
}
