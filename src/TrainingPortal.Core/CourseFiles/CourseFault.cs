using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>Something in the course files that keeps them from being served.</summary>
/// <param name="File">Relative to the folder that was read, with forward slashes.</param>
/// <param name="Line">From 1; 1 where the whole file or folder is meant.</param>
/// <param name="Message">A plain sentence: what is wrong and what is expected.</param>
public sealed record CourseFault(string File, int Line, string Message)
{
    public override string ToString() => Invariant($"{File}:{Line}: {Message}");
}

/// <summary>Where something is written: a file relative to the folder, and a line from 1.</summary>
public readonly record struct FilePlace(string File, int Line)
{
    public override string ToString() => Invariant($"{File}:{Line}");
}

/// <summary>A text and where it is written, so that a later check can still name the line.</summary>
public sealed record PlacedText(string Text, FilePlace Place);

/// <summary>The faults found so far; reading goes on after each, so that one pass names them all.</summary>
internal sealed class FaultList
{
    private readonly List<CourseFault> faults = [];

    public void Add(FilePlace place, string message) => faults.Add(new CourseFault(place.File, place.Line, message));

    public void Add(string file, string message) => Add(new FilePlace(file, 1), message);

    public IReadOnlyList<CourseFault> Sorted() =>
        [.. faults.Distinct().OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)];
}
