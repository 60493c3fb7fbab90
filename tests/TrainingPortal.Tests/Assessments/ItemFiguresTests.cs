using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>How each item did, beside numbers worked out by hand.</summary>
public class ItemFiguresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The check of hygiene always asks both of its items, c1 and c2; option b is the key of each.
    private static async Task SitAsync(School school, string name, int? c1, int? c2, bool submit = true)
    {
        var person = await school.TraineeAsync(name);
        await school.EnrolAsync(person);
        var attempt = await school.StartAsync(person, "hygiene-check");
        foreach (var question in await school.QuestionsAsync(attempt))
        {
            if ((question.Code == "hygiene-c1" ? c1 : c2) is { } option)
            {
                Assert.True((await school.SaveAnswer.ChooseAsync(person, attempt, question.Row.Slot, [question.PlaceOf(option)], 0, Cancellation)).Succeeded);
            }
        }

        if (submit)
        {
            await school.SubmitAsync(person, attempt);
        }
    }

    private static async Task<School> SchoolWithFiveSittingsAsync()
    {
        var school = await School.OpenAsync();
        await SitAsync(school, "Ana", c1: 1, c2: 1);
        await SitAsync(school, "Ben", c1: 0, c2: 1);
        await SitAsync(school, "Cleo", c1: 3, c2: null);
        await SitAsync(school, "Dan", c1: 3, c2: 1);
        await SitAsync(school, "Eva, still at it", c1: 2, c2: 2, submit: false);
        return school;
    }

    [Fact]
    public async Task The_list_counts_closed_attempts_and_takes_an_open_question_as_wrong()
    {
        await using var school = await SchoolWithFiveSittingsAsync();

        var (lines, total) = (await new ReadItems(school.Database).RunAsync(await school.InstructorAsync(), School.Course, new ItemFilter(School.Hygiene, ItemUse.Check, null, 1), Cancellation))!.Value;

        Assert.Equal(2, total);
        Assert.Equal([("hygiene-c1", 4, 1, 25m), ("hygiene-c2", 4, 3, 75m)], lines.Select(line => (line.Code, line.Tries, line.Right, line.ShareRight!.Value)));
    }

    [Fact]
    public async Task The_sheet_counts_each_option_in_the_authors_order_however_it_was_shuffled()
    {
        await using var school = await SchoolWithFiveSittingsAsync();
        var instructor = await school.InstructorAsync();

        var first = Assert.Single((await new ReadItem(school.Database).RunAsync(instructor, School.Course, "hygiene-c1", Cancellation))!.Versions);
        var second = Assert.Single((await new ReadItem(school.Database).RunAsync(instructor, School.Course, "hygiene-c2", Cancellation))!.Versions);

        Assert.Equal([1, 1, 0, 2], first.Chosen);
        Assert.Equal((0, 4), (first.Unanswered, first.Tries));
        Assert.Equal([0, 3, 0, 0], second.Chosen);
        Assert.Equal((1, 4), (second.Unanswered, second.Tries));
    }

    [Fact]
    public async Task The_list_is_paged_filtered_and_searched()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();
        var read = new ReadItems(school.Database);

        async Task<(int Lines, int Total)> CountAsync(ItemFilter filter)
        {
            var (lines, total) = (await read.RunAsync(instructor, School.Course, filter, Cancellation))!.Value;
            return (lines.Count, total);
        }

        Assert.Equal((21, 21), await CountAsync(new ItemFilter(null, null, null, 1)));
        Assert.Equal((0, 21), await CountAsync(new ItemFilter(null, null, null, 2)));
        Assert.Equal((7, 7), await CountAsync(new ItemFilter(School.Depth, null, null, 1)));
        Assert.Equal((15, 15), await CountAsync(new ItemFilter(null, ItemUse.Exam, null, 1)));
        Assert.Equal((1, 1), await CountAsync(new ItemFilter(null, null, " Stem of depth-e1? ", 1)));
    }

    [Fact]
    public async Task The_results_of_an_exam_count_who_failed_by_a_critical_item_alone()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        foreach (var (name, wrong) in new (string, (string, int)[])[] { ("Ana", []), ("Ben", [(School.Contraindications, 1)]), ("Cleo", [(School.Contraindications, 1), (School.Depth, 2)]) })
        {
            var person = await school.PreparedTraineeAsync(name);
            await people.JoinAsync(instructor, cohort, person);
            await school.SitExamAsync(person, wrong);
        }

        // Nobody outside the organisation is counted, and nobody outside it counts these.
        await school.SitExamAsync(await school.PreparedTraineeAsync("Dora"));
        Assert.Equal(0, (await new ReadExamResults(school.Database).RunAsync(await school.InstructorAsync("Stranger"), School.Course, 1, Cancellation))!.Attempts);

        var results = (await new ReadExamResults(school.Database).RunAsync(instructor, School.Course, 1, Cancellation))!;

        Assert.Equal((3, 1, 1), (results.Attempts, results.Passed, results.Criticals.Failed));
        Assert.Equal(["Ana 10", "Ben 9", "Cleo 7"], results.Lines.Select(line => FormattableString.Invariant($"{line.Name} {line.Points / line.ItemWorth}")).Order());
    }

    [Fact]
    public async Task Only_an_instructor_sees_how_items_did()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();

        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadItem(school.Database).RunAsync(person, School.Course, "depth-e1", Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadItems(school.Database).RunAsync(person, School.Course, new ItemFilter(null, null, null, 1), Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadExamResults(school.Database).RunAsync(person, School.Course, 1, Cancellation));
    }
}
