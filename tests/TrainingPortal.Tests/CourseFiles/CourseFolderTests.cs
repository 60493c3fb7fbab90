using System.Text;
using TrainingPortal.Assessments;
using TrainingPortal.CourseFiles;
using TrainingPortal.Protocols;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

public class CourseFolderTests
{
    [Fact]
    public void The_example_of_the_format_has_no_fault_and_is_read_whole()
    {
        using var sample = new SampleCourse();

        var read = CourseFolder.Read(sample.Folder);

        Assert.Empty(read.Faults);
        Assert.True(read.Succeeded);
        var course = Assert.Single(read.Content.Courses);
        Assert.Equal("hand-care", course.Slug);
        Assert.Equal("Hand care: first steps", course.Title);
        var lesson = Assert.Single(Assert.Single(course.Modules).Lessons);
        Assert.Equal(("why", 5), (lesson.Slug, lesson.Minutes));
        Assert.Equal(["S1", "S2"], lesson.Sources.Select(code => code.Text));
        Assert.Equal("01-washing/washing-steps.svg", Assert.Single(course.Figures).Path);
        Assert.Equal(20, course.Items.Count(item => item.Use == ItemUse.Exam));
        Assert.Equal(["Why it is right.", "Why it is wrong.", "Why it is wrong.", "Why it is wrong."], course.Items[0].Options.Select(option => option.Why));
        Assert.Equal(new AttemptRule(3, 30, 24), course.Quizzes[1].Attempts);
        var zone = Assert.Single(read.Content.Zones);
        Assert.Equal((new DepthRange(200, 220), new DepthRange(250, 500)), (zone.Epidermis, zone.Teach));
        Assert.Equal([90, 30, 7, 0], Assert.Single(read.Content.Programmes).ReminderDays);
    }

    [Fact]
    public void The_courses_of_this_repository_have_no_fault()
    {
        var faults = CourseFolder.Read(RepositoryFolder.Path("courses")).Faults;

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Several_faults_in_several_files_are_all_named_in_order()
    {
        using var sample = new SampleCourse();
        var minutes = sample.Replace(SampleCourse.Lesson, "minutes: 5", "minutes: five\nlevel: 2");
        var link = sample.Replace(SampleCourse.Lesson, "Plain Markdown:", "[x](ftp://example.org)\n<b>Markdown</b>:");
        var hours = sample.Replace(SampleCourse.Course, "hours: 1", "hour: 1");
        var level = sample.Replace(SampleCourse.Questions, "level: application", "level: high");
        var pass = sample.Replace(SampleCourse.Quizzes, "pass: 80", "pass: 0");
        var kind = sample.Replace(SampleCourse.Sources, "kind: vendor", "kind: shop");

        var faults = CourseFolder.Read(sample.Folder).Faults;

        Assert.Equal(
            [
                $"{SampleCourse.Lesson}:{minutes}",
                $"{SampleCourse.Lesson}:{minutes + 1}",
                $"{SampleCourse.Lesson}:{link}",
                $"{SampleCourse.Lesson}:{link + 1}",
                $"{SampleCourse.Course}:1",
                $"{SampleCourse.Course}:{hours}",
                $"{SampleCourse.Questions}:{level}",
                $"{SampleCourse.Quizzes}:{pass}",
                $"{SampleCourse.Sources}:{kind}",
            ],
            faults.Select(fault => $"{fault.File}:{fault.Line}"));
    }

    [Theory]
    [InlineData(SampleCourse.Course, "missing")]
    [InlineData(SampleCourse.Quizzes, "missing")]
    [InlineData(SampleCourse.Sources, "sources are cited")]
    public void A_missing_file_is_named(string file, string message)
    {
        using var sample = new SampleCourse();
        sample.Delete(file);

        var faults = CourseFolder.Read(sample.Folder).Faults;

        var fault = Assert.Single(faults);
        Assert.Equal((file, 1), (fault.File, fault.Line));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_figure_is_named_where_it_is_shown_and_an_unused_one_by_its_file()
    {
        using var sample = new SampleCourse();
        var line = sample.Replace(SampleCourse.Lesson, "washing-steps.svg", "rinsing.svg");

        var faults = CourseFolder.Read(sample.Folder).Faults;

        Assert.Equal(
            [
                $"{SampleCourse.Lesson}:{line}: The figure rinsing.svg does not lie beside the lesson, in hand-care/01-washing/.",
                $"{SampleCourse.Figure}:1: No lesson of this folder shows the figure; show it, or take the file away.",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("notes.txt", "beside the README there are only folders")]
    [InlineData("Hand-Care/course.yaml", "'Hand-Care' is no name")]
    [InlineData("protocols/waits.yaml", "protocols/ holds sources.yaml, skin.yaml")]
    [InlineData("programs/hand-care.yml", "one .yaml file a certification")]
    [InlineData("hand-care/quizes.yaml", "a course has course.yaml, quizzes.yaml")]
    [InlineData("hand-care/questions/old/washing.yaml", "one .yaml file a domain")]
    [InlineData("hand-care/washing/01-why.md", "'washing' is no folder of a course")]
    [InlineData("hand-care/01-washing/when.md", "starts with two digits")]
    [InlineData("hand-care/01-washing/photo.png", ".md and .svg files")]
    [InlineData("hand-care/01-washing/more/02-how.md", ".md and .svg files")]
    public void A_file_that_nothing_would_read_is_named(string file, string message)
    {
        using var sample = new SampleCourse();
        sample.Write(file, sample.Text(file.EndsWith(".md", StringComparison.Ordinal) ? SampleCourse.Lesson : SampleCourse.Course));

        var faults = CourseFolder.Read(sample.Folder).Faults;

        Assert.Contains(faults, fault => fault.File == file && fault.Line == 1 && fault.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Hidden_files_are_left_out()
    {
        using var sample = new SampleCourse();
        sample.Write("hand-care/.DS_Store", "x");

        Assert.Empty(CourseFolder.Read(sample.Folder).Faults);
    }

    [Fact]
    public void A_folder_that_is_no_module_a_module_without_folder_and_a_lesson_name_that_is_taken_are_named()
    {
        using var sample = new SampleCourse();
        sample.Write("hand-care/02-drying/01-why.md", sample.Text(SampleCourse.Lesson).Replace("[[depth-simulator]]", "", StringComparison.Ordinal));
        sample.Write("hand-care/02-drying/washing-steps.svg", sample.Text(SampleCourse.Figure));
        var line = sample.Replace(SampleCourse.Course, "modules:\n", "modules:\n  - {folder: 03-cream, title: Cream, domain: cream, summary: Which.}\n") + 1;

        var faults = CourseFolder.Read(sample.Folder).Faults;

        Assert.Equal(
            [
                "hand-care/02-drying:1: The folder is no module; name it under 'modules' of course.yaml, or take it away.",
                $"hand-care/02-drying/01-why.md:1: The lesson name (without its number) 'why' is taken already, at {SampleCourse.Lesson}:1.",
                $"{SampleCourse.Course}:{line}: The folder hand-care/03-cream is missing or holds no lesson.",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void A_question_file_is_named_for_its_domain_and_the_domain_is_the_course_s()
    {
        using var sample = new SampleCourse();
        var line = sample.Replace(SampleCourse.Questions, "domain: washing", "domain: rinsing");

        var faults = CourseFolder.Read(sample.Folder).Faults.Where(fault => fault.File == SampleCourse.Questions).ToList();

        Assert.All(faults, fault => Assert.Equal(line, fault.Line));
        Assert.Contains(faults, fault => fault.Message.Contains("the file is named washing.yaml", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Message.Contains("no domain 'rinsing'", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_that_is_not_utf8_is_named_by_its_line()
    {
        using var sample = new SampleCourse();
        var line = sample.Replace(SampleCourse.Course, "hours: 1", "hours: 1 # ÿ");
        sample.WriteBytes(SampleCourse.Course, Encoding.Latin1.GetBytes(sample.Text(SampleCourse.Course)));

        var fault = Assert.Single(CourseFolder.Read(sample.Folder).Faults);

        Assert.Equal($"{SampleCourse.Course}:{line}", $"{fault.File}:{fault.Line}");
        Assert.Contains("UTF-8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_read_over()
    {
        using var sample = new SampleCourse();
        foreach (var file in new[] { SampleCourse.Course, SampleCourse.Lesson, SampleCourse.Figure, SampleCourse.Questions })
        {
            sample.WriteBytes(file, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(sample.Text(file).ReplaceLineEndings("\r\n"))]);
        }

        Assert.Empty(CourseFolder.Read(sample.Folder).Faults);
    }

    [Fact]
    public void A_folder_that_is_not_there_and_one_without_courses_are_named()
    {
        var nowhere = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Equal(".:1: There is no such folder.", Assert.Single(CourseFolder.Read(nowhere).Faults).ToString());

        Directory.CreateDirectory(nowhere);
        Assert.Contains("no course here", Assert.Single(CourseFolder.Read(nowhere).Faults).Message, StringComparison.Ordinal);
        Directory.Delete(nowhere);
    }

    [Fact]
    public void Whatever_one_byte_is_changed_to_there_are_faults_or_content_and_never_an_exception()
    {
        using var sample = new SampleCourse();
        var random = new Random(20260302);
        string[] files = [SampleCourse.Course, SampleCourse.Lesson, SampleCourse.Figure, SampleCourse.Questions, SampleCourse.Quizzes, SampleCourse.Programme, SampleCourse.Sources, SampleCourse.Skin];
        byte[] nasty = [.. "\t\n\0:-#&*!|>'\"%@`{}[]<?,"u8, 0xff];
        for (var round = 0; round < 400; round++)
        {
            var file = files[round % files.Length];
            var text = sample.Text(file);
            var bytes = Encoding.UTF8.GetBytes(text);
            bytes[random.Next(Math.Min(bytes.Length, 1500))] = nasty[random.Next(nasty.Length)];
            sample.WriteBytes(file, bytes);

            var read = CourseFolder.Read(sample.Folder);

            Assert.Equal(read.Succeeded, read.Faults.Count == 0);
            Assert.All(read.Faults.Where(fault => fault.File == file), fault => Assert.InRange(fault.Line, 1, 2 + text.Count(letter => letter == '\n')));
            sample.Write(file, text);
        }
    }
}
