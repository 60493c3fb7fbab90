using System.Text.RegularExpressions;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// Items that say nearly the same: of the three-word runs in stem and options together, the share that both have (Jaccard
/// index). Numbers count as words, so that two cases with other dates are two cases.
/// </summary>
internal static partial class NearDuplicates
{
    public const double Alike = 0.6;

    public static IEnumerable<(ItemEntry Item, ItemEntry First)> In(IReadOnlyList<ItemEntry> items)
    {
        var runs = items.Select(Runs).ToList();
        var holders = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var (index, own) in runs.Index())
        {
            // Only items that share a run can be alike.
            var shared = own.Where(holders.ContainsKey).SelectMany(run => holders[run]).CountBy(other => other);
            foreach (var (other, count) in shared.OrderBy(pair => pair.Key))
            {
                if (count >= Alike * (own.Count + runs[other].Count - count))
                {
                    yield return (items[index], items[other]);
                    break;
                }
            }

            foreach (var run in own)
            {
                if (!holders.TryGetValue(run, out var list))
                {
                    holders[run] = list = [];
                }

                list.Add(index);
            }
        }
    }

    private static HashSet<string> Runs(ItemEntry item)
    {
        var words = WordPattern()
            .Matches(string.Join(' ', item.Interaction.Texts.Order(StringComparer.Ordinal).Prepend(item.Stem)).ToLowerInvariant())
            .Select(word => word.Value)
            .ToList();
        return [.. Enumerable.Range(0, Math.Max(0, words.Count - 2)).Select(at => string.Join(' ', words[at], words[at + 1], words[at + 2]))];
    }

    [GeneratedRegex(@"[\p{L}\p{N}.]+", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
