using Microsoft.Extensions.Localization;

namespace TrainingPortal.Web.Texts;

/// <summary>
/// One sentence for each reason to refuse an act (<c>RefusalTexts*.resx</c>, key <c>Enum_Case</c>), which says what to do.
/// A test holds the list complete in every language.
/// </summary>
public sealed class RefusalTexts;

public static class RefusalSentences
{
    public static string For<TRefusal>(this IStringLocalizer<RefusalTexts> texts, TRefusal refusal)
        where TRefusal : struct, Enum => texts[$"{typeof(TRefusal).Name}_{refusal}"];
}
