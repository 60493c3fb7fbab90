using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.CourseFiles;
using TrainingPortal.Persistence;
using TrainingPortal.Web.Hosting;
using TrainingPortal.Web.Seeding;

namespace TrainingPortal.Web.Commands;

/// <summary><c>demo</c>: fills a database for load tests.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var trainees = new Option<int>("--trainees") { Description = "How many people are registered and enrolled.", DefaultValueFactory = _ => 20 };
        var certificates = new Option<int>("--certificates") { Description = "How many of them pass and get a certificate.", DefaultValueFactory = _ => 10 };
        var bulk = new Option<bool>("--bulk") { Description = "Write finished rows, without a signed credential, for people called \"Bulk\" who cannot sign in: for loads of a million. Refused in Production." };
        var seed = new Option<int>("--seed") { Description = "With --bulk, the same number draws the same dates.", DefaultValueFactory = _ => 1 };
        var output = new Option<FileInfo?>("--out") { Description = "The file for what was made, as CSV: kind, serial or id, e-mail. Without it, the console." };
        var command = new Command("demo", "Fills a database for load tests with people who learn, pass and are certified by the portal's own use cases.") { trainees, certificates, bulk, seed, output };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            var (people, passes) = (parsed.GetValue(trainees), parsed.GetValue(certificates));
            if (people < 1 || passes < 0 || passes > people)
            {
                throw new StartRefusedException($"Of {people} trainees {passes} cannot have a certificate: one trainee at least, and each has one certificate at most.");
            }

            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            if (parsed.GetValue(bulk) && app.Environment.IsProduction())
            {
                throw new StartRefusedException("demo --bulk writes certificates that nobody earned, and is refused in Production; set ASPNETCORE_ENVIRONMENT=Development for a database of tests.");
            }

            await PrepareAsync(app, cancellation);
            await using var file = parsed.GetValue(output) is { } named ? Create(named) : null;
            var made = file ?? Console.Out;
            await made.WriteLineAsync("kind,id,email");
            var written = parsed.GetValue(bulk)
                ? new BulkCertificates(app.Services, parsed.GetValue(seed)).WriteAsync(people, passes, made, cancellation)
                : new DemoTrainees(app.Services).AddAsync(people, passes, made, cancellation);
            await written;
            await made.FlushAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static async Task PrepareAsync(WebApplication app, CancellationToken cancellation)
    {
        SigningKeys.RequirePassphrase(app.Services);
        await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
        await SigningKeys.RequireAsync(app, cancellation);
        var folder = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.CoursesDirectory;
        if ((await app.Services.GetRequiredService<ImportCourses>().RunAsync(folder, cancellation)).Faults is [var fault, ..])
        {
            throw new StartRefusedException($"The course files of {folder} have faults, the first being {fault}");
        }

        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellation);
        if (!await database.Programmes.AnyAsync(cancellation))
        {
            throw new StartRefusedException($"The course files of {folder} have no programme, so that nothing can be certified.");
        }
    }

    private static StreamWriter Create(FileInfo file)
    {
        try
        {
            return file.CreateText();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{file.FullName} cannot be written: {failure.Message}", failure);
        }
    }
}
