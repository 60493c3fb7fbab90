using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>Practice from the first lesson to the renewal: what a set asks, what it leaves behind, and what it is not.</summary>
public class PracticeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The opening's day in Denver, where it is half past two in the morning.
    private static DateOnly Today => new(2026, 11, 2);

    private static async Task<(School School, Actor Person)> EnrolledAsync(int more = 0)
    {
        var school = await School.OpenAsync();
        await school.AddPracticeAsync(more);
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        return (school, person);
    }

    private static async Task<StartRefusal?> RefusalAsync(School school, Actor person)
    {
        var (attempt, refused) = await school.StartAttempt.RunAsync(person, PracticeSchool.Practice, Cancellation);
        Assert.True(attempt is null ^ refused is null);

        // The page says the same as the start.
        var entry = (await new ReadExamEntry(school.Database, school.Bank, school.Clock).RunAsync(person, PracticeSchool.Practice, Cancellation))!;
        Assert.Equal(refused?.Reason, entry.Refused?.Reason);
        return refused?.Reason;
    }

    private static async Task ReadAsync(School school, Actor person, string lesson) =>
        Assert.True((await school.MarkLessonRead.RunAsync(person, School.Course, lesson, Cancellation)).Succeeded);

    [Fact]
    public async Task Who_is_enrolled_practises_what_they_have_read_and_before_that_is_told_to_read()
    {
        await using var school = await School.OpenAsync();
        await school.AddPracticeAsync(more: 4);
        var person = await school.TraineeAsync();

        Assert.Equal(StartRefusal.NotEnrolled, await RefusalAsync(school, person));
        await school.EnrolAsync(person);
        Assert.Equal(StartRefusal.NothingToPractise, await RefusalAsync(school, person));
        await ReadAsync(school, person, "hygiene-1");
        Assert.Null(await RefusalAsync(school, person));

        var questions = await school.QuestionsAsync(await school.StartAsync(person, PracticeSchool.Practice));
        Assert.Equal(PracticeSchool.SetSize, questions.Count);
        Assert.All(questions, question => Assert.StartsWith("hygiene-c", question.Code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_missed_in_a_check_is_due_at_once_and_can_be_practised_without_a_lesson_read()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        var check = await school.StartAsync(person, "depth-check");
        await school.AnswerAllAsync(person, check, (School.Depth, 1));
        await school.SubmitAsync(person, check);

        var (code, card) = Assert.Single(await school.CardsAsync(person));
        Assert.StartsWith("depth-c", code, StringComparison.Ordinal);
        Assert.Equal((0, Today), (card.Streak, card.DueOn));
        Assert.Equal(code, Assert.Single(await school.QuestionsAsync(await school.StartAsync(person, PracticeSchool.Practice))).Code);
    }

    [Fact]
    public async Task Practice_never_asks_an_item_of_the_exam_and_an_exam_moves_no_card()
    {
        await using var school = await School.OpenAsync();
        await school.AddPracticeAsync();
        var person = await school.PreparedTraineeAsync();
        await school.SitExamAsync(person, (School.Depth, 3), (School.Hygiene, 1));
        Assert.Empty(await school.CardsAsync(person));

        // Of six check items that were never practised, those of the subjects that the exam missed come first.
        var questions = await school.QuestionsAsync(await school.StartAsync(person, PracticeSchool.Practice));
        Assert.Equal(["depth-c1", "depth-c2", "hygiene-c1", "hygiene-c2"], questions.Select(question => question.Code).Order());
    }

    [Fact]
    public async Task A_set_has_no_time_limit_and_the_next_one_waits_for_nothing()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await school.ReadEverythingAsync(person);
        var first = await school.PractiseAsync(person);
        var second = await school.StartAsync(person, PracticeSchool.Practice);

        Assert.NotEqual(first, second);
        Assert.Null((await school.AttemptAsync(second)).DeadlineAt);
        school.Clock.Advance(TimeSpan.FromDays(100));
        Assert.Equal(second, await school.StartAsync(person, PracticeSchool.Practice));
    }

    [Fact]
    public async Task A_set_that_is_handed_in_is_practised_with_points_by_subject_and_every_answer_explained()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await ReadAsync(school, person, "depth-1");
        await ReadAsync(school, person, "hygiene-1");
        var attempt = await school.PractiseAsync(person, code => code != "depth-c1", Certainty.High);

        var report = (await school.ReadAttemptResult.RunAsync(person, attempt, Cancellation)).Value;
        Assert.Equal((AttemptResult.Practised, QuizKind.Practice), (report.Result, report.Kind));
        Assert.Equal((3, 4), (report.Points / report.ItemWorth, report.Of / report.ItemWorth));
        Assert.Equal([("depth", 1, 2), ("hygiene", 2, 2)], report.Domains.Select(domain => (domain.Domain, domain.Points / domain.Worth, domain.Of / domain.Worth)));
        Assert.All(report.Items, item => Assert.Equal((true, Certainty.High), (item.Key is not null, item.Certainty!.Value)));
        Assert.Equal(new CertaintyShare(Certainty.High, 3, 4), Assert.Single(report.Certainty));
        Assert.False((await school.AttemptAsync(attempt)).AwaitsAward);
    }

    [Fact]
    public async Task Certainty_is_counted_over_twelve_weeks_up_to_the_set_and_a_set_without_it_leaves_no_mark()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await school.ReadEverythingAsync(person);
        await school.PractiseAsync(person, certainty: Certainty.Low);
        school.Clock.Advance(TimeSpan.FromDays(84));
        var second = await school.PractiseAsync(person, _ => false, Certainty.High);
        var third = await school.PractiseAsync(person);

        async Task<IReadOnlyList<CertaintyShare>> SharesAsync(Guid attempt) => (await school.ReadAttemptResult.RunAsync(person, attempt, Cancellation)).Value.Certainty;
        Assert.Equal([new CertaintyShare(Certainty.High, 0, 4)], await SharesAsync(second));
        Assert.Equal([new CertaintyShare(Certainty.High, 0, 4)], await SharesAsync(third));
        Assert.All((await school.AttemptAsync(third)).Answers, answer => Assert.Null(answer.Certainty));
    }

    [Fact]
    public async Task Each_item_of_a_set_gets_its_next_day_and_what_was_left_open_counts_as_missed()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await ReadAsync(school, person, "depth-1");
        await ReadAsync(school, person, "hygiene-1");
        var attempt = await school.StartAsync(person, PracticeSchool.Practice);
        var questions = await school.QuestionsAsync(attempt);
        foreach (var (code, right, certainty) in new[] { ("depth-c1", true, Certainty.High), ("depth-c2", true, Certainty.Low), ("hygiene-c1", false, Certainty.High) })
        {
            var question = questions.Single(question => question.Code == code);
            var place = right ? question.RightPlace : question.WrongPlace;
            Assert.True((await school.SaveAnswer.RunAsync(person, attempt, new PostedAnswer(question.Row.Slot, [$"{place}"], 0, certainty), Cancellation)).Succeeded);
        }

        Assert.Empty(await school.CardsAsync(person));
        await school.SubmitAsync(person, attempt);

        Assert.Equal(
            [("depth-c1", 1, Today.AddDays(1)), ("depth-c2", 0, Today), ("hygiene-c1", 0, Today), ("hygiene-c2", 0, Today)],
            (await school.CardsAsync(person)).OrderBy(row => row.Key).Select(row => (row.Key, row.Value.Streak, row.Value.DueOn)));
    }

    [Fact]
    public async Task A_day_is_one_in_the_programmes_zone()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await ReadAsync(school, person, "depth-1");
        school.Now = new DateTime(2026, 11, 3, 6, 59, 0, DateTimeKind.Utc);
        await school.PractiseAsync(person);
        Assert.All((await school.CardsAsync(person)).Values, card => Assert.Equal(new DateOnly(2026, 11, 3), card.DueOn));

        Assert.Equal(0, (await school.MyPracticeAsync(person)).Due);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await school.MyPracticeAsync(person)).Due);
    }

    [Fact]
    public async Task Practice_is_no_step_of_a_course_no_check_and_no_exam_and_counts_for_no_item()
    {
        await using var school = await School.OpenAsync();
        await school.AddPracticeAsync();
        var person = await school.PreparedTraineeAsync();
        var instructor = await school.InstructorAsync();
        var read = new ReadCourseProgress(school.Database);
        async Task<object> FactsAsync()
        {
            var progress = (await read.RunAsync(person, School.Course, Cancellation))!;
            var programme = Assert.Single(await new ReadProgramme(school.Database).RunAsync(person, School.Course, Cancellation));
            var items = (await new ReadItems(school.Database).RunAsync(instructor, School.Course, new ItemFilter(null, null, null, 1), Cancellation))!.Value.Lines;
            var sheet = (await new ReadItem(school.Database).RunAsync(instructor, School.Course, "depth-c1", Cancellation))!.Versions[0];
            var results = (await new ReadExamResults(school.Database).RunAsync(instructor, School.Course, 1, Cancellation))!;
            return (progress.Steps, progress.StepsDone, progress.NextCheck, progress.Exam, programme.Steps, programme.StepsDone, Items: string.Join(' ', items.Select(item => $"{item.Code}:{item.Right}/{item.Tries}")), Sheet: string.Join(' ', sheet.Chosen), sheet.Tries, results.Attempts);
        }

        var before = await FactsAsync();
        await school.PractiseAsync(person, _ => false);
        await school.PractiseAsync(person);

        Assert.Equal(before, await FactsAsync());
        Assert.Equal(0, await school.IssueAsync());
    }

    [Fact]
    public async Task Two_tabs_that_start_at_once_end_in_one_set()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await school.ReadEverythingAsync(person);

        var starts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => school.StartAttempt.RunAsync(person, PracticeSchool.Practice, Cancellation))));

        Assert.All(starts, start => Assert.Null(start.Refused));
        Assert.Single(starts.Select(start => start.AttemptId).Distinct());
    }

    [Fact]
    public async Task Handed_in_by_many_tabs_at_once_a_set_moves_each_card_once()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await school.ReadEverythingAsync(person);
        await school.PractiseAsync(person);
        school.Clock.Advance(TimeSpan.FromDays(1));
        var attempt = await school.StartAsync(person, PracticeSchool.Practice);
        await school.AnswerSetAsync(person, attempt);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => school.SubmitAsync(person, attempt))));

        // Of four from the day before three were right a second time and one was not asked; one place of the set was kept for a new one.
        Assert.Equal(
            [(1, Today.AddDays(1)), (1, Today.AddDays(2)), (2, Today.AddDays(4)), (2, Today.AddDays(4)), (2, Today.AddDays(4))],
            (await school.CardsAsync(person)).Values.Select(card => (card.Streak, card.DueOn)).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_check_and_a_set_that_close_at_once_lose_nothing_of_each_other(bool cardsKnown)
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await ReadAsync(school, person, "depth-1");
        if (cardsKnown)
        {
            await school.PractiseAsync(person);
            school.Clock.Advance(TimeSpan.FromDays(1));
        }

        var check = await school.StartAsync(person, "depth-check");
        await school.AnswerAllAsync(person, check, (School.Depth, 2));
        var set = await school.StartAsync(person, PracticeSchool.Practice);
        await school.AnswerSetAsync(person, set, certainty: Certainty.High);

        await Task.WhenAll(Task.Run(() => school.SubmitAsync(person, check), Cancellation), Task.Run(() => school.SubmitAsync(person, set), Cancellation));

        // Whichever was last: both closed, and each card was written by both.
        Assert.NotNull((await school.AttemptAsync(check)).ClosedAt);
        Assert.NotNull((await school.AttemptAsync(set)).ClosedAt);
        var times = cardsKnown ? 3 : 2;
        Assert.Equal([("depth-c1", times), ("depth-c2", times)], (await school.CardsAsync(person)).OrderBy(row => row.Key).Select(row => (row.Key, row.Value.Revision)));
    }

    [Fact]
    public async Task Only_whole_sets_keep_a_week_up()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        await school.ReadEverythingAsync(person);
        await school.PractiseAsync(person);
        var half = await school.StartAsync(person, PracticeSchool.Practice);
        await school.AnswerAsync(person, half, 1, right: true);
        await school.SubmitAsync(person, half);

        var practice = await school.MyPracticeAsync(person);
        Assert.Equal((12, 1, false, 0), (practice.Weeks.Count, practice.Weeks[^1].Sets, practice.Weeks[^1].KeptUp, practice.InARow));
        await school.PractiseAsync(person);
        practice = await school.MyPracticeAsync(person);
        Assert.Equal((2, true, 1), (practice.Weeks[^1].Sets, practice.Weeks[^1].KeptUp, practice.InARow));
    }

    [Fact]
    public async Task My_practice_says_what_is_due_by_subject_and_nobody_sees_anothers()
    {
        var (school, person) = await EnrolledAsync();
        await using var closing = school;
        var empty = await school.MyPracticeAsync(person);
        Assert.Equal((0, null, false), (empty.Due, empty.NextDue, empty.Open));

        await ReadAsync(school, person, "depth-1");
        await ReadAsync(school, person, "hygiene-1");
        await school.PractiseAsync(person, code => !code.StartsWith(School.Hygiene, StringComparison.Ordinal));
        var practice = await school.MyPracticeAsync(person);
        Assert.Equal([new DueDomain("All about hygiene", 2, 2), new DueDomain("All about depth", 0, 2)], practice.Domains);
        Assert.Equal((2, Today), (practice.Due, practice.NextDue!.Value));

        var stranger = await school.TraineeAsync("Ben");
        Assert.Empty(await school.ReadPractice().RunAsync(stranger, Cancellation));
        await school.EnrolAsync(stranger);
        Assert.Equal(0, (await school.MyPracticeAsync(stranger)).Due);
    }

    [Fact]
    public async Task A_first_exam_is_whole_however_much_was_practised()
    {
        await using var school = await School.OpenAsync();
        await school.AddPracticeAsync();
        var person = await school.PreparedTraineeAsync();
        await school.PractiseAsync(person);
        await school.PractiseAsync(person);

        async Task<RenewalForms?> RenewalAsync() => (await new ReadExamEntry(school.Database, school.Bank, school.Clock).RunAsync(person, School.Exam, Cancellation))!.Renewal;
        Assert.Null(await RenewalAsync());
        var exam = await school.PassExamAsync(person);
        Assert.Equal(10, (await school.QuestionsAsync(exam)).Count);

        // And one that is passed is no renewal yet.
        school.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Null(await RenewalAsync());
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(25, false)]
    public async Task Two_sets_a_week_over_two_years_keep_few_cards_see_every_item_and_shorten_the_renewal_exam(int weeksMissed, bool shorter)
    {
        await using var school = await School.OpenAsync();
        await school.AddPracticeAsync(more: 6);
        var (holder, certificate) = await school.CertifyAsync();

        // Ninety-one whole weeks from 9 November 2026 on, over two new years, two springs forward and one autumn back. By turns
        // a week's two sets are in its first minutes in Denver and in its last, when it is Monday in Greenwich.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
        var seen = new HashSet<string>();
        foreach (var week in Enumerable.Range(0, 91))
        {
            var monday = new DateOnly(2026, 11, 9).AddDays(week * 7);
            var last = week % 2 == 0 ? monday.ToDateTime(new TimeOnly(0, 1)) : monday.AddDays(6).ToDateTime(new TimeOnly(23, 59));
            foreach (var at in new[] { last.AddMinutes(-1), last }.Skip(week < weeksMissed ? 1 : 0))
            {
                school.Now = TimeZoneInfo.ConvertTimeToUtc(at, zone);
                var set = await school.PractiseAsync(holder, code => (week + code.Length + code[^1]) % 6 != 0);
                seen.UnionWith((await school.QuestionsAsync(set)).Select(question => question.Code));
            }
        }

        school.Now = TimeZoneInfo.ConvertTimeToUtc(new DateTime(2028, 8, 9, 12, 0, 0), zone);
        Assert.Equal(24, seen.Count);
        Assert.Equal(24, (await school.CardsAsync(holder)).Count);
        var practice = await school.MyPracticeAsync(holder);
        Assert.Equal((91 - weeksMissed, 11), (practice.InARow, practice.Weeks.Count(week => week.KeptUp)));
        Assert.Equal(new KeptUp(new KeptUpRule(2, 80, 50), 91 - weeksMissed, 91), practice.Renewal!.KeptUp);

        Assert.True((await school.StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation)).Succeeded);
        await school.ReadEverythingAsync(holder);
        await school.PassChecksAsync(holder);
        var entry = (await new ReadExamEntry(school.Database, school.Bank, school.Clock).RunAsync(holder, School.Exam, Cancellation))!;
        Assert.Equal((shorter, practice.Renewal), (entry.Renewal!.KeptUp!.Earned, entry.Renewal));
        var exam = await school.StartExamAsync(holder);
        var attempt = await school.AttemptAsync(exam);
        Assert.Equal(shorter ? (5, 15) : (10, 30), (entry.Items, entry.Minutes!.Value));
        Assert.Equal((entry.Items, entry.Minutes.Value), (attempt.Paper.Items.Count, (int)(attempt.DeadlineAt!.Value - attempt.StartedAt).TotalMinutes));
        Assert.Equal(new (string, int?)[] { (School.Depth, 75), (School.Hygiene, 60), (School.Contraindications, null) }, attempt.Blueprint.Select(row => (row.Domain, row.GatePercent)));
        await school.AnswerAllAsync(holder, exam);
        await school.SubmitAsync(holder, exam);
        Assert.Equal(1, await school.IssueAsync());

        // The exam itself is as long as ever for everybody else.
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(10, (await database.Quizzes.SingleAsync(quiz => quiz.Slug == School.Exam, Cancellation)).ItemCount);
    }
}
