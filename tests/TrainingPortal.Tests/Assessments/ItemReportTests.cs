using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

public class ItemReportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trainee_reports_a_faulty_item_and_the_instructor_sees_it_without_the_name_and_settles_it()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var instructor = await school.InstructorAsync();
        var attempt = await school.StartExamAsync(person);
        var question = (await school.QuestionsAsync(attempt))[2];
        var report = new ReportItem(school.Database, school.Clock);

        Assert.True((await report.RunAsync(person, attempt, 3, "Two answers are rihgt.", Cancellation)).Succeeded);
        Assert.True((await report.RunAsync(person, attempt, 3, " Two answers are right. ", Cancellation)).Succeeded);

        var read = new ReadItemReports(school.Database);
        var line = Assert.Single(await read.RunAsync(instructor, question.Version.ItemId, Cancellation));
        Assert.Equal(("Two answers are right.", 1, school.Now, null), (line.Text, line.Version, line.ReportedAt, line.SettledAt));
        Assert.Equal(1, await OpenReportsAsync(school, instructor, question.Code));

        var settle = new SettleItemReport(school.Database, school.Clock);
        Assert.True((await settle.RunAsync(instructor, line.Id, Cancellation)).Succeeded);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await settle.RunAsync(instructor, line.Id, Cancellation)).Succeeded);
        Assert.Equal(School.Opening, Assert.Single(await read.RunAsync(instructor, question.Version.ItemId, Cancellation)).SettledAt);
        Assert.Equal(0, await OpenReportsAsync(school, instructor, question.Code));
    }

    [Fact]
    public async Task Clicks_at_once_make_one_report()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new ReportItem(school.Database, school.Clock).RunAsync(person, attempt, 1, "A word is missing.", Cancellation))));

        Assert.Single(clicks.Select(click => click.Value).Distinct());
    }

    [Theory]
    [InlineData(1, "  ", ReportItemRefusal.TextMissing)]
    [InlineData(99, "A word is missing.", ReportItemRefusal.NotFound)]
    public async Task What_is_no_report_is_refused(int slot, string text, ReportItemRefusal refusal)
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        var report = new ReportItem(school.Database, school.Clock);

        Assert.Equal(refusal, (await report.RunAsync(person, attempt, slot, text, Cancellation)).Refusal);
        Assert.Equal(ReportItemRefusal.TooLong, (await report.RunAsync(person, attempt, 1, new string('x', ItemReport.TextLength + 1), Cancellation)).Refusal);
        Assert.Equal(ReportItemRefusal.NotFound, (await report.RunAsync(await school.TraineeAsync("Ben"), attempt, 1, "Not mine.", Cancellation)).Refusal);
    }

    private static async Task<int> OpenReportsAsync(School school, Actor instructor, string code) =>
        (await new ReadItems(school.Database).RunAsync(instructor, School.Course, new ItemFilter(null, null, code, 1), Cancellation))!.Value.Lines.Single(line => line.Code == code).OpenReports;
}
