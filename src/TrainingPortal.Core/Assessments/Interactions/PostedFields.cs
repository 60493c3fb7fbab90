using System.Globalization;

namespace TrainingPortal.Assessments.Interactions;

/// <summary>What a page posts for a response: the fields that its form would send, one list for each post. The reverse of <see cref="Interaction.Read"/>.</summary>
public static class PostedFields
{
    /// <param name="order">The order in which the attempt shows the parts.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(Interaction interaction, IReadOnlyList<int> order, Response response)
    {
        var values = response.Values;
        return interaction switch
        {
            ChoiceInteraction => [[.. values.Select(index => Place(order, index))]],
            ZonesInteraction => [[.. values.Select(Text)]],
            TrueFalseInteraction => [[.. values[0] < 0 ? Array.Empty<string>() : [values[0] == 1 ? "true" : "false"], values[1] < 0 ? "" : "r" + Place(order, values[1])]],
            NumberInteraction number => [[Thousandths(values[0]), .. number.Units.Count > 1 ? [Text(values[1])] : Array.Empty<string>()]],
            OrderInteraction => [[.. order.Select(index => values.Contains(index) ? Text(values.ToList().IndexOf(index) + 1) : "")]],
            MatchInteraction => [[.. values.Select(index => index < 0 ? "" : Place(order, index))]],
            DepthMapInteraction => [[.. values.Select(depth => depth < 0 ? "" : Thousandths(depth))]],
            WashOutInteraction => [[WashOutWord((WashOutDecision)values[0]), values.Count > 1 ? Day(DateOnly.FromDayNumber(values[1])) : ""]],
            ConsultationInteraction consultation => Path(consultation.Path(response)),
            _ => throw new NotSupportedException(interaction.Kind.ToString()),
        };
    }

    private static List<IReadOnlyList<string>> Path(ConsultationPath path) =>
    [
        .. path.Asked.Select(step => new[] { $"ask:{step}" }),
        [
            .. path.Decision is { } decision ? [decision.ToString().ToLowerInvariant()] : Array.Empty<string>(),
            .. path.Depths.Select(depth => depth < 0 ? "" : Thousandths(depth)),
            path.Day is { } day ? Day(day) : "",
        ],
    ];

    private static string WashOutWord(WashOutDecision decision) => decision.ToString().ToLowerInvariant();

    private static string Place(IReadOnlyList<int> order, int index) => Text(order.Index().First(place => place.Item == index).Index);

    private static string Thousandths(int value) => (value / 1000m).ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
