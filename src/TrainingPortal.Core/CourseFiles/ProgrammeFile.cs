using System.Globalization;
using TrainingPortal.Certifications;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary><c>programs/&lt;slug&gt;.yaml</c>: a certification.</summary>
internal static class ProgrammeFile
{
    private const int MostMonths = 120;
    private const int MostDays = 3650;
    private const decimal DeepestMm = 10;

    /// <summary>Null, and a fault, where the file cannot be read as YAML.</summary>
    public static ProgrammeEntry? Read(CourseFileSet files, string path, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text || YamlTree.Read(text, path, faults) is not { } file)
        {
            return null;
        }

        var parts = new List<PartEntry>();
        var programme = new ProgrammeEntry(
            Path.GetFileNameWithoutExtension(path),
            file.Text("title", TextLimits.Title),
            file.Text("level", TextLimits.ProgrammeLevel),
            ReadAsked(file, "courses", "course", RequirementKind.Course, parts),
            ReadExams(file, parts, faults),
            ReadAsked(file, "practicals", "practical", RequirementKind.Practical, parts),
            file.WholeNumber("validity-months", 1, MostMonths),
            ReadExpiry(file, faults),
            file.WholeNumber("renewal-window-days", 0, MostDays),
            ReadReminders(file, faults),
            ReadTimeZone(file, faults),
            [.. parts, .. file.OptionalMaps("parts").Select(ReadPart)],
            [.. file.Maps("covers").Select(ReadCover)],
            file.Text("scope", TextLimits.Scope));
        file.End();
        Repeated.Name(programme.Courses, StringComparer.Ordinal, faults, "In this programme the course");
        Repeated.Name(programme.Exams, StringComparer.Ordinal, faults, "In this programme the exam");
        Repeated.Name(programme.Practicals, StringComparer.Ordinal, faults, "In this programme the practical");
        foreach (var kind in programme.Parts.GroupBy(part => part.Kind))
        {
            Repeated.Name(kind.Select(part => part.Slug), StringComparer.Ordinal, faults, "A part has one validity of its own, and the part");
        }

        if (!file.Has("courses") && !file.Has("exams") && !file.Has("exam") && !file.Has("practicals"))
        {
            faults.Add(file.Place, "A programme asks for something: at least one of 'courses', 'exams' and 'practicals' is expected.");
        }

        return programme;
    }

    /// <summary>What must be done, each by its name or with months of its own.</summary>
    private static IReadOnlyList<PlacedText> ReadAsked(YamlFields file, string key, string name, RequirementKind kind, List<PartEntry> parts)
    {
        var asked = file.OptionalTextsOrMaps(key, name, TextLimits.Name);
        foreach (var (slug, more) in asked)
        {
            if (more is not null)
            {
                parts.Add(new PartEntry(slug, more.Text("name", TextLimits.Title), more.WholeNumber("months", 1, MostMonths), kind));
                more.End();
            }
        }

        return [.. asked.Select(entry => entry.Text)];
    }

    /// <summary>The list, or the one of <c>exam</c>, which is the short form of a list of one.</summary>
    private static IReadOnlyList<PlacedText> ReadExams(YamlFields file, List<PartEntry> parts, FaultList faults)
    {
        var only = file.OptionalText("exam", TextLimits.Name);
        var exams = ReadAsked(file, "exams", "exam", RequirementKind.Exam, parts);
        if (only is not null && file.Has("exams"))
        {
            faults.Add(file.PlaceOf("exam"), "'exam' is the short form of 'exams' with one entry; one of them is enough.");
        }

        return only is { } one && !file.Has("exams") ? [one] : exams;
    }

    /// <summary>Most first, whatever the order in the file.</summary>
    private static IReadOnlyList<int> ReadReminders(YamlFields file, FaultList faults)
    {
        var days = new SortedSet<int>();
        foreach (var (number, place) in file.WholeNumbers("reminders", 0, MostDays))
        {
            if (!days.Add(number))
            {
                faults.Add(place, Invariant($"The reminder {number} is in the list twice; each day stands once."));
            }
        }

        return [.. days.Reverse()];
    }

    private static ExpiryEntry ReadExpiry(YamlFields file, FaultList faults)
    {
        if (file.OptionalMap("expiry") is not { } expiry)
        {
            return new ExpiryEntry(ExpiryRule.OldExpiry, FixedDay: null, LeastMonths: 0);
        }

        var rule = expiry.Choice("rule", ("completion", ExpiryRule.Completion), ("old-expiry", ExpiryRule.OldExpiry), ("fixed-day", ExpiryRule.FixedDay));
        var day = expiry.OptionalText("day", TextLimits.Name);
        var least = expiry.OptionalWholeNumber("least-months", 0, MostMonths);
        expiry.End();
        if (rule == ExpiryRule.FixedDay)
        {
            // Of a leap year, so that 02-29 is told from a slip: it is no day of every year.
            if (day is null || day.Text == "02-29" || !DateOnly.TryParseExact($"2028-{day.Text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                faults.Add(day?.Place ?? expiry.Place, "A fixed-day expiry needs the 'day' on which certificates end, as month and day of every year such as 12-31.");
            }
        }
        else if (rule is not null && (day is not null || least is not null))
        {
            faults.Add(day?.Place ?? expiry.PlaceOf("least-months"), "'day' and 'least-months' belong to the rule fixed-day; take them away, or change the rule.");
        }

        return new ExpiryEntry(rule ?? ExpiryRule.OldExpiry, day?.Text, least ?? 0);
    }

    private static string ReadTimeZone(YamlFields file, FaultList faults)
    {
        var name = file.TextAt("time-zone", TextLimits.TimeZone);
        if (name.Text.Length > 0 && !(TimeZoneInfo.TryFindSystemTimeZoneById(name.Text, out var zone) && zone.HasIanaId))
        {
            faults.Add(name.Place, $"'{name.Text}' is no time zone that this machine knows; an IANA name such as America/Denver is expected.");
        }

        return name.Text;
    }

    private static PartEntry ReadPart(YamlFields fields)
    {
        var part = new PartEntry(fields.TextAt("course", TextLimits.Name), fields.Text("name", TextLimits.Title), fields.WholeNumber("months", 1, MostMonths), RequirementKind.Course);
        fields.End();
        return part;
    }

    private static Cover ReadCover(YamlFields fields)
    {
        var cover = new Cover(fields.Text("service", TextLimits.None), fields.Number("greatest-depth-mm", DeepestMm, decimals: 2));
        fields.End();
        return cover;
    }
}
