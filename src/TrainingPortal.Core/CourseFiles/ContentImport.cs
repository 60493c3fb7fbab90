using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Courses;
using TrainingPortal.Persistence;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// Writes what faultless files say over what is stored; the caller saves. Rows that progress, attempts or certificates
/// refer to are retired and never removed.
/// </summary>
internal sealed class ContentImport(PortalDbContext database, StoredContent stored, ItemImport items, DateTime now, string hash)
{
    private readonly Dictionary<string, Course> courses = new(stored.Courses, StringComparer.Ordinal);
    private readonly Dictionary<string, Quiz> quizzes = new(stored.Quizzes, StringComparer.Ordinal);

    public void Write(CourseContent content)
    {
        WriteSources(content.Sources);
        WriteZones(content.Zones);
        WriteProtocols(content.Protocols);
        foreach (var entry in content.Courses)
        {
            WriteCourse(entry, content.Programmes);
        }

        foreach (var gone in stored.Courses.Values.ExceptBy(content.Courses.Select(entry => entry.Slug), course => course.Slug))
        {
            gone.ContentHash = hash;
            WriteModules(gone, []);
            WriteQuizzes(gone, []);
            items.Write(gone, []);
            (gone.ProgrammeSlug, gone.TimeZone, gone.Retired) = (null, null, true);
        }

        WritePracticals(content.Practicals);
        var homes = ExamHomes(content);
        foreach (var entry in content.Programmes)
        {
            WriteProgramme(entry, content.Courses, homes);
        }

        MarkAwardingChecks(content);
    }

    /// <summary>The programme that each exam belongs to: the one that has its course. Others may ask for it too.</summary>
    private static Dictionary<string, string> ExamHomes(CourseContent content) => content.Programmes
        .SelectMany(programme => content.Courses
            .Where(course => programme.Courses.Any(member => member.Text == course.Slug))
            .SelectMany(course => course.Quizzes)
            .Where(quiz => quiz.Kind == QuizKind.Exam)
            .Select(quiz => (Exam: quiz.Slug.Text, programme.Slug)))
        .ToDictionary(home => home.Exam, home => home.Slug, StringComparer.Ordinal);

    /// <summary>A source that left the files stays: older versions of items still cite it.</summary>
    private void WriteSources(IReadOnlyList<SourceEntry> entries)
    {
        foreach (var entry in entries)
        {
            var source = stored.Sources.GetValueOrDefault(entry.Code.Text)
                ?? Added(new Source { Code = entry.Code.Text, Title = entry.Title, Kind = entry.Kind });
            source.Title = entry.Title;
            source.Kind = entry.Kind;
        }
    }

    private void WriteZones(IReadOnlyList<ZoneEntry> entries)
    {
        foreach (var (position, entry) in entries.Index())
        {
            var zone = stored.Zones.GetValueOrDefault(entry.Zone.Text)
                ?? Added(new SkinZone { Zone = entry.Zone.Text, Name = entry.Name, Note = entry.Note });
            zone.Position = position;
            zone.Name = entry.Name;
            (zone.EpidermisFrom, zone.EpidermisTo) = (entry.Epidermis.From, entry.Epidermis.To);
            (zone.DermisFrom, zone.DermisTo) = (entry.Dermis.From, entry.Dermis.To);
            (zone.TeachFrom, zone.TeachTo) = (entry.Teach?.From, entry.Teach?.To);
            zone.Treat = entry.Treat;
            zone.Note = entry.Note;
            zone.Sources = Codes(entry.Sources);
        }

        database.RemoveRange(stored.Zones.Values.ExceptBy(entries.Select(entry => entry.Zone.Text), zone => zone.Zone));
    }

    private void WriteProtocols(ProtocolBook book)
    {
        if (!ListJson.Same(book, stored.Protocols?.Book ?? ProtocolBook.Empty))
        {
            database.Add(new ProtocolEdition { Number = (stored.Protocols?.Number ?? 0) + 1, ImportedAt = now, Book = book });
        }
    }

    private void WriteCourse(CourseEntry entry, IReadOnlyList<ProgrammeEntry> programmes)
    {
        var course = stored.Courses.GetValueOrDefault(entry.Slug) ?? Added(new Course
        {
            Id = NewId(),
            Slug = entry.Slug,
            Title = entry.Title,
            Summary = entry.Summary,
            ContentHash = hash,
        });
        courses[entry.Slug] = course;
        course.Title = entry.Title;
        course.Summary = entry.Summary;
        course.Hours = entry.Hours;
        course.Objectives = entry.Objectives;
        course.ContentHash = hash;
        course.Retired = false;
        var programme = programmes.FirstOrDefault(programme => programme.Courses.Any(member => member.Text == entry.Slug));
        course.ProgrammeSlug = programme?.Slug;
        course.TimeZone = programme?.TimeZone;
        course.Position = programme?.Courses.Index().First(member => member.Item.Text == entry.Slug).Index ?? 0;
        WriteModules(course, entry.Modules);
        WriteFigures(course, entry.Figures);
        WriteCases(course, entry.Cases);
        WriteQuizzes(course, entry.Quizzes);
        items.Write(course, entry.Items);
    }

    private void WriteModules(Course course, IReadOnlyList<ModuleEntry> entries)
    {
        // Of the whole course: a lesson that moves to another module is the same lesson, with the progress made on it.
        var lessons = course.Modules.SelectMany(module => module.Lessons).ToDictionary(lesson => lesson.Slug, StringComparer.Ordinal);
        var modules = course.Modules.ToDictionary(module => module.Folder, StringComparer.Ordinal);
        foreach (var (position, entry) in entries.Index())
        {
            if (!modules.Remove(entry.Folder.Text, out var module))
            {
                module = Added(new CourseModule
                {
                    Id = NewId(),
                    CourseId = course.Id,
                    Folder = entry.Folder.Text,
                    Title = entry.Title,
                    Summary = entry.Summary,
                    Domain = entry.Domain.Text,
                });
            }

            module.Position = position;
            module.Title = entry.Title;
            module.Summary = entry.Summary;
            module.Domain = entry.Domain.Text;
            module.Retired = false;
            WriteLessons(module, entry.Lessons, lessons);
        }

        foreach (var gone in modules.Values)
        {
            gone.Retired = true;
        }

        foreach (var gone in lessons.Values)
        {
            gone.Retired = true;
        }
    }

    private void WriteLessons(CourseModule module, IReadOnlyList<LessonEntry> entries, Dictionary<string, Lesson> lessons)
    {
        foreach (var (position, entry) in entries.Index())
        {
            if (!lessons.Remove(entry.Slug, out var lesson))
            {
                lesson = Added(new Lesson
                {
                    Id = NewId(),
                    ModuleId = module.Id,
                    Slug = entry.Slug,
                    Title = entry.Title,
                    Html = entry.Html,
                });
            }

            if (lesson.ModuleId != module.Id)
            {
                database.Entry(lesson).Property(row => row.ModuleId).CurrentValue = module.Id;
            }

            lesson.Position = position;
            lesson.Title = entry.Title;
            lesson.Minutes = entry.Minutes;
            lesson.Html = entry.Html;
            lesson.Verified = entry.Verified;
            lesson.Sources = Codes(entry.Sources);
            lesson.Retired = false;
        }
    }

    private void WriteFigures(Course course, IReadOnlyList<FigureEntry> entries)
    {
        var figures = course.Figures.ToDictionary(figure => figure.Path, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (figures.Remove(entry.Path, out var figure))
            {
                figure.Svg = entry.Svg;
            }
            else
            {
                database.Add(new Figure { Id = NewId(), CourseId = course.Id, Path = entry.Path, Svg = entry.Svg });
            }
        }

        database.RemoveRange(figures.Values);
    }

    private void WriteCases(Course course, IReadOnlyList<CaseEntry> entries)
    {
        var cases = course.Cases.ToDictionary(stored => stored.Name, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (cases.Remove(entry.Name.Text, out var row))
            {
                row.Case = entry.Case;
            }
            else
            {
                database.Add(new StoredCase { Id = NewId(), CourseId = course.Id, Name = entry.Name.Text, Case = entry.Case });
            }
        }

        database.RemoveRange(cases.Values);
    }

    private void WriteQuizzes(Course course, IReadOnlyList<QuizEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!quizzes.TryGetValue(entry.Slug.Text, out var quiz))
            {
                quiz = Added(new Quiz { Id = NewId(), CourseId = course.Id, Slug = entry.Slug.Text, Title = entry.Title });
                quizzes.Add(quiz.Slug, quiz);
            }

            quiz.Kind = entry.Kind;
            quiz.Title = entry.Title;
            quiz.ModuleFolder = entry.Module?.Text;
            quiz.Minutes = entry.Minutes;
            quiz.PassPercent = entry.PassPercent;
            quiz.Blueprint = [.. entry.Blueprint.Select(row => new BlueprintRow(row.Domain.Text, row.Items, row.GatePercent, row.Pilots, row.Tags))];
            quiz.MostAttempts = entry.Attempts.Most;
            quiz.AttemptDays = entry.Attempts.InDays;
            quiz.WaitHours = entry.Attempts.WaitHours;
            quiz.OpensAt = entry.Window.Opens;
            quiz.ClosesAt = entry.Window.Closes;
            quiz.Requires = Codes(entry.Requires);
            quiz.Review = entry.Review;
            quiz.SetSize = entry.SetSize;
            quiz.KeptUp = entry.KeptUp;
            quiz.Retired = false;
        }

        var kept = entries.Select(entry => entry.Slug.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in quizzes.Values.Where(quiz => quiz.CourseId == course.Id && !kept.Contains(quiz.Slug)))
        {
            gone.Retired = true;
        }
    }

    private void WritePracticals(IReadOnlyList<PracticalEntry> entries)
    {
        foreach (var entry in entries)
        {
            var practical = stored.Practicals.GetValueOrDefault(entry.Slug.Text)
                ?? Added(new Practical { Id = NewId(), Slug = entry.Slug.Text, Title = entry.Title, Setup = entry.Setup });
            practical.CourseId = courses[entry.Course.Text].Id;
            practical.Title = entry.Title;
            practical.Setup = entry.Setup;
            practical.Steps = entry.Steps;
            practical.PassPercent = entry.PassPercent;
            practical.Minutes = entry.Minutes;
            practical.TwicePercent = entry.TwicePercent;
            practical.Sources = Codes(entry.Sources);
            practical.Retired = false;
        }

        foreach (var gone in stored.Practicals.Values.ExceptBy(entries.Select(entry => entry.Slug.Text), practical => practical.Slug))
        {
            gone.Retired = true;
        }
    }

    /// <summary>A programme that left the files stays: certificates refer to it.</summary>
    private void WriteProgramme(ProgrammeEntry entry, IReadOnlyList<CourseEntry> entries, Dictionary<string, string> homes)
    {
        var programme = stored.Programmes.GetValueOrDefault(entry.Slug) ?? Added(new Programme
        {
            Id = NewId(),
            Slug = entry.Slug,
            Title = entry.Title,
            Level = entry.Level,
            TimeZone = entry.TimeZone,
            Scope = entry.Scope,
        });
        entry.WriteTo(programme);
        programme.OwnCourses = Codes(entry.OwnCourses(entries));
        foreach (var exam in entry.Exams.Select(exam => quizzes[exam.Text]).Where(exam => !homes.ContainsKey(exam.Slug) || homes[exam.Slug] == entry.Slug))
        {
            exam.ProgrammeId = programme.Id;
        }
    }

    /// <summary>A check whose pass may complete a certificate says so: it is one of a course that counts by itself.</summary>
    private void MarkAwardingChecks(CourseContent content)
    {
        var own = content.Programmes.SelectMany(programme => programme.OwnCourses(content.Courses)).Select(course => course.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var course in content.Courses)
        {
            foreach (var check in course.Quizzes.Where(quiz => quiz.Kind == QuizKind.Check))
            {
                quizzes[check.Slug.Text].Awards = own.Contains(course.Slug);
            }
        }
    }

    private static List<string> Codes(IReadOnlyList<PlacedText> codes) => [.. codes.Select(code => code.Text)];

    private Guid NewId() => Guid.CreateVersion7(now);

    // Told to the context as new: a row with an id that the context finds under its owner counts as one to update.
    private T Added<T>(T row)
        where T : class
    {
        database.Add(row);
        return row;
    }
}
