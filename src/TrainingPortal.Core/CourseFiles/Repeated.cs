namespace TrainingPortal.CourseFiles;

/// <summary>Names that may stand only once.</summary>
internal static class Repeated
{
    /// <summary>A fault for every text after the first that is the same; empty texts are faults already.</summary>
    /// <param name="texts">In the order of the files.</param>
    /// <param name="comparer">What counts as the same.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="what">Starts the sentence: <c>The item code</c>.</param>
    public static void Name(IEnumerable<PlacedText> texts, StringComparer comparer, FaultList faults, string what)
    {
        var first = new Dictionary<string, FilePlace>(comparer);
        foreach (var text in texts.Where(text => text.Text.Length > 0))
        {
            if (!first.TryAdd(text.Text, text.Place))
            {
                faults.Add(text.Place, $"{what} '{text.Text}' is taken already, at {first[text.Text]}.");
            }
        }
    }
}
