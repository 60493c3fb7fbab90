using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

public class ItemTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ItemDraft Draft(string stem = "How deep on the forehead?") => new(
        School.Depth,
        ItemUse.Check,
        CognitiveLevel.Application,
        Critical: false,
        "Choose the depth of a zone",
        stem,
        [new("0.25 mm", false, "Too shallow."), new("0.5 mm", true, "The range taught."), new("1.5 mm", false, "Bone is near."), new("2.5 mm", false, "Never.")],
        ["S1"],
        Jurisdiction: null);

    private static Task<Outcome<string, ItemRefusal>> AddAsync(School school, Actor actor, Guid formId, ItemDraft? draft = null) =>
        new AddItem(school.Database, school.Clock).RunAsync(actor, School.Course, formId, draft ?? Draft(), Cancellation);

    private static Task<Outcome<int, ItemRefusal>> ReviseAsync(School school, Actor actor, string code, int version, ItemDraft draft) =>
        new ReviseItem(school.Database, school.Clock).RunAsync(actor, School.Course, code, version, draft, Cancellation);

    [Fact]
    public async Task An_added_item_is_in_the_bank_and_on_the_record()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();

        var code = (await AddAsync(school, instructor, Guid.NewGuid())).Value;

        await using var database = school.Database.CreateDbContext();
        var item = await database.Items.Include(row => row.Versions).SingleAsync(row => row.Code == code, Cancellation);
        var version = Assert.Single(item.Versions);
        Assert.Equal((ItemOrigin.Portal, 1, "How deep on the forehead?", instructor.PersonId), (item.Origin, item.CurrentVersion, version.Stem, version.CreatedById));
        var entry = await database.AuditEntries.SingleAsync(Cancellation);
        Assert.Equal((instructor.PersonId, "item added", code, School.Opening), (entry.ActorId, entry.Act, entry.Subject, entry.At));
    }

    [Fact]
    public async Task One_form_sent_twice_adds_one_item()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();
        var form = Guid.NewGuid();

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => AddAsync(school, instructor, form))));

        var code = Assert.Single(clicks.Select(click => click.Value).Distinct());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(1, await database.Items.CountAsync(item => item.Code == code, Cancellation));
        Assert.Equal(1, await database.ItemVersions.CountAsync(version => version.Stem == Draft().Stem, Cancellation));
        Assert.Equal(1, await database.AuditEntries.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Two_forms_that_were_opened_in_the_same_millisecond_add_two_items()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();

        await AddAsync(school, instructor, Guid.CreateVersion7(School.Opening), Draft("How deep on the cheek?"));
        await AddAsync(school, instructor, Guid.CreateVersion7(School.Opening), Draft("How deep on the chin?"));

        await using var database = school.Database.CreateDbContext();
        Assert.Equal(2, await database.Items.CountAsync(item => item.Origin == ItemOrigin.Portal, Cancellation));
    }

    [Fact]
    public async Task Only_an_instructor_writes_items()
    {
        await using var school = await School.OpenAsync();
        foreach (var actor in new[] { await school.TraineeAsync(), await school.AdministratorAsync() })
        {
            await Assert.ThrowsAsync<ActNotPermittedException>(() => AddAsync(school, actor, Guid.NewGuid()));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => ReviseAsync(school, actor, "depth-e1", 1, Draft()));
        }
    }

    public static TheoryData<ItemRefusal, ItemDraft> BadDrafts() => new()
    {
        { ItemRefusal.UnknownDomain, Draft() with { Domain = "astrology" } },
        { ItemRefusal.StemMissing, Draft(" ") },
        { ItemRefusal.TooLong, Draft(new string('x', ItemDraft.StemLength + 1)) },
        { ItemRefusal.TooLong, Draft() with { Objective = new string('x', ItemDraft.ObjectiveLength + 1) } },
        { ItemRefusal.TooLong, Draft() with { Jurisdiction = new string('x', 21) } },
        { ItemRefusal.ObjectiveMissing, Draft() with { Objective = "" } },
        { ItemRefusal.OptionMissing, Draft() with { Options = [.. Draft().Options.Take(3)] } },
        { ItemRefusal.OptionMissing, Draft() with { Options = [.. Draft().Options.Take(3), new("  ", false, "Empty.")] } },
        { ItemRefusal.OptionsAlike, Draft() with { Options = [.. Draft().Options.Take(3), new(" 0.25 MM ", false, "The same.")] } },
        { ItemRefusal.NotOneKey, Draft() with { Options = [.. Draft().Options.Select(option => option with { Correct = true })] } },
        { ItemRefusal.NotOneKey, Draft() with { Options = [.. Draft().Options.Select(option => option with { Correct = false })] } },
        { ItemRefusal.RationaleMissing, Draft() with { Options = [.. Draft().Options.Select(option => option with { Why = "" })] } },
        { ItemRefusal.SourceMissing, Draft() with { Sources = [] } },
        { ItemRefusal.UnknownSource, Draft() with { Sources = ["S1", "S404"] } },
    };

    [Theory]
    [MemberData(nameof(BadDrafts))]
    public async Task A_draft_with_a_fault_is_refused_and_leaves_nothing(ItemRefusal refusal, ItemDraft draft)
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();

        Assert.Equal(refusal, (await AddAsync(school, instructor, Guid.NewGuid(), draft)).Refusal);

        await using var database = school.Database.CreateDbContext();
        Assert.False(await database.Items.AnyAsync(item => item.Origin == ItemOrigin.Portal, Cancellation));
    }

    [Fact]
    public async Task An_attempt_under_way_keeps_the_wording_it_drew_and_the_key_of_that_wording()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();
        var code = (await AddAsync(school, instructor, Guid.NewGuid())).Value;
        await school.ChangeQuizAsync("depth-check", check => check.Blueprint = [new(School.Depth, 3, null)]);
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        var attempt = await school.StartAsync(person, "depth-check");
        var drawn = (await school.QuestionsAsync(attempt)).Single(question => question.Code == code);

        var revised = await ReviseAsync(school, instructor, code, 1, Draft("How deep on the nose?") with
        {
            Options = [.. Draft().Options.Select((option, index) => option with { Correct = index == 0 })],
        });

        Assert.Equal(2, revised.Value);
        Assert.Equal("How deep on the forehead?", (await school.ReadAttemptPage.RunAsync(person, attempt, drawn.Row.Slot, posted: null, Cancellation)).Value.Stem);
        await school.AnswerAllAsync(person, attempt);
        await school.SubmitAsync(person, attempt);
        Assert.Equal(3 * 60, (await school.AttemptAsync(attempt)).Points);

        var next = await school.QuestionsAsync(await school.StartAsync(person, "depth-check"));
        Assert.Equal("How deep on the nose?", next.Single(question => question.Code == code).Version.Stem);
    }

    [Fact]
    public async Task A_form_that_showed_an_older_version_is_refused_and_overwrites_nothing()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();
        var code = (await AddAsync(school, instructor, Guid.NewGuid())).Value;
        await ReviseAsync(school, instructor, code, 1, Draft("Second wording?"));

        Assert.Equal(ItemRefusal.ChangedMeanwhile, (await ReviseAsync(school, instructor, code, 1, Draft("Third wording?"))).Refusal);

        await using var database = school.Database.CreateDbContext();
        var item = await database.Items.Include(row => row.Versions).SingleAsync(row => row.Code == code, Cancellation);
        Assert.Equal((2, 2), (item.CurrentVersion, item.Versions.Count));
    }

    [Fact]
    public async Task Of_two_instructors_who_save_at_once_one_wins_and_the_other_is_told()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();
        var code = (await AddAsync(school, instructor, Guid.NewGuid())).Value;

        var saves = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => ReviseAsync(school, instructor, code, 1, Draft($"Wording {number}?")))));

        Assert.Equal(2, Assert.Single(saves, save => save.Succeeded).Value);
        Assert.All(saves.Where(save => !save.Succeeded), save => Assert.Equal(ItemRefusal.ChangedMeanwhile, save.Refusal));
    }

    [Fact]
    public async Task Saving_without_a_change_adds_no_version()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();
        var code = (await AddAsync(school, instructor, Guid.NewGuid())).Value;

        Assert.Equal(1, (await ReviseAsync(school, instructor, code, 1, Draft())).Value);
    }

    [Fact]
    public async Task A_double_click_on_save_writes_one_version_and_both_are_told_it()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();
        var code = (await AddAsync(school, instructor, Guid.NewGuid())).Value;

        var first = await ReviseAsync(school, instructor, code, 1, Draft("Second wording?"));
        var second = await ReviseAsync(school, instructor, code, 1, Draft("Second wording?"));

        Assert.Equal((null, null), (first.Refusal, second.Refusal));
        Assert.Equal((2, 2), (first.Value, second.Value));
    }

    [Fact]
    public async Task An_item_of_the_course_files_is_changed_there_and_nowhere_else()
    {
        await using var school = await School.OpenAsync();

        Assert.Equal(ItemRefusal.KeptInCourseFiles, (await ReviseAsync(school, await school.InstructorAsync(), "depth-e1", 1, Draft())).Refusal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();

        Assert.Equal(ItemRefusal.NotFound, (await ReviseAsync(school, instructor, "no-such-item", 1, Draft())).Refusal);
        Assert.Equal(ItemRefusal.NotFound, (await new AddItem(school.Database, school.Clock).RunAsync(instructor, "no-such-course", Guid.NewGuid(), Draft(), Cancellation)).Refusal);
        Assert.Null(await new ReadItem(school.Database).RunAsync(instructor, School.Course, "no-such-item", Cancellation));
        Assert.Null(await new ReadItems(school.Database).RunAsync(instructor, "no-such-course", new ItemFilter(null, null, null, 1), Cancellation));
    }
}
