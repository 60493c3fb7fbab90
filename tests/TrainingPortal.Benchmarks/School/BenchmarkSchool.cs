using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.CourseFiles;
using TrainingPortal.Enrollments;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Commands;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Benchmarks.School;

/// <summary>A person of the school with the cookie that a sign-in gives.</summary>
internal sealed record SignedIn(Actor Actor, string Ticket);

/// <summary>A data folder of its own with courses and people in it, gone when disposed.</summary>
internal sealed class BenchmarkSchool : IAsyncDisposable
{
    /// <summary>66 items, six of them pilots, 90 minutes.</summary>
    public const string LongExam = "microneedling-competence";

    /// <summary>20 items, 30 minutes.</summary>
    public const string ShortExam = "safe-practice";

    /// <summary>What opens the signing keys of the data folder.</summary>
    public const string Passphrase = "benchmark";

    private readonly WebApplication portal;

    private BenchmarkSchool(string folder, string courses)
    {
        Folder = folder;
        Courses = courses;
        portal = PortalHost.Build(["--environment=Production", $"--Portal:DataDirectory={folder}", $"--Portal:CoursesDirectory={courses}", $"--Keys:Passphrase={Passphrase}"], serving: false);
        Records = new Records(portal.Services);
    }

    public string Folder { get; }

    public string Courses { get; }

    public Records Records { get; }

    public IServiceProvider Services => portal.Services;

    /// <param name="exam">One of the two exams; its courses are imported with it.</param>
    /// <param name="parent">The folder, and so the disk, on which the data folder is made; none for the machine's temporary one.</param>
    public static async Task<BenchmarkSchool> OpenAsync(string exam, DirectoryInfo? parent, CancellationToken cancellation)
    {
        Settings.Say("importing courses");
        var folder = Path.Combine(parent?.FullName ?? Path.GetTempPath(), $"portal-benchmark-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var courses = exam == LongExam ? RepositoryFolder.Path("courses") : RepositoryFolder.SmallSchool;
        var school = new BenchmarkSchool(folder, courses);
        await PortalDatabase.MigrateAsync(school.Services, dryRun: false, cancellation);
        await SigningKeys.MakeAsync(school.Services, compromised: null, cancellation);
        var report = await school.Services.GetRequiredService<ImportCourses>().RunAsync(courses, cancellation);
        return report.Faults.Count == 0 ? school : throw new BenchmarkFailedException($"{courses} has faults: {report.Faults[0]}");
    }

    /// <summary>A school on a copy of this one's data as it is now.</summary>
    public BenchmarkSchool Copy()
    {
        Records.Settle();
        var copy = Folder + "-copy";
        Directory.CreateDirectory(copy);
        File.Copy(Path.Combine(Folder, Records.FileName), Path.Combine(copy, Records.FileName));
        var keys = Directory.CreateDirectory(Path.Combine(copy, "keys")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "keys")))
        {
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
        }

        return new BenchmarkSchool(copy, Courses);
    }

    /// <summary>
    /// Trainees with nothing in the way of the exam. One comes there by the real use cases; what that left in the
    /// database is copied for the others.
    /// </summary>
    public async Task<IReadOnlyList<Actor>> AddPreparedAsync(int count, CancellationToken cancellation)
    {
        Settings.Say($"preparing {count} trainees");
        var people = await Records.AddPeopleAsync(count, cancellation);
        await PrepareAsync(people[0], cancellation);
        Records.CopyPreparation(people[0].PersonId, [.. people.Skip(1).Select(person => person.PersonId)]);
        return people;
    }

    /// <summary>Trainees who passed the exam and have no certificate yet.</summary>
    public async Task AddPassesAsync(int count, CancellationToken cancellation)
    {
        var people = await AddPreparedAsync(count, cancellation);
        var attempt = await Records.StartAsync(people[0], ShortExam, cancellation);
        Records.CopyAttempt(attempt, [.. people.Skip(1).Select(person => person.PersonId)]);
        await Records.PassExamsAsync(ShortExam, cancellation);
        Records.Settle();
    }

    /// <summary>Finished certificates, by the portal's own verb, which refuses it in Production.</summary>
    public async Task AddInBulkAsync(int count)
    {
        var made = await PortalCommands.RunAsync(
            ["demo", "--bulk", $"--trainees={count}", $"--certificates={count}", "--out", Path.Combine(Folder, "demo.csv"), "--environment=Development", $"--Portal:DataDirectory={Folder}", $"--Portal:CoursesDirectory={Courses}", $"--Keys:Passphrase={Passphrase}"]);
        if (made != 0)
        {
            throw new BenchmarkFailedException("The certificates were not written.");
        }
    }

    /// <summary>The same, each with the cookie of a sign-in.</summary>
    public async Task<IReadOnlyList<SignedIn>> AddTraineesAsync(int count, CancellationToken cancellation)
    {
        var signedIn = new List<SignedIn>(count);
        foreach (var person in await AddPreparedAsync(count, cancellation))
        {
            signedIn.Add(new SignedIn(person, await TicketAsync(person)));
        }

        return signedIn;
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        Records.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task PrepareAsync(Actor person, CancellationToken cancellation)
    {
        foreach (var (course, lesson) in await Records.LessonsAsync(cancellation))
        {
            await Services.GetRequiredService<Enroll>().RunAsync(person, course, cancellation);
            await Services.GetRequiredService<MarkLessonRead>().RunAsync(person, course, lesson, cancellation);
        }

        await Records.PassChecksAsync(person, cancellation);
    }

    // What the sign-in page gives after the password was right, made with the portal's own keys.
    private async Task<string> TicketAsync(Actor person)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var user = await users.FindByIdAsync(person.PersonId.ToString());
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<PortalUser>>().CreateAsync(user!);
        var cookie = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = TimeProvider.System.GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookie.ExpireTimeSpan, IsPersistent = true };
        return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme))}";
    }
}
