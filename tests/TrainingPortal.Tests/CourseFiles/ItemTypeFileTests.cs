using TrainingPortal.Assessments.Interactions;
using TrainingPortal.CourseFiles;
using TrainingPortal.Protocols;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

/// <summary>Items of every type as course files write them.</summary>
public sealed class ItemTypeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("item-types-").FullName;

    private string Questions => Path.Combine(folder, "every-type", "questions", "types.yaml");

    public ItemTypeFileTests()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFolder.ItemTypes, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(RepositoryFolder.ItemTypes, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_readme_has_an_example_of_every_type_and_each_is_read_without_a_fault()
    {
        var examples = Examples();
        File.AppendAllText(Questions, string.Concat(examples));

        var read = CourseFolder.Read(folder);

        Assert.Empty(read.Faults);
        var kinds = read.Content!.Courses.Single().Items.TakeLast(examples.Count).Select(item => item.Interaction.Kind);
        Assert.Equal(Enum.GetValues<InteractionKind>().Except([InteractionKind.Choice]), kinds);
    }

    [Fact]
    public void A_supervisor_on_file_opens_what_the_law_gives_under_supervision()
    {
        var with = Depths("depths");
        Assert.Equal([(250, 500), (500, 1000), (250, 500)], with.Take(3).Select(zone => (zone.Range!.Value.From, zone.Range.Value.To)));
        Assert.All(with.Take(3), zone => Assert.Equal(new DepthLimit(1500, true), zone.Safe));
        Assert.Null(with[3].Range);

        File.WriteAllText(Questions, File.ReadAllText(Questions).Replace("supervisor: true", "supervisor: false", StringComparison.Ordinal).Replace("zones: [cheek, eyelid]\n      decide: treat", "zones: [cheek, eyelid]\n      decide: refer", StringComparison.Ordinal));
        Assert.All(Depths("depths"), zone => Assert.Null(zone.Range));
    }

    private IReadOnlyList<DepthZone> Depths(string code)
    {
        var read = CourseFolder.Read(folder);
        Assert.Empty(read.Faults);
        return ((DepthMapInteraction)read.Content!.Courses.Single().Items.Single(item => item.Code.Text == code).Interaction).Zones;
    }

    private static List<string> Examples()
    {
        var readme = File.ReadAllText(RepositoryFolder.Path("courses", "README.md")).ReplaceLineEndings("\n");
        var section = readme.Split("\n## ").Single(part => part.StartsWith("Types of items\n", StringComparison.Ordinal));
        return [.. section.Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
    }
}
