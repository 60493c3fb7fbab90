using TrainingPortal.Courses;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary><c>cases/&lt;name&gt;.yaml</c>: a consultation case.</summary>
internal static class CaseFile
{
    private const int MostQuestions = 30;

    /// <summary>Null, and a fault, where the file cannot be read as YAML.</summary>
    public static CaseEntry? Read(CourseFileSet files, string path, ProtocolReferences references, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text || YamlTree.Read(text, path, faults) is not { } file)
        {
            return null;
        }

        var codes = new List<PlacedText>();
        var place = file.TextAt("place", TextLimits.Jurisdiction);
        PlaceCodes.NameFault(place, faults);
        var title = Filled(file, "title", TextLimits.Title);
        var client = Filled(file, "client", TextLimits.ItemStem);
        var budget = file.WholeNumber("budget", 1, MostQuestions);
        var questions = file.Maps("questions").Select(ReadQuestion).ToList();
        var decisions = file.Maps("decisions").Select(ReadDecision).ToList();
        var sources = SourceCodes.Read(file, faults);
        file.End();
        Repeated.Name(codes, StringComparer.Ordinal, faults, "In this case the code");
        if (questions.Count > 0 && questions.Count(question => question.Deciding) is var deciding && (deciding == 0 || deciding > budget))
        {
            faults.Add(file.PlaceOf("questions"), Invariant($"{deciding} questions are marked 'deciding: true'; at least one is expected, and no more than the budget of {budget}."));
        }

        if (decisions.Count > 0 && decisions.Count(decision => decision.Correct) is var correct and not 1)
        {
            faults.Add(file.PlaceOf("decisions"), Invariant($"{correct} decisions are marked 'correct: true'; exactly one is expected."));
        }

        var name = Path.GetFileNameWithoutExtension(path);
        return new CaseEntry(
            new PlacedText(name, new FilePlace(path, 1)),
            new ConsultationCase(title, place.Text, client, budget, questions, decisions, [.. sources.Select(source => source.Text)]),
            sources);

        CaseQuestion ReadQuestion(YamlFields fields)
        {
            var question = new CaseQuestion(
                Code(fields),
                Filled(fields, "ask", TextLimits.ItemObjective),
                Filled(fields, "answer", TextLimits.Summary),
                fields.OptionalFlag("deciding"),
                Filled(fields, "why", TextLimits.Summary));
            fields.End();
            return question;
        }

        CaseDecision ReadDecision(YamlFields fields)
        {
            var decision = new CaseDecision(
                Code(fields), Filled(fields, "text", TextLimits.ItemObjective), fields.OptionalFlag("correct"), Filled(fields, "why", TextLimits.Summary));
            fields.End();
            return decision;
        }

        string Code(YamlFields fields)
        {
            var code = fields.Name("code", TextLimits.Name);
            codes.Add(code);
            return code.Text;
        }

        string Filled(YamlFields fields, string key, int longest) =>
            ProtocolReferences.Plain(references.Fill(fields.TextAt(key, longest), faults).Text);
    }
}
