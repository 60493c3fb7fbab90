using TrainingPortal.Assessments;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary><c>questions/&lt;domain&gt;.yaml</c>: the items of one domain.</summary>
/// <param name="Domain">The domain as the file gives it.</param>
/// <param name="Items">The items, faulty ones too.</param>
/// <param name="Countable">False: for some items it is unknown for which quiz they are.</param>
internal sealed record QuestionFile(PlacedText Domain, IReadOnlyList<ItemEntry> Items, bool Countable)
{
    /// <summary>Null, and a fault, where the file cannot be read as YAML.</summary>
    public static QuestionFile? Read(CourseFileSet files, string path, ProtocolBook book, ProtocolReferences references, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text || YamlTree.Read(text, path, faults) is not { } file)
        {
            return null;
        }

        var domain = file.TextAt("domain", TextLimits.Domain);
        var named = Path.GetFileNameWithoutExtension(path);
        if (domain.Text.Length > 0 && named != domain.Text && !named.StartsWith(domain.Text + '-', StringComparison.Ordinal))
        {
            faults.Add(domain.Place, $"The domain is '{domain.Text}' and the file is named {named}.yaml; a file's name is its domain, or starts with it and a hyphen.");
        }

        var countable = true;
        var items = file.Maps("items").Select(ReadItem).ToList();
        file.End();
        return new QuestionFile(domain, items, countable);

        ItemEntry ReadItem(YamlFields fields)
        {
            var code = fields.Name("code", TextLimits.ItemCode);
            var use = fields.Choice("use", ("exam", ItemUse.Exam), ("check", ItemUse.Check), ("pilot", ItemUse.Pilot));
            countable &= use is not null;
            var module = fields.OptionalText("module", TextLimits.Name);
            if (module is not null && use is ItemUse.Exam or ItemUse.Pilot)
            {
                faults.Add(module.Place, "Only an item of a knowledge check names its module; take 'module' away.");
            }

            var item = new ItemEntry(
                code,
                domain.Text,
                use ?? ItemUse.Exam,
                module,
                fields.Choice("level", ("recall", CognitiveLevel.Recall), ("application", CognitiveLevel.Application)) ?? default,
                fields.OptionalFlag("critical"),
                fields.Text("objective", TextLimits.ItemObjective),
                Filled(fields.TextAt("stem", TextLimits.ItemStem)),
                new InteractionFile(book, Filled, faults).Read(fields),
                SourceCodes.Read(fields, faults),
                ReadJurisdiction(fields, faults),
                ReadTags(fields, faults),
                fields.OptionalText("twin", TextLimits.ItemCode),
                fields.OptionalText("lesson", TextLimits.ItemLesson));
            fields.End();
            if (item.Twin is { } twin && (!item.Critical || twin.Text == code.Text))
            {
                faults.Add(twin.Place, "Only a critical item has a twin, and it is another item.");
            }

            return item;
        }

        string Filled(PlacedText text) => ProtocolReferences.Plain(references.Fill(text, faults).Text);
    }

    private static string? ReadJurisdiction(YamlFields item, FaultList faults)
    {
        var place = item.OptionalText("jurisdiction", TextLimits.Jurisdiction);
        if (place is not null)
        {
            PlaceCodes.NameFault(place, faults);
        }

        return place?.Text;
    }

    private static List<string> ReadTags(YamlFields item, FaultList faults)
    {
        var tags = item.OptionalTexts("tags", TextLimits.ItemTag);
        Repeated.Name(tags, StringComparer.OrdinalIgnoreCase, faults, "The tag");
        foreach (var tag in tags.Where(tag => tag.Text.Length > 0 && (!FolderLayout.IsName(tag.Text) || tag.Text is "and" or "or" or "not")))
        {
            faults.Add(tag.Place, $"'{tag.Text}' is no tag; lower-case letters, digits and hyphens only, and none of and, or, not.");
        }

        return [.. tags.Select(tag => tag.Text)];
    }
}
