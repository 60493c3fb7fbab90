using System.Text.RegularExpressions;
using TrainingPortal.Assessments;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary><c>questions/&lt;domain&gt;.yaml</c>: the items of one domain.</summary>
/// <param name="Domain">The domain as the file gives it.</param>
/// <param name="Items">The items, faulty ones too.</param>
/// <param name="Countable">False: for some items it is unknown for which quiz they are.</param>
internal sealed partial record QuestionFile(PlacedText Domain, IReadOnlyList<ItemEntry> Items, bool Countable)
{
    /// <summary>Null, and a fault, where the file cannot be read as YAML.</summary>
    public static QuestionFile? Read(CourseFileSet files, string path, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text || YamlTree.Read(text, path, faults) is not { } file)
        {
            return null;
        }

        var domain = file.TextAt("domain", TextLimits.Domain);
        var named = Path.GetFileNameWithoutExtension(path);
        if (domain.Text.Length > 0 && domain.Text != named)
        {
            faults.Add(domain.Place, $"The domain is '{domain.Text}' and the file is named {named}.yaml; a file is named for its domain.");
        }

        var countable = true;
        var items = file.Maps("items").Select(ReadItem).ToList();
        file.End();
        return new QuestionFile(domain, items, countable);

        ItemEntry ReadItem(YamlFields fields)
        {
            var code = fields.Name("code", TextLimits.ItemCode);
            var use = fields.Choice("use", ("exam", ItemUse.Exam), ("check", ItemUse.Check));
            countable &= use is not null;
            var item = new ItemEntry(
                code,
                domain.Text,
                use ?? ItemUse.Exam,
                fields.Choice("level", ("recall", CognitiveLevel.Recall), ("application", CognitiveLevel.Application)) ?? default,
                fields.OptionalFlag("critical"),
                fields.Text("objective", TextLimits.ItemObjective),
                fields.Text("stem", TextLimits.ItemStem),
                ReadOptions(fields, faults),
                SourceCodes.Read(fields, faults),
                ReadJurisdiction(fields, faults));
            fields.End();
            return item;
        }
    }

    private static List<ItemOption> ReadOptions(YamlFields item, FaultList faults)
    {
        var options = item.Maps("options");
        var read = new List<ItemOption>();
        var texts = new List<PlacedText>();
        foreach (var fields in options)
        {
            texts.Add(fields.TextAt("text", TextLimits.None));
            read.Add(new ItemOption(texts[^1].Text, fields.OptionalFlag("correct"), fields.Text("why", TextLimits.None)));
            fields.End();
        }

        if (options.Count > 0)
        {
            var correct = read.Count(option => option.Correct);
            if (options.Count != ItemVersion.OptionCount)
            {
                faults.Add(item.PlaceOf("options"), Invariant($"The item has {options.Count} options; {ItemVersion.OptionCount} are expected."));
            }

            if (correct != 1)
            {
                faults.Add(item.PlaceOf("options"), Invariant($"{correct} options are marked 'correct: true'; exactly one is expected."));
            }
        }

        Repeated.Name(texts, StringComparer.OrdinalIgnoreCase, faults, "The option");
        return read;
    }

    private static string? ReadJurisdiction(YamlFields item, FaultList faults)
    {
        var place = item.OptionalText("jurisdiction", TextLimits.Jurisdiction);
        if (place is { Text.Length: > 0 } && !JurisdictionPattern().IsMatch(place.Text))
        {
            faults.Add(place.Place, $"'{place.Text}' is no jurisdiction; the code of a country or of a part of one is expected, such as US or US-UT.");
        }

        return place?.Text;
    }

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex JurisdictionPattern();
}
