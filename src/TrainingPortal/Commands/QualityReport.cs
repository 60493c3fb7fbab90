using TrainingPortal.CourseFiles;
using static System.FormattableString;

namespace TrainingPortal.Web.Commands;

/// <summary>The counts that <c>courses check</c> prints.</summary>
internal static class QualityReport
{
    public static void Write(TextWriter output, CourseQuality quality)
    {
        var figures = quality.Figures;
        var bank = figures.ItemsByDomain.Values.Sum();
        output.WriteLine(Invariant($"No fault: {figures.Courses} courses, {figures.Modules} modules, {figures.Lessons} lessons of {figures.LessonWords} words, {figures.Drawings} drawings, {figures.Cases} cases."));
        output.WriteLine(Invariant($"Item bank: {bank} items and {figures.CheckItems} for knowledge checks; {figures.Critical} critical, {figures.Multiple} with more than one right answer, {figures.ApplicationPercent} % application."));
        output.WriteLine($"Types: {string.Join(", ", figures.ItemsByKind.Select(kind => Invariant($"{kind.Value} {kind.Key}")))}.");
        foreach (var (domain, count) in figures.ItemsByDomain)
        {
            output.WriteLine(Invariant($"  {domain,-20} {count,4}  {(bank == 0 ? 0 : 100.0 * count / bank),5:0.0} %"));
        }

        output.WriteLine(Invariant($"Keys stand first to fourth in {string.Join(", ", figures.KeyPercent)} %; the key is the longest option in {figures.LongestKeyPercent} %."));
        output.WriteLine(Invariant($"Reading grade: lessons at most {figures.HighestLessonGrade:0.0}, items at most {figures.HighestItemGrade:0.0}."));
        output.WriteLine(Invariant($"Protocols: {figures.ProtocolRows} rows, {figures.Sources} sources."));
    }
}
