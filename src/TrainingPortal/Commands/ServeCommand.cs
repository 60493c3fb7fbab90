using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using TrainingPortal.Assessments;
using TrainingPortal.CourseFiles;
using TrainingPortal.Web.Hosting;
using TrainingPortal.Web.Seeding;

namespace TrainingPortal.Web.Commands;

/// <summary><c>serve</c>: the web portal and the job workers; also what runs without a verb.</summary>
internal static partial class ServeCommand
{
    public static Command Create(string[] arguments)
    {
        var command = new Command("serve", "Serves the portal (what happens without a verb).") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((_, cancellation) => ServeAsync([.. arguments.Where(argument => argument != "serve")], cancellation));
        return command;
    }

    public static async Task<int> ServeAsync(string[] arguments, CancellationToken cancellation)
    {
        await using var app = PortalHost.Build(arguments, serving: true);
        await PrepareAsync(app, cancellation);
        app.MapPortal();
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new StartRefusedException($"The address {app.Configuration["urls"] ?? "http://localhost:5080"} is in use by another program; stop that one, or name another with --urls http://localhost:PORT.", failure);
        }

        if (app.Environment.IsDevelopment())
        {
            DemoAccounts.Announce(app.Urls.First());
        }

        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    /// <summary>Database, signing keys, courses and, in Development, demo accounts.</summary>
    private static async Task PrepareAsync(WebApplication app, CancellationToken cancellation)
    {
        SigningKeys.RequirePassphrase(app.Services);
        await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
        await SigningKeys.RequireAsync(app, cancellation);

        // Before anybody can ask for a page: the first page of an attempt would close it by the old deadline.
        await app.Services.GetRequiredService<KeepPulse>().BeatAsync(cancellation);
        var folder = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PortalOptions>>().Value.CoursesDirectory;
        var report = await app.Services.GetRequiredService<ImportCourses>().RunAsync(folder, cancellation);
        foreach (var fault in report.Faults)
        {
            LogCourseFault(app.Logger, fault.ToString());
        }

        if (report.Faults.Count > 0)
        {
            LogCoursesKept(app.Logger, report.Faults.Count, folder);
        }

        if (app.Environment.IsDevelopment())
        {
            await DemoAccounts.AddAsync(app.Services);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault}")]
    private static partial void LogCourseFault(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} faults in the course files of {Folder}: nothing was imported, the last good version stays served")]
    private static partial void LogCoursesKept(ILogger log, int count, string folder);
}
