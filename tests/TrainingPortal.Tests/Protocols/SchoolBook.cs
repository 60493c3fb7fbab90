using TrainingPortal.CourseFiles;
using TrainingPortal.Protocols;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Protocols;

/// <summary>The protocols of the repository's own courses: the rules are tested on the rows that they decide by.</summary>
internal static class SchoolBook
{
    private static readonly Lazy<ProtocolBook> s_book = new(() => CourseFolder.Read(RepositoryFolder.Path("courses")).Content!.Protocols);

    public static ProtocolBook Book => s_book.Value;

    public static DepthChart Chart => Book.Charts.Single(chart => chart.Kind == ChartKind.School);

    public static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
