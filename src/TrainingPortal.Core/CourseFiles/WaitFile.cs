using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary><c>protocols/wait-times.yaml</c>.</summary>
internal static class WaitFile
{
    public const string FilePath = FolderLayout.Protocols + "/wait-times.yaml";

    private const int MostCount = 1000;

    private static readonly (string Word, Clearance Value)[] Words =
    [
        ("prescriber-ok", Clearance.PrescriberOk),
        ("injector-ok", Clearance.InjectorOk),
        ("surgeon-ok", Clearance.SurgeonOk),
        ("clearance", Clearance.Clearance),
        ("fully-resolved", Clearance.FullyResolved),
        ("prophylaxis-plan", Clearance.ProphylaxisPlan),
        ("refer", Clearance.Refer),
    ];

    public static List<WaitTime> Read(ProtocolRows rows)
    {
        var events = new List<PlacedText>();
        var waits = rows.Read(FilePath, "waits", ReadWait);
        Repeated.Name(events, StringComparer.Ordinal, rows.Faults, "The event");
        return waits;

        WaitTime ReadWait(YamlFields fields)
        {
            var code = fields.Name("event", TextLimits.ZoneCode);
            events.Add(code);
            var shorter = fields.OptionalMap("shorter");
            var shorterWith = shorter?.Choice("with", Words);
            var shorterSpan = shorter is null ? (WaitSpan?)null : ReadSpan(shorter, least: 0);
            shorter?.End();
            var after = fields.OptionalMap("after");
            var afterSpan = after is null ? (WaitSpan?)null : ReadSpan(after, least: 1);
            after?.End();
            return new WaitTime(
                code.Text,
                fields.Text("name", TextLimits.ZoneName),
                ReadSpan(fields, least: 1),
                shorterWith,
                shorterSpan,
                afterSpan,
                Clearances(fields, "also", rows.Faults),
                fields.OptionalText("never-while", TextLimits.ZoneName)?.Text,
                fields.OptionalText("seen", TextLimits.Summary)?.Text,
                rows.Origin(fields));
        }
    }

    /// <summary>A list of conditions; empty where the key is not given.</summary>
    public static List<Clearance> Clearances(YamlFields fields, string key, FaultList faults)
    {
        var read = new List<Clearance>();
        foreach (var word in fields.OptionalTexts(key, TextLimits.ZoneCode))
        {
            if (Array.Find(Words, choice => choice.Word == word.Text) is { Word: not null } known)
            {
                read.Add(known.Value);
            }
            else
            {
                faults.Add(word.Place, $"'{word.Text}' is no condition; expected are {string.Join(", ", Words.Select(choice => choice.Word))}.");
            }
        }

        return read;
    }

    private static WaitSpan ReadSpan(YamlFields fields, int least) => new(
        fields.WholeNumber("count", least, MostCount),
        fields.Choice("unit", ("days", SpanUnit.Days), ("months", SpanUnit.Months)) ?? SpanUnit.Days);
}
