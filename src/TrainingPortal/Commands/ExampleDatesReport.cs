using TrainingPortal.Certifications;
using TrainingPortal.CourseFiles;
using static System.FormattableString;

namespace TrainingPortal.Web.Commands;

/// <summary>The dates of ten example people that <c>courses check</c> prints for each programme, before anything is saved.</summary>
internal static class ExampleDatesReport
{
    public static void Write(TextWriter output, ProgrammeEntry entry, DateOnly today)
    {
        var programme = new Programme { Slug = entry.Slug, Title = entry.Title, Level = entry.Level, TimeZone = entry.TimeZone, Scope = entry.Scope };
        entry.WriteTo(programme);
        output.WriteLine($"Dates by {entry.Slug} (days in {entry.TimeZone}):");
        output.WriteLine($"  {"who",-38} {"passed",-10}  {"good until",-10}  {"exam until",-10}  renewal opens");
        foreach (var example in ExampleDates.Of(programme, today))
        {
            output.WriteLine(Invariant($"  {example.Who,-38} {example.PassedOn:O}  {example.LastValidDay:O}  {example.WholeLastValidDay:O}  {example.RenewalOpensOn:O}"));
        }
    }
}
