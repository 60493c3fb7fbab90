using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Commands;

/// <summary>The verb that fills a database for load tests.</summary>
public class DemoCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trainees_learn_and_pass_by_the_use_cases_and_are_listed_with_their_serials()
    {
        using var data = await DataFolder.WithCoursesAsync();

        var lines = await RunAsync(data, RepositoryFolder.SmallSchool, "--trainees", "3", "--certificates", "2");

        Assert.Equal(
            ["kind", "trainee", "trainee", "trainee", "certificate", "certificate"],
            lines.Select(line => line.Split(',')[0]));
        await using var database = data.CreateDbContext();
        Assert.Equal((3, 3, 2, 2, 2), (
            await database.Users.CountAsync(person => person.EmailConfirmed && person.PasswordHash != null, Cancellation),
            await database.Enrollments.CountAsync(Cancellation),
            await database.Attempts.CountAsync(row => row.Kind == QuizKind.Exam && row.Result == AttemptResult.Passed, Cancellation),
            await database.Certificates.CountAsync(Cancellation),
            await database.Credentials.CountAsync(Cancellation)));
        foreach (var line in lines.Where(line => line.StartsWith("certificate,", StringComparison.Ordinal)))
        {
            var (serial, email) = (Serial.Parse(line.Split(',')[1]).Value, line.Split(',')[2]);
            Assert.True(await database.Certificates.AnyAsync(row => row.Serial == serial && database.Users.Any(person => person.Id == row.HolderId && person.Email == email), Cancellation));
        }

        // Once more: others, beside those that are there.
        Assert.Equal(2, (await RunAsync(data, RepositoryFolder.SmallSchool, "--trainees", "1", "--certificates", "0")).Count);
        Assert.Equal(4, await database.Users.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_whole_curriculum_is_learned_and_every_question_answered_right()
    {
        using var data = await DataFolder.WithCurriculumAsync();

        await RunAsync(data, RepositoryFolder.Path("courses"), "--trainees", "1", "--certificates", "1");

        await using var database = data.CreateDbContext();
        Assert.All(await database.Attempts.AsNoTracking().ToListAsync(Cancellation), attempt => Assert.Equal((AttemptResult.Passed, attempt.Of), (attempt.Result, attempt.Points)));
        Assert.Equal(1, await database.Certificates.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Rows_in_bulk_are_marked_spread_over_the_validity_and_break_no_rule()
    {
        using var data = await DataFolder.WithCoursesAsync();

        var lines = await RunAsync(data, RepositoryFolder.SmallSchool, "--trainees", "400", "--certificates", "300", "--bulk");

        Assert.Equal((401, 300), (lines.Count(line => !line.StartsWith("certificate,", StringComparison.Ordinal)), lines.Count(line => line.StartsWith("certificate,", StringComparison.Ordinal))));
        await using var database = data.CreateDbContext();
        var certificates = await database.Certificates.AsNoTracking().ToListAsync(Cancellation);
        Assert.All(certificates, row => Assert.StartsWith("Bulk ", row.HolderName, StringComparison.Ordinal));
        Assert.All(certificates, row => Assert.Equal(CertificateStatus.Active, row.StatusAt(row.IssuedAt)));
        Assert.True(certificates.Select(row => row.LastValidDay).Distinct().Count() > 250, "The days are not spread.");
        Assert.Empty(await database.Users.Where(person => person.PasswordHash != null).ToListAsync(Cancellation));
        Assert.Equal(["400 people"], await database.AuditEntries.Where(entry => entry.Act == "demo rows written in bulk").Select(entry => entry.Subject).ToListAsync(Cancellation));

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await new CheckInvariants(data).RunAsync(now, Cancellation);
        var options = Microsoft.Extensions.Options.Options.Create(new PortalOptions());
        Assert.Equal(0, await new IssueCertificates(data, options, TestKeys.Issue(options), TimeProvider.System).RunAsync(now, Cancellation));
    }

    [Theory]
    [InlineData("demo --bulk writes certificates that nobody earned, and is refused in Production; set ASPNETCORE_ENVIRONMENT=Development for a database of tests.", "--bulk")]
    [InlineData("Of 2 trainees 3 cannot have a certificate: one trainee at least, and each has one certificate at most.", "--trainees", "2", "--certificates", "3")]
    public async Task It_says_why_it_refuses(string why, params string[] arguments)
    {
        using var data = DataFolder.Empty();

        var refused = await PortalProcess.RunAsync(["demo", .. arguments, $"--Portal:DataDirectory={data.Path}"]);

        Assert.Equal((1, why), (refused.ExitCode, refused.Errors));
        Assert.Empty(await data.TablesAsync());
    }

    private static async Task<IReadOnlyList<string>> RunAsync(DataFolder data, string courses, params string[] arguments)
    {
        var output = data.File(string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}.csv"));
        var made = await PortalProcess.RunAsync(["demo", .. arguments, "--out", output, $"--Portal:DataDirectory={data.Path}", $"--Portal:CoursesDirectory={courses}", "--environment=Development"]);
        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.DoesNotContain("kind,id,email", made.Output, StringComparison.Ordinal);
        return await System.IO.File.ReadAllLinesAsync(output, Cancellation);
    }
}
