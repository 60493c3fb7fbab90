using System.Text.RegularExpressions;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Certifications;
using TrainingPortal.Cohorts;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Hosting;
using TrainingPortal.Web.Jobs;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>Every text that a page asks for is there in every language, says the same things, and is used.</summary>
public partial class TextTests
{
    // Keys that are put together, and what may stand in the braces. Other patterns need at least one text.
    private static readonly Dictionary<string, IReadOnlyList<string>> s_families = new()
    {
        ["Status_{}"] = Enum.GetNames<CertificateStatus>(),
        ["Reason_{}"] = [.. Enum.GetNames<RevocationReason>().Union(Enum.GetNames<SuspensionReason>()).Union(Enum.GetNames<ReinstatementReason>()).Union(Enum.GetNames<WithdrawalReason>())],
        ["Cause_{}"] = Enum.GetNames<CertificateCause>(),
        ["Decided_{}"] = Enum.GetNames<CertificateStatus>(),
        ["Verdict_{}"] = Enum.GetNames<CertificateStatus>(),
        ["Advice_{}"] = Enum.GetNames<CertificateStatus>(),
        ["What_{}"] = Enum.GetNames<CertificateStatus>(),
        ["Kind_{}"] = Enum.GetNames<QuizKind>(),
        ["Result_{}"] = Enum.GetNames<AttemptResult>(),
        ["Certainty_{}"] = Enum.GetNames<Certainty>(),
        ["Calibration_{}"] = Enum.GetNames<CalibrationVerdict>(),
        ["Judgement_{}"] = Enum.GetNames<DepthJudgement>(),
        ["Reach_{}"] = Enum.GetNames<NeedleReach>(),
        ["Use_{}"] = Enum.GetNames<ItemUse>(),
        ["Use_{}_Hint"] = Enum.GetNames<ItemUse>(),
        ["Level_{}"] = Enum.GetNames<CognitiveLevel>(),
        ["Level_{}_Hint"] = Enum.GetNames<CognitiveLevel>(),
        ["Rule_{}"] = Enum.GetNames<InteractionKind>(),
        ["Type_{}"] = Enum.GetNames<InteractionKind>(),
        ["WashOutDecision_{}"] = Enum.GetNames<WashOutDecision>(),
        ["ConsultationDecision_{}"] = Enum.GetNames<ConsultationDecision>(),
        ["Certainty_{}"] = Enum.GetNames<Certainty>(),
        ["NoPdf_{}"] = Enum.GetNames<NotPrintableReason>(),
        ["Mark_{}"] = Enum.GetNames<StepVerdict>(),
        ["Marking_{}"] = Enum.GetNames<PracticalResult>(),
        ["State_{}"] = Enum.GetNames<BoardState>(),
        ["Event_{}"] = Enum.GetNames<AttemptEventKind>(),
        ["FaceMapVerdict_{}"] = Enum.GetNames<FaceMapVerdict>(),
        ["Source_{}"] = ["primary", "secondary", "vendor", "trade"],
        ["Job_{}"] = [.. Schedule.All.Select(job => job.Name)],
        ["Origin_{}"] = Enum.GetNames<JobOrigin>(),
        ["Run_{}"] = Enum.GetNames<JobRunState>(),
        ["Mail_{}"] = Enum.GetNames<MailState>(),
        ["Why_{}"] = ["certificate-issued", "renewal-reminder", "confirm-address", "already-registered", "reset-password", "invitation"],
        ["OrganisationKind_{}"] = Enum.GetNames<OrganisationKind>(),
        ["Role_{}"] = Roles.All,
        ["Allows_{}"] = Roles.Given,
        ["Standing_{}"] = Enum.GetNames<Standing>(),
        ["Row_{}"] = Enum.GetNames<RowVerdict>(),
        ["Act_{}"] = [.. RecordedActs()],
        ["Problem{}Title"] = ["400", "404", "429", "500"],
        ["Problem{}Text"] = ["400", "404", "429", "500"],
    };

    // Where the page has another word for that one case.
    private static readonly HashSet<(string Texts, string Key)> s_neverAsked =
    [
        ("CertificateTexts", "Status_Active"),
        ("CohortTexts", "Row_Good"),
        ("TeachTexts", "Result_Passed"),
        ("TeachTexts", "Result_Practised"),
        ("VerifyTexts", "Advice_Active"),
    ];

    private static IReadOnlyList<Type> TextClasses { get; } =
        [.. typeof(CommonTexts).Assembly.GetTypes().Where(type => type.Name.EndsWith("Texts", StringComparison.Ordinal) && type is { IsClass: true, IsAbstract: false }).OrderBy(type => type.FullName)];

    public static TheoryData<string> TextClassNames => [.. TextClasses.Select(type => type.Name)];

    [Fact]
    public void The_languages_of_the_texts_are_those_of_the_portal() =>
        Assert.Equal(PortalTexts.Languages, Languages.All.Select(language => language.Name));

    [Theory]
    [MemberData(nameof(TextClassNames))]
    public void Every_text_is_in_every_language_with_the_same_places_to_fill_in(string name)
    {
        var texts = TextClasses.Single(type => type.Name == name);
        var english = PortalTexts.All(texts, "en");
        foreach (var other in PortalTexts.Languages.Select(language => PortalTexts.All(texts, language)))
        {
            Assert.Equal(english.Keys.Order(), other.Keys.Order());
            Assert.All(english.Keys, key =>
            {
                Assert.False(string.IsNullOrWhiteSpace(other[key]), $"{key} is empty.");
                Assert.True(Places(english[key]).SequenceEqual(Places(other[key])), $"{key}: \"{english[key]}\" and \"{other[key]}\" are filled in differently.");
            });
        }
    }

    [Theory]
    [MemberData(nameof(TextClassNames))]
    public void Every_text_that_is_asked_for_is_there_and_every_text_there_is_asked_for(string name)
    {
        if (name == nameof(RefusalTexts))
        {
            // Asked for by the refusal, not by a key (RefusalTextTests).
            return;
        }

        var keys = PortalTexts.All(TextClasses.Single(type => type.Name == name), "en").Keys.ToHashSet();
        var asked = Asked(name).ToList();
        var used = new HashSet<string>();
        foreach (var (file, key) in asked.Where(row => !row.Key.Contains("{}", StringComparison.Ordinal)))
        {
            Assert.True(keys.Contains(key), $"{Path.GetFileName(file)} asks {name} for \"{key}\".");
            used.Add(key);
        }

        foreach (var (file, pattern) in asked.Where(row => row.Key.Contains("{}", StringComparison.Ordinal)))
        {
            if (s_families.TryGetValue(pattern, out var family))
            {
                var wanted = family.Select(value => pattern.Replace("{}", value, StringComparison.Ordinal)).Where(key => !s_neverAsked.Contains((name, key))).ToList();
                Assert.True(wanted.TrueForAll(keys.Contains), $"{Path.GetFileName(file)} asks {name} for {string.Join(", ", wanted.Except(keys))}.");
                used.UnionWith(wanted);
                continue;
            }

            var matching = keys.Where(key => Regex.IsMatch(key, $"^{Regex.Escape(pattern).Replace(@"\{}", ".+", StringComparison.Ordinal)}$")).ToList();
            Assert.True(matching.Count > 0, $"{Path.GetFileName(file)} asks {name} for {pattern}.");
            used.UnionWith(matching);
        }

        // A key may also be chosen first and asked for later: it then stands as a word of its own in the area's source.
        var words = Files(name).SelectMany(file => SourceFiles.Matches(file, "\"([A-Za-z][A-Za-z0-9_]*)\"")).ToHashSet();
        Assert.Empty(keys.Where(key => !used.Contains(key) && !words.Contains(key)).Order());
    }

    [Fact]
    public void No_word_stands_in_the_markup_itself()
    {
        var literal = SourceFiles.Razor()
            .SelectMany(file => Markup().Matches(WithoutCode(File.ReadAllText(file))).Select(match => $"{Path.GetFileName(file)}: {match.Value.Trim()}"))
            .ToList();

        Assert.Empty(literal);
    }

    // What the school writes in its audit, as the audit's page looks for it.
    private static IEnumerable<string> RecordedActs() => new[] { "src/TrainingPortal.Core", "src/TrainingPortal" }
        .SelectMany(folder => SourceFiles.Under(folder, "*.cs"))
        .SelectMany(file => SourceFiles.Matches(file, "new AuditEntry\\([^\";]*\"([^\"]+)\""))
        .SelectMany(act => act.Contains("{role}", StringComparison.Ordinal) ? Roles.All.Select(role => act.Replace("{role}", role, StringComparison.Ordinal)) : [act])
        .Select(act => act.Replace(' ', '_'))
        .Distinct();

    private static IEnumerable<int> Places(string text) => Place().Matches(text).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order();

    // Files that have these texts at hand, by their own word or by that of their folder.
    private static IEnumerable<string> Files(string name) => Handles(name).Select(row => row.File);

    private static IEnumerable<(string File, string Handle)> Handles(string name)
    {
        var source = new[] { "*.razor", "*.cs" }.SelectMany(pattern => SourceFiles.Under("src/TrainingPortal", pattern)).ToList();
        var folders = source
            .Where(file => Path.GetFileName(file) == "_Imports.razor")
            .SelectMany(file => Injected(file, name).Select(handle => (Folder: Path.GetDirectoryName(file)! + "/", Handle: handle)))
            .ToList();
        return source.SelectMany(file => Injected(file, name)
            .Concat(folders.Where(row => file.EndsWith(".razor", StringComparison.Ordinal) && file.StartsWith(row.Folder, StringComparison.Ordinal)).Select(row => row.Handle))
            .Distinct()
            .Select(handle => (file, handle)));
    }

    private static IEnumerable<string> Injected(string file, string name) =>
        SourceFiles.Matches(file, $@"IStringLocalizer<{name}>\s+(\w+)");

    private static IEnumerable<(string File, string Key)> Asked(string name) => Handles(name).SelectMany(row =>
        Regex.Matches(File.ReadAllText(row.File), $@"(?<![\w.\]""]){row.Handle}\[").SelectMany(match => Keys(Inside(File.ReadAllText(row.File), match.Index + match.Length))).Select(key => (row.File, key)));

    // From behind the opening bracket to its own closing one or to the comma after the key.
    private static string Inside(string text, int from)
    {
        var depth = 0;
        var quoted = false;
        for (var at = from; at < text.Length; at++)
        {
            quoted ^= text[at] == '"';
            depth += quoted ? 0 : text[at] switch { '[' or '(' => 1, ')' => -1, ']' when depth > 0 => -1, _ => 0 };
            if (!quoted && depth == 0 && text[at] is ']' or ',')
            {
                return text[from..at];
            }
        }

        return text[from..];
    }

    // The literals that may be the key: both arms of a choice, but not what the choice compares with.
    private static IEnumerable<string> Keys(string expression)
    {
        var chosen = expression.Contains('?', StringComparison.Ordinal) && !expression.Contains("??", StringComparison.Ordinal) ? expression[(expression.IndexOf('?', StringComparison.Ordinal) + 1)..] : expression;
        return Literal().Matches(chosen).Select(match => Hole().Replace(match.Groups[1].Value, "{}"));
    }

    private static string WithoutCode(string razor)
    {
        razor = Regex.Replace(razor, @"@\*.*?\*@", "", RegexOptions.Singleline);
        var code = razor.IndexOf("@code", StringComparison.Ordinal);
        return code < 0 ? razor : razor[..code];
    }

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex("\"((?:[^\"\\\\{]|\\{[^}]*\\})*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    // Two words in a row between two tags, with no expression among them.
    [GeneratedRegex(@"(?<=</?[a-zA-Z][^<>@{}=]*>)\s*[A-Za-z]{2,} [A-Za-z]{2,}[^<@{}();]*(?=<)")]
    private static partial Regex Markup();
}
