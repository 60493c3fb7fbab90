using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Practicals;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

/// <summary>Programmes that ask for courses, exams and practicals in any combination, by the job and the database.</summary>
public class ProgrammeCombinationTests
{
    private const string Law = "law-exam";
    private const string Pad = "pad";
    private const string Station = "station";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<School> OpenAsync(Action<Programme> change)
    {
        var school = await School.OpenAsync();
        await school.AddExamAsync(Law);
        await school.AddPracticalAsync(Pad);
        await school.AddPracticalAsync(Station);
        await school.ChangeProgrammeAsync(change);
        return school;
    }

    private static async Task<List<Certificate>> CertificatesAsync(School school, Actor holder)
    {
        await using var database = school.Database.CreateDbContext();
        return await database.Certificates.AsNoTracking().Where(row => row.HolderId == holder.PersonId).OrderBy(row => row.IssuedAt).ToListAsync(Cancellation);
    }

    private static async Task AssertNothingWaitsAndNothingIsBrokenAsync(School school)
    {
        await using (var database = school.Database.CreateDbContext())
        {
            Assert.False(await database.Attempts.AnyAsync(row => row.AwaitsAward, Cancellation));
            Assert.False(await database.PracticalMarkings.AnyAsync(row => row.AwaitsAward, Cancellation));
        }

        Assert.Equal(0, await new CheckInvariants(school.Database).RunAsync(school.Now.AddHours(2), Cancellation));
    }

    private static async Task PassAsync(School school, Actor person, string exam)
    {
        var attempt = await school.StartAsync(person, exam);
        await school.AnswerAllAsync(person, attempt);
        await school.SubmitAsync(person, attempt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_asked_and_whichever_comes_last_there_is_one_certificate_exactly_when_all_is_done(int seed)
    {
        await using var school = await OpenAsync(_ => { });
        var random = new Random(seed);
        foreach (var domain in new[] { School.Depth, School.Hygiene, School.Contraindications })
        {
            await school.ChangeQuizAsync($"{domain}-check", check => check.Awards = true);
        }

        foreach (var _ in Enumerable.Range(0, 5))
        {
            var choice = random.Next(1, 32);
            bool Asks(int bit) => (choice & (1 << bit)) != 0;
            await school.ChangeProgrammeAsync(programme =>
            {
                programme.OwnCourses = Asks(0) ? [School.Course] : [];
                programme.Exams = [.. new[] { School.Exam, Law }.Where((_, index) => Asks(1 + index))];
                programme.Practicals = [.. new[] { Pad, Station }.Where((_, index) => Asks(3 + index))];
            });
            var person = await school.TraineeAsync();
            await school.EnrolAsync(person);
            await school.ReadEverythingAsync(person);

            // The exams open after the checks; everything else in any order.
            var acts = new List<(int Bit, Func<Task> Do)> { (0, () => school.PassChecksAsync(person)), (3, () => school.SignOffAsync(person, Pad)), (4, () => school.SignOffAsync(person, Station)) };
            var order = acts.ToArray();
            random.Shuffle(order);
            var list = order.ToList();
            var after = list.FindIndex(act => act.Bit == 0) + 1;
            list.Insert(random.Next(after, list.Count + 1), (1, () => PassAsync(school, person, School.Exam)));
            list.Insert(random.Next(after, list.Count + 1), (2, () => PassAsync(school, person, Law)));
            var done = 0;
            foreach (var (bit, act) in list)
            {
                school.Clock.Advance(TimeSpan.FromHours(1));
                await act();
                done |= 1 << bit;
                await school.IssueAsync();
                Assert.Equal((choice & done) == choice ? 1 : 0, (await CertificatesAsync(school, person)).Count);
            }

            var certificate = Assert.Single(await CertificatesAsync(school, person));
            Assert.Equal(int.PopCount(choice), certificate.Facts.Count);
            Assert.Equal(certificate.Facts.Max(fact => fact.At), certificate.EarnedAt);
        }
    }

    [Fact]
    public async Task A_practical_that_comes_last_makes_it_from_that_day_on_with_one_mail()
    {
        await using var school = await OpenAsync(programme => programme.Practicals = [Pad]);
        var person = await school.PreparedTraineeAsync();
        await school.PassExamAsync(person);
        Assert.Equal(0, await school.IssueAsync());
        await AssertNothingWaitsAndNothingIsBrokenAsync(school);
        school.Clock.Advance(TimeSpan.FromDays(10));

        var marking = await school.SignOffAsync(person, Pad);
        Assert.Equal(1, await school.IssueAsync());
        Assert.Equal(0, await school.IssueAsync());

        var certificate = await school.NewestCertificateAsync(person);
        Assert.Equal((null, school.Now, 1, CertificateCause.Issued, new DateOnly(2028, 11, 12)), (certificate.AttemptId, certificate.ValidFrom, certificate.Cycle, certificate.Cause, certificate.LastValidDay));
        Assert.Contains(certificate.Facts, fact => fact.Id == marking && fact.Kind == RequirementKind.Practical);
        Assert.Single(await school.OutboxAsync("certificate-issued"));
        await AssertNothingWaitsAndNothingIsBrokenAsync(school);
    }

    [Fact]
    public async Task A_pass_and_a_sign_off_at_once_with_many_jobs_make_one()
    {
        await using var school = await OpenAsync(programme => programme.Practicals = [Pad]);
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        await school.AnswerAllAsync(person, attempt);

        await Task.WhenAll(
            Task.Run(() => school.SubmitAsync(person, attempt), Cancellation),
            Task.Run(() => school.SignOffAsync(person, Pad), Cancellation),
            Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(school.IssueAsync))));
        await school.IssueAsync();

        Assert.Single(await CertificatesAsync(school, person));
        Assert.Single(await school.OutboxAsync("certificate-issued"));
        await AssertNothingWaitsAndNothingIsBrokenAsync(school);
    }

    [Fact]
    public async Task Many_jobs_share_many_people_whose_last_fact_differs()
    {
        await using var school = await OpenAsync(programme => programme.Practicals = [Pad]);
        foreach (var name in new[] { "Ana", "Ben", "Cleo", "Dan" })
        {
            var person = await school.PreparedTraineeAsync(name);
            await school.SignOffAsync(person, Pad);
            await school.PassExamAsync(person);
        }

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(school.IssueAsync)));

        Assert.Equal(4, made.Sum() + await school.IssueAsync());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal((4, 4), (await database.Certificates.CountAsync(Cancellation), await database.Certificates.Select(row => row.HolderId).Distinct().CountAsync(Cancellation)));
    }

    [Fact]
    public async Task The_pass_of_an_exam_counts_for_every_programme_that_asks_for_it()
    {
        await using var school = await OpenAsync(_ => { });
        await school.AddProgrammeAsync("practitioner", programme => (programme.Exams, programme.Practicals) = ([School.Exam], [Pad, Station]));
        var (person, foundation) = await school.CertifyAsync();
        await school.SignOffAsync(person, Pad);
        await school.IssueAsync();
        Assert.Equal([foundation.Id], (await CertificatesAsync(school, person)).Select(row => row.Id));
        school.Clock.Advance(TimeSpan.FromDays(1));

        await school.SignOffAsync(person, Station);
        Assert.Equal(1, await school.IssueAsync());

        var practitioner = await school.NewestCertificateAsync(person);
        Assert.Equal(("Practitioner", 3, null), (practitioner.Level, practitioner.Facts.Count, practitioner.ReplacesId));
        Assert.Equal(CertificateStatus.Active, (await CertificatesAsync(school, person))[0].StatusAt(school.Now));
        await AssertNothingWaitsAndNothingIsBrokenAsync(school);
    }

    [Fact]
    public async Task A_renewal_asks_for_all_of_it_again_and_opens_a_cycle_linked_to_the_last()
    {
        await using var school = await OpenAsync(programme => programme.Practicals = [Pad]);
        var person = await school.PreparedTraineeAsync();
        await school.PassExamAsync(person);
        await school.SignOffAsync(person, Pad);
        await school.IssueAsync();
        var first = await school.NewestCertificateAsync(person);
        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);

        Assert.Equal(first.Id, (await school.RenewAsync(person, first)).Id);
        school.Clock.Advance(TimeSpan.FromDays(2));
        await school.SignOffAsync(person, Pad);
        Assert.Equal(1, await school.IssueAsync());

        var second = await school.NewestCertificateAsync(person);
        Assert.Equal((first.Id, 2, CertificateCause.Renewed, new DateOnly(2030, 11, 2)), (second.ReplacesId, second.Cycle, second.Cause, second.LastValidDay));
        Assert.Empty(first.Facts.Select(fact => fact.Id).Intersect(second.Facts.Select(fact => fact.Id)));
        Assert.Equal(first.Facts, (await CertificatesAsync(school, person))[0].Facts);
        await AssertNothingWaitsAndNothingIsBrokenAsync(school);
    }

    [Fact]
    public async Task A_practical_of_twelve_months_is_repeated_without_the_exam_and_counts_for_the_whole_later()
    {
        await using var school = await OpenAsync(programme =>
        {
            programme.Practicals = [Pad];
            programme.Parts = [new ProgrammePart(Pad, "Technique on a pad", 12, RequirementKind.Practical)];
        });
        var person = await school.PreparedTraineeAsync();
        await school.SignOffAsync(person, Pad);
        school.Clock.Advance(TimeSpan.FromDays(30));
        await school.PassExamAsync(person);
        await school.IssueAsync();
        var first = await school.NewestCertificateAsync(person);

        // The practical runs from the day on which it was signed off, the whole from the exam.
        Assert.Equal((new DateOnly(2027, 11, 2), new DateOnly(2028, 12, 2), "Technique on a pad"), (first.LastValidDay, first.WholeLastValidDay, first.EndingPart?.Name));

        school.Now = new DateTime(2027, 10, 5, 16, 0, 0, DateTimeKind.Utc);
        Assert.Equal(School.Course, (await school.StartRenewal.RunAsync(person, Serial.Parse(first.Serial), Cancellation)).Value);
        await school.SignOffAsync(person, Pad);
        Assert.Equal(1, await school.IssueAsync());
        Assert.Equal(0, await school.IssueAsync());
        var second = await school.NewestCertificateAsync(person);
        Assert.Equal((first.Id, CertificateCause.PartRepeated, 1, new DateOnly(2028, 11, 2)), (second.ReplacesId, second.Cause, second.Cycle, second.LastValidDay));
        Assert.Null(second.AttemptId);

        school.Now = new DateTime(2028, 10, 1, 16, 0, 0, DateTimeKind.Utc);
        var third = await school.RenewAsync(person, second);
        Assert.Equal((second.Id, CertificateCause.Renewed, 2, new DateOnly(2030, 12, 2)), (third.ReplacesId, third.Cause, third.Cycle, third.WholeLastValidDay));

        // It was done in October 2027 and moved the end once.
        Assert.Equal(new DateOnly(2028, 11, 2), third.LastValidDay);
        await AssertNothingWaitsAndNothingIsBrokenAsync(school);
    }

    [Fact]
    public async Task A_programme_without_an_exam_is_earned_by_its_checks_and_renewed_by_them()
    {
        await using var school = await OpenAsync(programme => (programme.Exams, programme.OwnCourses) = ([], [School.Course]));
        foreach (var domain in new[] { School.Depth, School.Hygiene, School.Contraindications })
        {
            await school.ChangeQuizAsync($"{domain}-check", check => check.Awards = true);
        }

        var person = await school.PreparedTraineeAsync();
        Assert.Equal(1, await school.IssueAsync());
        var first = await school.NewestCertificateAsync(person);
        Assert.Equal(RequirementKind.Course, Assert.Single(first.Facts).Kind);
        await AssertNothingWaitsAndNothingIsBrokenAsync(school);

        school.Now = first.RenewalOpensAt.AddDays(1);
        Assert.Equal(School.Course, (await school.StartRenewal.RunAsync(person, Serial.Parse(first.Serial), Cancellation)).Value);
        Assert.Equal(School.Course, (await school.StartRenewal.RunAsync(person, Serial.Parse(first.Serial), Cancellation)).Value);
        Assert.Equal(0, await school.IssueAsync());
        await school.PassChecksAsync(person);
        Assert.Equal(1, await school.IssueAsync());

        var second = await school.NewestCertificateAsync(person);
        Assert.Equal((first.Id, 2), (second.ReplacesId, second.Cycle));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(2, await database.Enrollments.CountAsync(row => row.PersonId == person.PersonId, Cancellation));
    }

    [Fact]
    public async Task What_is_missing_is_told_by_name_until_nothing_is()
    {
        await using var school = await OpenAsync(programme => (programme.Exams, programme.Practicals) = ([School.Exam, Law], [Pad]));
        var person = await school.PreparedTraineeAsync();
        var read = new ReadRequirements(school.Database, school.Clock);
        var attempt = await school.PassExamAsync(person);
        await school.IssueAsync();

        var standing = Assert.Single(await read.ForAttemptAsync(person, attempt, Cancellation));
        Assert.Equal(["Exam: law-exam", "Practical: pad"], standing.Missing.Select(line => line.Title));
        Assert.Empty(await read.ForAttemptAsync(await school.TraineeAsync("Eve"), attempt, Cancellation));

        await PassAsync(school, person, Law);
        await school.SignOffAsync(person, Pad);
        Assert.True(Assert.Single(await read.RunAsync(person, Cancellation)).Earned);
        await school.IssueAsync();

        // The next cycle is for whoever renews.
        Assert.True(Assert.Single(await read.ForAttemptAsync(person, attempt, Cancellation)).Holds);
        Assert.Empty(await read.RunAsync(person, Cancellation));
        var serial = await new ReadOwnCertificates(school.Database, school.Clock).ForAttemptAsync(person, attempt, Cancellation);
        Assert.Equal((await school.NewestCertificateAsync(person)).Serial, serial?.Value);
    }

    [Fact]
    public async Task Whoever_did_everything_and_has_no_certificate_is_found_by_the_invariants()
    {
        await using var school = await OpenAsync(programme => programme.Practicals = [Pad]);
        var person = await school.PreparedTraineeAsync();
        await school.PassExamAsync(person);
        await school.SignOffAsync(person, Pad);
        await using (var database = school.Database.CreateDbContext())
        {
            await database.Attempts.ExecuteUpdateAsync(update => update.SetProperty(row => row.AwaitsAward, false), Cancellation);
            await database.PracticalMarkings.ExecuteUpdateAsync(update => update.SetProperty(row => row.AwaitsAward, false), Cancellation);
        }

        var broken = await Assert.ThrowsAsync<InvariantsBrokenException>(() => new CheckInvariants(school.Database).RunAsync(school.Now.AddHours(2), Cancellation));

        Assert.Equal($"earned-has-certificate: competence of {person.PersonId}", broken.Message);
    }

    [Fact]
    public async Task A_certificate_without_what_it_rests_on_is_found_by_the_invariants()
    {
        await using var school = await OpenAsync(programme => programme.Practicals = [Pad]);
        var person = await school.PreparedTraineeAsync();
        await school.PassExamAsync(person);
        await school.SignOffAsync(person, Pad);
        await school.IssueAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            await database.PracticalMarkings.ExecuteUpdateAsync(update => update.SetProperty(row => row.Result, PracticalResult.Failed), Cancellation);
        }

        var broken = await Assert.ThrowsAsync<InvariantsBrokenException>(() => new CheckInvariants(school.Database).RunAsync(school.Now.AddHours(2), Cancellation));

        Assert.Equal($"certificate-has-every-requirement: {(await school.NewestCertificateAsync(person)).Serial}", broken.Message);
    }
}
