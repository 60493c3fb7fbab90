namespace TrainingPortal.CourseFiles;

/// <summary>What an import did.</summary>
/// <param name="Faults">If there is any, nothing was written.</param>
/// <param name="Changed">False: nothing had to be written, or nothing could be.</param>
/// <param name="Courses">Courses in the files; 0 where the database had these very files, as the numbers below.</param>
/// <param name="Lessons">Lessons in the files.</param>
/// <param name="ItemsAdded">Items that the portal did not have.</param>
/// <param name="ItemVersionsAdded">Items that got a new version.</param>
/// <param name="ItemsRetired">Items that the files no longer have.</param>
public sealed record ImportReport(
    IReadOnlyList<CourseFault> Faults,
    bool Changed,
    int Courses,
    int Lessons,
    int ItemsAdded,
    int ItemVersionsAdded,
    int ItemsRetired)
{
    internal static ImportReport Unchanged { get; } = new([], false, 0, 0, 0, 0, 0);

    internal static ImportReport Refused(IReadOnlyList<CourseFault> faults) => new(faults, false, 0, 0, 0, 0, 0);
}
