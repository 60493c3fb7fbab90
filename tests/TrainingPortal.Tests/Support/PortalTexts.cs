using System.Collections;
using System.Globalization;
using System.Resources;

namespace TrainingPortal.Tests.Support;

/// <summary>The portal's own texts, as they were built into it.</summary>
internal static class PortalTexts
{
    public static IReadOnlyList<string> Languages { get; } = ["en", "es"];

    /// <summary>The text of a key, as a page shows it.</summary>
    public static string Of<TTexts>(string key, string language = "en") => All(typeof(TTexts), language)[key];

    /// <summary>Every text of a language; none of another language stands in for a missing one.</summary>
    public static IReadOnlyDictionary<string, string> All(Type texts, string language)
    {
        // English is the neutral language, whose texts lie in the program itself.
        var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var resources = new ResourceManager(texts).GetResourceSet(culture, createIfNotExists: true, tryParents: false)
            ?? throw new MissingManifestResourceException($"{texts.Name} has no texts in {language}.");
        return resources.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }
}
