using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.CourseFiles;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

public sealed class ImportCoursesTests : IAsyncLifetime
{
    private readonly SampleCourse sample = new();
    private readonly SetClock clock = new();
    private TestDatabase store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        sample.Dispose();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Everything_in_the_files_is_in_the_database()
    {
        var report = await Import();

        Assert.Empty(report.Faults);
        Assert.Equal((true, 1, 1, 25, 0, 0), (report.Changed, report.Courses, report.Lessons, report.ItemsAdded, report.ItemVersionsAdded, report.ItemsRetired));
        await using var database = store.CreateDbContext();
        var course = await database.Courses.Include(row => row.Modules).ThenInclude(row => row.Lessons).Include(row => row.Figures).SingleAsync(Stop);
        Assert.Equal(("hand-care", 1m), (course.Slug, course.Hours));
        Assert.Equal(64, course.ContentHash.Length);
        var lesson = Assert.Single(Assert.Single(course.Modules).Lessons);
        Assert.Equal("why", lesson.Slug);
        Assert.Contains("<figure>", lesson.Html, StringComparison.Ordinal);
        Assert.Contains("<!--DepthSimulator:-->", lesson.Html, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 11, 22), lesson.Verified);
        Assert.StartsWith("<svg", Assert.Single(course.Figures).Svg, StringComparison.Ordinal);
        var item = await database.Items.Include(row => row.Versions).SingleAsync(row => row.Code == "washing-001", Stop);
        var version = Assert.Single(item.Versions);
        Assert.Equal((ItemUse.Exam, ItemOrigin.CourseFiles, 1), (item.Use, item.Origin, item.CurrentVersion));
        Assert.Equal((true, 0, "US-UT", clock.Now.UtcDateTime), (version.Critical, version.Options.Index().First(option => option.Item.Correct).Index, version.Jurisdiction, version.CreatedAt));
        var exam = await database.Quizzes.SingleAsync(quiz => quiz.Kind == QuizKind.Exam, Stop);
        Assert.Equal((30, 80, 3, 30, 24, 20), (exam.Minutes, exam.PassPercent, exam.MostAttempts, exam.AttemptDays, exam.WaitHours, exam.ItemCount));
        Assert.Equal(new KeptUpRule(2, 80, 50), exam.KeptUp);
        var practice = await database.Quizzes.SingleAsync(quiz => quiz.Kind == QuizKind.Practice, Stop);
        Assert.Equal(("hand-care-practice", 8, ReviewPolicy.Everything, null), (practice.Slug, practice.ItemCount, practice.Review, practice.KeptUp));
        Assert.Equal("America/Denver", course.TimeZone);
        var programme = await database.Programmes.SingleAsync(Stop);
        Assert.Equal((exam.Slug, 24, 90, "America/Denver"), (Assert.Single(programme.Exams), programme.ValidityMonths, programme.RenewalWindowDays, programme.TimeZone));
        Assert.Equal((programme.Id, 0, 0), (exam.ProgrammeId, programme.OwnCourses.Count, programme.Practicals.Count));
        Assert.Equal(500, (await database.SkinZones.SingleAsync(Stop)).TeachTo);
        Assert.Equal(2, await database.Sources.CountAsync(Stop));
    }

    [Fact]
    public async Task The_same_files_a_second_time_change_nothing()
    {
        await Import();
        var before = await ImportedRows.AllAsync(store);
        clock.Advance(TimeSpan.FromDays(1));

        var report = await Import();

        Assert.False(report.Changed);
        Assert.Empty(report.Faults);
        Assert.Equal(before, await ImportedRows.AllAsync(store));
    }

    [Fact]
    public async Task The_same_content_in_other_bytes_moves_no_version_and_no_row()
    {
        await Import();
        var before = await ImportedRows.AllAsync(store);
        sample.Replace(SampleCourse.Questions, "domain: washing", "# Read by a second instructor.\ndomain: washing");

        var report = await Import();

        Assert.Equal((true, 0, 0, 0), (report.Changed, report.ItemsAdded, report.ItemVersionsAdded, report.ItemsRetired));
        Assert.Equal(before, await ImportedRows.AllAsync(store));
    }

    [Fact]
    public async Task A_changed_stem_gives_version_2_and_version_1_stays_as_it_was()
    {
        await Import();
        sample.Replace(SampleCourse.Questions, "stem: The question, with all it takes to answer it.", "stem: A better question.");
        clock.Advance(TimeSpan.FromDays(1));

        var report = await Import();

        Assert.Equal((0, 1, 0), (report.ItemsAdded, report.ItemVersionsAdded, report.ItemsRetired));
        await using var database = store.CreateDbContext();
        var item = await database.Items.Include(row => row.Versions).SingleAsync(row => row.Code == "washing-001", Stop);
        Assert.Equal((2, 1), (item.CurrentVersion, item.Revision));
        Assert.Equal(
            ["The question, with all it takes to answer it.", "A better question."],
            item.Versions.OrderBy(version => version.Number).Select(version => version.Stem));
        Assert.Equal(26, await database.ItemVersions.CountAsync(Stop));
    }

    [Theory]
    [InlineData("level: application", "level: recall")]
    [InlineData("critical: true ", "critical: false ")]
    [InlineData("objective: Wash before and after every client", "objective: Wash")]
    [InlineData("text: Another.", "text: Yet another.")]
    [InlineData("why: Why it is right.", "why: Since it is right.")]
    [InlineData("sources: [S1]", "sources: [S1, S2]")]
    [InlineData("jurisdiction: US-UT", "jurisdiction: US-NV")]
    public async Task Whatever_an_item_says_is_kept_by_version(string text, string instead)
    {
        await Import();
        sample.Replace(SampleCourse.Questions, text, instead);

        Assert.Equal(1, (await Import()).ItemVersionsAdded);
    }

    [Fact]
    public async Task An_item_that_changes_pools_keeps_its_version()
    {
        await Import();
        sample.Replace(SampleCourse.Quizzes, "items: 20", "items: 19");
        sample.Replace(SampleCourse.Questions, "use: exam", "use: check");

        var report = await Import();

        Assert.Equal((0, 0), (report.ItemsAdded, report.ItemVersionsAdded));
        await using var database = store.CreateDbContext();
        Assert.Equal(6, await database.Items.CountAsync(item => item.Use == ItemUse.Check, Stop));
    }

    [Fact]
    public async Task Files_with_a_fault_leave_the_last_good_version()
    {
        await Import();
        var before = await ImportedRows.AllAsync(store);
        sample.Replace(SampleCourse.Lesson, "title: Why hands are washed", "title: New title");
        var line = sample.Replace(SampleCourse.Quizzes, "pass: 80", "pass: 800");

        var report = await Import();

        Assert.False(report.Changed);
        Assert.Equal($"{SampleCourse.Quizzes}:{line}", $"{Assert.Single(report.Faults).File}:{report.Faults[0].Line}");
        Assert.Equal(before, await ImportedRows.AllAsync(store));
    }

    [Fact]
    public async Task Faulty_files_at_the_first_start_leave_the_database_empty()
    {
        sample.Delete(SampleCourse.Course);

        Assert.NotEmpty((await Import()).Faults);

        await using var database = store.CreateDbContext();
        Assert.False(await database.Courses.AnyAsync(Stop));
        Assert.False(await database.Sources.AnyAsync(Stop));
    }

    [Fact]
    public async Task An_item_written_in_the_portal_survives_and_its_code_is_refused_in_files()
    {
        await Import();
        await WriteInPortal("own-001");
        sample.Replace(SampleCourse.Course, "hours: 1", "hours: 2");

        Assert.Equal(0, (await Import()).ItemsRetired);
        await using var database = store.CreateDbContext();
        Assert.False((await database.Items.SingleAsync(item => item.Code == "own-001", Stop)).Retired);

        var line = sample.Replace(SampleCourse.Questions, "code: washing-002", "code: own-001");
        var fault = Assert.Single((await Import()).Faults);
        Assert.Equal($"{SampleCourse.Questions}:{line}: The item code 'own-001' belongs to an item that was written in the portal; choose another.", fault.ToString());
    }

    [Fact]
    public async Task A_removed_lesson_retires_and_comes_back_as_the_same_lesson()
    {
        sample.Write("hand-care/01-washing/02-how.md", "---\ntitle: How\nminutes: 5\nverified: 2026-11-22\nsources: []\n---\nWith soap.\n");
        await Import();
        var id = await LessonId("how");
        var text = sample.Text("hand-care/01-washing/02-how.md");

        sample.Delete("hand-care/01-washing/02-how.md");
        await Import();
        Assert.Equal([("how", true), ("why", false)], await Lessons());

        sample.Write("hand-care/01-washing/03-how.md", text);
        await Import();
        Assert.Equal([("how", false), ("why", false)], await Lessons());
        Assert.Equal(id, await LessonId("how"));
    }

    [Fact]
    public async Task A_lesson_that_moves_to_another_module_is_the_same_lesson()
    {
        sample.Write("hand-care/01-washing/02-how.md", "---\ntitle: How\nminutes: 5\nverified: 2026-11-22\nsources: []\n---\nWith soap.\n");
        await Import();
        var id = await LessonId("how");

        sample.Replace(SampleCourse.Course, "modules:\n", "modules:\n  - {folder: 02-drying, title: Drying, domain: drying, summary: How.}\n");
        sample.Move("hand-care/01-washing/02-how.md", "hand-care/02-drying/01-how.md");
        Assert.Empty((await Import()).Faults);

        Assert.Equal(id, await LessonId("how"));
        await using var database = store.CreateDbContext();
        var modules = await database.Modules.Include(module => module.Lessons).OrderBy(module => module.Position).ToListAsync(Stop);
        Assert.Equal(["02-drying: how", "01-washing: why"], modules.Select(module => $"{module.Folder}: {Assert.Single(module.Lessons).Slug}"));
    }

    [Fact]
    public async Task What_leaves_the_files_is_retired_and_comes_back()
    {
        await Import();
        var quizzes = sample.Text(SampleCourse.Quizzes);
        var bank = sample.Text(SampleCourse.Questions);
        sample.Write(SampleCourse.Quizzes, quizzes.Replace("washing-check", "washing-test", StringComparison.Ordinal).Replace("items: 20", "items: 19", StringComparison.Ordinal));
        sample.Write(SampleCourse.Questions, bank.Replace("washing-003", "washing-103", StringComparison.Ordinal));

        var left = await Import();

        Assert.Equal((1, 0, 1), (left.ItemsAdded, left.ItemVersionsAdded, left.ItemsRetired));
        Assert.Equal(["washing-003", "washing-check"], await Retired());

        sample.Write(SampleCourse.Quizzes, quizzes);
        sample.Write(SampleCourse.Questions, bank);
        var back = await Import();

        Assert.Equal((0, 0, 1), (back.ItemsAdded, back.ItemVersionsAdded, back.ItemsRetired));
        Assert.Equal(["washing-103", "washing-test"], await Retired());
    }

    [Fact]
    public async Task A_course_whose_folder_is_gone_is_retired_whole_and_the_next_import_has_nothing_to_do()
    {
        await Import();
        foreach (var file in new[] { SampleCourse.Course, SampleCourse.Lesson, SampleCourse.Figure, SampleCourse.Questions, SampleCourse.Quizzes })
        {
            sample.Move(file, file.Replace("hand-care/", "foot-care/", StringComparison.Ordinal));
        }

        sample.Replace("foot-care/quizzes.yaml", "washing-check", "foot-check");
        sample.Replace("foot-care/quizzes.yaml", "hand-care-exam", "foot-exam");
        sample.Replace("foot-care/quizzes.yaml", "hand-care-practice", "foot-practice");
        sample.Replace(SampleCourse.Programme, "hand-care-exam", "foot-exam");
        sample.Replace(SampleCourse.Programme, "[hand-care]", "[foot-care]");
        sample.Replace(SampleCourse.Programme, "course: hand-care", "course: foot-care");
        sample.Replace(SampleCourse.Practical, "course: hand-care", "course: foot-care");

        var report = await Import();

        Assert.Empty(report.Faults);
        Assert.Equal((25, 25), (report.ItemsAdded, report.ItemsRetired));
        await using var database = store.CreateDbContext();
        Assert.Equal(1, await database.Modules.CountAsync(module => module.Retired, Stop));
        Assert.Equal(1, await database.Lessons.CountAsync(lesson => lesson.Retired, Stop));
        Assert.Equal(3, await database.Quizzes.CountAsync(quiz => quiz.Retired, Stop));
        Assert.Equal(["foot-care"], await database.Courses.Where(course => !course.Retired).Select(course => course.Slug).ToListAsync(Stop));
        Assert.False((await Import()).Changed);
    }

    [Fact]
    public async Task A_quiz_of_another_course_and_an_exam_of_another_certificate_are_refused()
    {
        await Import();
        foreach (var file in new[] { SampleCourse.Course, SampleCourse.Lesson, SampleCourse.Figure, SampleCourse.Questions, SampleCourse.Quizzes })
        {
            sample.Move(file, file.Replace("hand-care/", "foot-care/", StringComparison.Ordinal));
        }

        sample.Move(SampleCourse.Programme, "programs/foot-care.yaml");
        sample.Replace("programs/foot-care.yaml", "[hand-care]", "[foot-care]");
        sample.Replace("programs/foot-care.yaml", "course: hand-care", "course: foot-care");
        sample.Replace(SampleCourse.Practical, "course: hand-care", "course: foot-care");

        var report = await Import();

        Assert.False(report.Changed);
        Assert.Equal(["foot-care/quizzes.yaml:2", "foot-care/quizzes.yaml:9", "foot-care/quizzes.yaml:18", "programs/foot-care.yaml:4"], report.Faults.Select(fault => $"{fault.File}:{fault.Line}"));
    }

    [Fact]
    public async Task A_practical_is_imported_changed_retired_and_comes_back_as_the_same_one()
    {
        await Import();
        await using var database = store.CreateDbContext();
        var first = await database.Practicals.AsNoTracking().SingleAsync(Stop);
        Assert.Equal(("washing-hands", 80, 10, 20, false), (first.Slug, first.PassPercent, first.Minutes!.Value, first.TwicePercent, first.Retired));
        Assert.Equal([("wets-hands", false), ("dries", true)], first.Steps.Select(step => (step.Code, step.Critical)));
        Assert.Equal("hand-care", await database.Courses.Where(course => course.Id == first.CourseId).Select(course => course.Slug).SingleAsync(Stop));

        var text = sample.Text(SampleCourse.Practical);
        sample.Delete(SampleCourse.Practical);
        Assert.Empty((await Import()).Faults);
        Assert.True((await database.Practicals.AsNoTracking().SingleAsync(Stop)).Retired);

        sample.Write(SampleCourse.Practical, text.Replace("Wets both hands", "Wets hands and wrists", StringComparison.Ordinal));
        Assert.Empty((await Import()).Faults);
        var back = await database.Practicals.AsNoTracking().SingleAsync(Stop);
        Assert.Equal((first.Id, false, "Wets hands and wrists before the soap."), (back.Id, back.Retired, back.Steps[0].Text));
    }

    [Fact]
    public async Task A_zone_and_a_figure_leave_with_the_files_and_a_source_stays_for_older_versions()
    {
        await Import();
        sample.Delete(SampleCourse.Figure);
        var lesson = sample.Text(SampleCourse.Lesson);
        sample.Write(SampleCourse.Lesson, lesson[..lesson.IndexOf("![", StringComparison.Ordinal)]);
        sample.Delete(SampleCourse.Skin);
        sample.Replace(SampleCourse.Lesson, "[S1, S2]", "[S1]");
        sample.Replace(SampleCourse.Sources, "  - code: S2\n    title: A seller's page on soap\n    kind: vendor\n", "");

        Assert.Empty((await Import()).Faults);

        await using var database = store.CreateDbContext();
        Assert.False(await database.Figures.AnyAsync(Stop));
        Assert.False(await database.SkinZones.AnyAsync(Stop));
        Assert.Equal(2, await database.Sources.CountAsync(Stop));
    }

    [Fact]
    public async Task Two_portals_that_start_at_once_import_the_files_once()
    {
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Import, Stop)));

        Assert.All(reports, report => Assert.Empty(report.Faults));
        Assert.Single(reports, report => report.Changed);
        await using var database = store.CreateDbContext();
        Assert.Equal(25, await database.Items.CountAsync(Stop));
        Assert.Equal(25, await database.ItemVersions.CountAsync(Stop));
    }

    private Task<ImportReport> Import() => new ImportCourses(store, clock).RunAsync(sample.Folder, Stop);

    private async Task WriteInPortal(string code)
    {
        await using var database = store.CreateDbContext();
        var course = await database.Courses.SingleAsync(Stop);
        var now = clock.Now.UtcDateTime;
        database.Add(new Item
        {
            Id = Guid.CreateVersion7(now),
            CourseId = course.Id,
            Code = code,
            Domain = "washing",
            Use = ItemUse.Exam,
            Origin = ItemOrigin.Portal,
            CurrentVersion = 1,
        });
        await database.SaveChangesAsync(Stop);
    }

    private async Task<Guid> LessonId(string slug)
    {
        await using var database = store.CreateDbContext();
        return (await database.Lessons.SingleAsync(lesson => lesson.Slug == slug, Stop)).Id;
    }

    private async Task<(string, bool)[]> Lessons()
    {
        await using var database = store.CreateDbContext();
        var lessons = await database.Lessons.OrderBy(lesson => lesson.Slug).ToListAsync(Stop);
        return [.. lessons.Select(lesson => (lesson.Slug, lesson.Retired))];
    }

    private async Task<string[]> Retired()
    {
        await using var database = store.CreateDbContext();
        return
        [
            .. await database.Items.Where(item => item.Retired).Select(item => item.Code).ToListAsync(Stop),
            .. await database.Quizzes.Where(quiz => quiz.Retired).Select(quiz => quiz.Slug).ToListAsync(Stop),
        ];
    }
}
