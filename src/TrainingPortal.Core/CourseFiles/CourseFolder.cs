using System.Diagnostics.CodeAnalysis;

namespace TrainingPortal.CourseFiles;

/// <summary>Reads a folder of course files; <c>courses/README.md</c> says what it may hold.</summary>
public static class CourseFolder
{
    /// <summary>
    /// Everything the folder says, or every fault it has. Reads files and nothing else; what is wrong with their text is
    /// a fault and never an exception.
    /// </summary>
    /// <param name="folder">The folder that holds the courses.</param>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    public static CourseFolderResult Read(string folder) => Read(CourseFileSet.Load(folder));

    internal static CourseFolderResult Read(CourseFileSet files)
    {
        var faults = new FaultList();
        if (!files.Exists)
        {
            faults.Add(".", "There is no such folder.");
            return new CourseFolderResult(null, faults.Sorted());
        }

        FolderLayout.Check(files, faults);
        var sources = ProtocolFiles.ReadSources(files, faults);
        var zones = ProtocolFiles.ReadSkin(files, faults);
        var (book, cited) = ProtocolFiles.ReadBook(files, faults);
        var references = new ProtocolReferences(book, zones ?? []);
        var readers = FolderLayout.Courses(files).Select(course => new CourseReader(files, course, book, references, faults)).ToList();
        var courses = readers.Select(reader => reader.Read()).ToList();
        if (courses.Count == 0)
        {
            faults.Add(".", "There is no course here; a course is a folder with a course.yaml.");
        }

        var programmes = files.In(FolderLayout.Programmes, ".yaml").Select(path => ProgrammeFile.Read(files, path, faults)).OfType<ProgrammeEntry>().ToList();
        var practicals = files.In(FolderLayout.Practicals, ".yaml").Select(path => PracticalFile.Read(files, path, references, faults)).OfType<PracticalEntry>().ToList();
        var content = new CourseContent(sources ?? [], zones ?? [], book, courses, practicals, programmes);
        new CrossChecks(content, cited, faults).Run(
            sourcesAreThere: files.Has(ProtocolFiles.SourcesPath),
            sourcesAreRead: sources is not null,
            skinIsThere: files.Has(ProtocolFiles.SkinPath),
            quizzesAreRead: courses.All(course => course.Quizzes.Count > 0),
            itemsAreRead: readers.All(reader => reader.ItemsAreRead));
        var sorted = faults.Sorted();
        return new CourseFolderResult(sorted.Count == 0 ? content : null, sorted);
    }
}

/// <summary>What came of reading a folder: its content or its faults.</summary>
public sealed class CourseFolderResult
{
    internal CourseFolderResult(CourseContent? content, IReadOnlyList<CourseFault> faults)
    {
        Content = content;
        Faults = faults;
    }

    /// <summary>None if there is any fault.</summary>
    public CourseContent? Content { get; }

    /// <summary>By file, then by line.</summary>
    public IReadOnlyList<CourseFault> Faults { get; }

    [MemberNotNullWhen(true, nameof(Content))]
    public bool Succeeded => Content is not null;
}
