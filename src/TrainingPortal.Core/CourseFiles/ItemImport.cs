using TrainingPortal.Assessments;
using TrainingPortal.Courses;
using TrainingPortal.Persistence;

namespace TrainingPortal.CourseFiles;

/// <summary>Brings the items of course files into the bank. What an item says is never overwritten: it gets a new version.</summary>
internal sealed class ItemImport(PortalDbContext database, StoredContent stored, DateTime now)
{
    public int Added { get; private set; }

    public int VersionsAdded { get; private set; }

    public int Retired { get; private set; }

    /// <param name="course">The course, tracked.</param>
    /// <param name="entries">All its items in the files; those of the bank that are not among them retire.</param>
    public void Write(Course course, IReadOnlyList<ItemEntry> entries)
    {
        var rows = stored.Items[course.Id].Where(item => item.Origin == ItemOrigin.CourseFiles).ToDictionary(item => item.Code, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (rows.Remove(entry.Code.Text, out var item))
            {
                Update(course, item, entry);
            }
            else
            {
                Add(course, entry);
            }
        }

        foreach (var gone in rows.Values.Where(item => !item.Retired))
        {
            gone.Retired = true;
            gone.Revision++;
            course.BankStamp = Guid.NewGuid();
            Retired++;
        }
    }

    private void Add(Course course, ItemEntry entry)
    {
        var item = new Item
        {
            Id = Guid.CreateVersion7(now),
            CourseId = course.Id,
            Code = entry.Code.Text,
            Domain = entry.Domain,
            Use = entry.Use,
            ModuleFolder = entry.Module?.Text,
            Origin = ItemOrigin.CourseFiles,
            CurrentVersion = 1,
        };
        database.Add(item);
        database.Add(Version(item, entry));
        course.BankStamp = Guid.NewGuid();
        Added++;
    }

    private void Update(Course course, Item item, ItemEntry entry)
    {
        var current = item.Versions.Single(version => version.Number == item.CurrentVersion);
        var saysTheSame = SaysTheSame(current, entry);
        if (saysTheSame && item.Use == entry.Use && item.ModuleFolder == entry.Module?.Text && item.Domain == entry.Domain && !item.Retired)
        {
            return;
        }

        item.Use = entry.Use;
        item.ModuleFolder = entry.Module?.Text;
        item.Retired = false;
        item.Revision++;
        course.BankStamp = Guid.NewGuid();

        // A domain that is renamed keeps its items; attempts carry the domain as it was.
        database.Entry(item).Property(row => row.Domain).CurrentValue = entry.Domain;
        if (!saysTheSame)
        {
            item.CurrentVersion++;
            database.Add(Version(item, entry));
            VersionsAdded++;
        }
    }

    private ItemVersion Version(Item item, ItemEntry entry) => new()
    {
        Id = Guid.CreateVersion7(now),
        ItemId = item.Id,
        Number = item.CurrentVersion,
        Level = entry.Level,
        Critical = entry.Critical,
        Objective = entry.Objective,
        Stem = entry.Stem,
        Interaction = entry.Interaction,
        Sources = Codes(entry),
        Jurisdiction = entry.Jurisdiction,
        Tags = entry.Tags,
        Twin = entry.Twin?.Text,
        Lesson = entry.Lesson?.Text,
        CreatedAt = now,
    };

    private static bool SaysTheSame(ItemVersion version, ItemEntry entry) =>
        version.Level == entry.Level
        && version.Critical == entry.Critical
        && version.Objective == entry.Objective
        && version.Stem == entry.Stem
        && version.Jurisdiction == entry.Jurisdiction
        && version.Interaction.Equals(entry.Interaction)
        && version.Tags.SequenceEqual(entry.Tags)
        && version.Twin == entry.Twin?.Text
        && version.Lesson == entry.Lesson?.Text
        && version.Sources.SequenceEqual(Codes(entry));

    private static List<string> Codes(ItemEntry entry) => [.. entry.Sources.Select(code => code.Text)];
}
