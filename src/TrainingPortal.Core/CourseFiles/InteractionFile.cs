using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Protocols;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>What an item asks for: exactly one of the keys below, each a type of item.</summary>
internal sealed class InteractionFile(ProtocolBook book, Func<PlacedText, string> filled, FaultList faults)
{
    private const int FewestOptions = 2;
    private const int MostUnits = 5;
    private const decimal GreatestNumber = 100_000;
    private const decimal LeastFactor = 0.0001m;

    private static readonly string[] Keys = ["options", "claim", "number", "steps", "pairs", "zones", "depth-map", "wash-out", "consultation"];

    /// <returns>One that earns nothing, and a fault, where it cannot be read.</returns>
    public Interaction Read(YamlFields item)
    {
        var given = Keys.Where(item.Has).ToList();
        if (given.Count > 1)
        {
            faults.Add(item.PlaceOf(given[1]), $"An item is of one type; '{given[0]}' is given already.");
        }

        return given.FirstOrDefault() switch
        {
            "claim" => TrueFalse(item),
            "number" => Number(item.Map("number")!),
            "steps" => Order(item),
            "pairs" => Match(item),
            "zones" => Zones(item),
            "depth-map" => DepthMap(item.Map("depth-map")!),
            "wash-out" => WashOut(item.Map("wash-out")!),
            "consultation" => Consultation(item.Map("consultation")!),
            _ => new ChoiceInteraction(Options(item, "options", several: true)),
        };
    }

    private TrueFalseInteraction TrueFalse(YamlFields item) => new(item.Flag("claim"), Options(item, "reasons", several: false));

    private List<ItemOption> Options(YamlFields item, string key, bool several)
    {
        var options = item.Maps(key);
        var read = new List<ItemOption>();
        var texts = new List<PlacedText>();
        foreach (var fields in options)
        {
            var text = fields.TextAt("text", TextLimits.None);
            texts.Add(text with { Text = filled(text) });
            read.Add(new ItemOption(texts[^1].Text, fields.OptionalFlag("correct"), Why(fields)));
            fields.End();
        }

        if (options.Count > 0)
        {
            var correct = read.Count(option => option.Correct);
            if (options.Count is < FewestOptions or > ChoiceInteraction.MostOptions)
            {
                faults.Add(item.PlaceOf(key), Invariant($"The item has {options.Count} {key}; {FewestOptions} to {ChoiceInteraction.MostOptions} are expected."));
            }
            else if (several ? correct == 0 || correct == options.Count : correct != 1)
            {
                faults.Add(item.PlaceOf(key), Invariant($"{correct} {key} are marked 'correct: true'; {(several ? "at least one is expected, and not all" : "exactly one is expected")}."));
            }
        }

        Repeated.Name(texts, StringComparer.OrdinalIgnoreCase, faults, "The option");
        return read;
    }

    private NumberInteraction Number(YamlFields fields)
    {
        var right = fields.Number("right", GreatestNumber, 3, mayBeZero: true);
        var tolerance = fields.Number("tolerance", GreatestNumber, 3, mayBeZero: true);
        var units = new List<NumberUnit>();
        foreach (var unit in fields.Maps("units"))
        {
            var factor = unit.Number("factor", GreatestNumber, 4);
            units.Add(new NumberUnit(unit.Text("unit", TextLimits.SourceCode), Math.Max(factor, LeastFactor)));
            unit.End();
        }

        if (units.Count > MostUnits || (units.Count > 0 && units[0].Factor != 1))
        {
            faults.Add(fields.PlaceOf("units"), Invariant($"Up to {MostUnits} units are expected, and the first has 'factor: 1'; 'right' and 'tolerance' are in it."));
        }

        var number = new NumberInteraction(right, tolerance, units, Why(fields));
        fields.End();
        return number;
    }

    private OrderInteraction Order(YamlFields item)
    {
        var texts = new List<PlacedText>();
        var steps = item.Maps("steps").Select(fields =>
        {
            var text = fields.TextAt("text", TextLimits.ItemObjective);
            texts.Add(text);
            var step = new OrderStep(filled(text), Why(fields));
            fields.End();
            return step;
        }).ToList();
        Repeated.Name(texts, StringComparer.OrdinalIgnoreCase, faults, "The step");
        Count(item, "steps", steps.Count, 3, OrderInteraction.MostSteps);
        return new OrderInteraction(steps);
    }

    private MatchInteraction Match(YamlFields item)
    {
        var (lefts, rights) = (new List<PlacedText>(), new List<PlacedText>());
        var pairs = item.Maps("pairs").Select(fields =>
        {
            lefts.Add(fields.TextAt("left", TextLimits.ItemObjective));
            rights.Add(fields.TextAt("right", TextLimits.ItemObjective));
            var pair = new MatchPair(filled(lefts[^1]), filled(rights[^1]), Why(fields));
            fields.End();
            return pair;
        }).ToList();
        var spare = item.OptionalTexts("spare", TextLimits.ItemObjective);
        Repeated.Name(lefts, StringComparer.OrdinalIgnoreCase, faults, "The left side");
        Repeated.Name(rights.Concat(spare), StringComparer.OrdinalIgnoreCase, faults, "The right side");
        Count(item, "pairs", pairs.Count, 2, MatchInteraction.MostPairs);
        return new MatchInteraction(pairs, [.. spare.Select(filled)]);
    }

    private ZonesInteraction Zones(YamlFields item)
    {
        var codes = new List<PlacedText>();
        var zones = item.Maps("zones").Select(fields =>
        {
            var code = fields.TextAt("zone", TextLimits.ZoneCode);
            codes.Add(code);
            var zone = new ZoneOption(code.Text, ZoneName(code), fields.OptionalFlag("correct"), Why(fields));
            fields.End();
            return zone;
        }).ToList();
        Repeated.Name(codes, StringComparer.Ordinal, faults, "The zone");
        Count(item, "zones", zones.Count, 3, book.Zones.Count);
        if (zones.Count > 0 && zones.Count(zone => zone.Correct) is var correct && (correct == 0 || correct == zones.Count))
        {
            faults.Add(item.PlaceOf("zones"), Invariant($"{correct} zones are marked 'correct: true'; at least one is expected, and not all."));
        }

        return new ZonesInteraction(zones);
    }

    private DepthMapInteraction DepthMap(YamlFields fields)
    {
        var (chart, zones) = new DepthZones(book, faults).Read(fields);
        fields.End();
        return new DepthMapInteraction(chart, zones);
    }

    private WashOutInteraction WashOut(YamlFields fields)
    {
        var on = fields.Day("on");
        var lines = new List<string>();
        var events = new List<ClientEvent>();
        foreach (var row in fields.Maps("history"))
        {
            lines.Add(filled(row.TextAt("tells", TextLimits.ItemObjective)));
            var name = row.OptionalText("event", TextLimits.ZoneCode);
            if (name is not null)
            {
                if (book.Waits.All(wait => wait.Event != name.Text))
                {
                    faults.Add(name.Place, $"There is no wait for '{name.Text}'; there are {string.Join(", ", book.Waits.Select(wait => wait.Event))}.");
                }

                events.Add(new ClientEvent(name.Text, row.OptionalDay("day"), [.. WaitFile.Clearances(row, "held", faults)]));
            }

            row.End();
        }

        var why = Why(fields);
        fields.End();
        var answer = WashOutRule.Decide(book, events, on);
        var (right, earliest) = answer switch
        {
            { Kind: WashOutKind.NoDay } or { StillNeeded.Count: > 0 } => (WashOutDecision.Refer, (DateOnly?)null),
            { Kind: WashOutKind.Later } => (WashOutDecision.From, answer.Earliest),
            _ => (WashOutDecision.Now, null),
        };
        return new WashOutInteraction(on, lines, right, earliest, why);
    }

    private ConsultationInteraction Consultation(YamlFields fields)
    {
        var client = filled(fields.TextAt("client", TextLimits.ItemStem));
        var on = fields.Day("on");
        var budget = fields.WholeNumber("budget", 1, ConsultationInteraction.MostSteps);
        var steps = fields.Maps("steps").Select(step =>
        {
            var asked = new ConsultationStep(
                filled(step.TextAt("ask", TextLimits.ItemObjective)),
                filled(step.TextAt("answer", TextLimits.Summary)),
                step.OptionalFlag("check"),
                step.OptionalFlag("deciding"),
                Why(step));
            step.End();
            return asked;
        }).ToList();
        var treat = fields.Map("treat");
        var zones = treat is null ? [] : new DepthZones(book, faults).Read(treat).Zones;
        treat?.End();
        var decide = fields.Choice("decide", ("treat", ConsultationDecision.Treat), ("defer", ConsultationDecision.Defer), ("refer", ConsultationDecision.Refer));
        var until = fields.OptionalDay("until");
        var why = Why(fields);
        fields.End();
        Count(fields, "steps", steps.Count, 2, ConsultationInteraction.MostSteps);
        if (steps.Count > 0 && steps.Count(step => step.Deciding) is var deciding && (deciding == 0 || deciding > budget))
        {
            faults.Add(fields.PlaceOf("steps"), Invariant($"{deciding} steps are marked 'deciding: true'; at least one is expected, and no more than the budget of {budget}."));
        }

        if (decide is not null && (decide == ConsultationDecision.Defer) != (until is not null))
        {
            faults.Add(fields.PlaceOf("decide"), "'until' names the day with 'decide: defer', and only then.");
        }

        if (decide == ConsultationDecision.Treat && zones.Count > 0 && zones.All(zone => zone.Range is null))
        {
            faults.Add(fields.PlaceOf("treat"), "The right decision is to treat, and none of the zones may be treated.");
        }

        return new ConsultationInteraction(client, on, budget, steps, zones, decide ?? ConsultationDecision.Refer, until, why);
    }

    private string Why(YamlFields fields) => filled(fields.TextAt("why", TextLimits.None));

    private string ZoneName(PlacedText code)
    {
        if (book.Zones.FirstOrDefault(zone => zone.Code == code.Text) is { } zone)
        {
            return zone.Name;
        }

        if (code.Text.Length > 0)
        {
            faults.Add(code.Place, $"There is no zone '{code.Text}'; there are {string.Join(", ", book.Zones.Select(known => known.Code))}.");
        }

        return code.Text;
    }

    private void Count(YamlFields fields, string key, int count, int least, int most)
    {
        if (count > 0 && (count < least || count > most))
        {
            faults.Add(fields.PlaceOf(key), Invariant($"There are {count} {key}; {least} to {most} are expected."));
        }
    }
}
