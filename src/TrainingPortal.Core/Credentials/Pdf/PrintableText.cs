using System.Globalization;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>Brings a text into the form that is printed, and refuses scripts that would come out wrong.</summary>
internal static class PrintableText
{
    // Letters that stand side by side from left to right, each drawn alone. Other scripts join, stack, reorder or run
    // from the right, and would be printed wrong though the font has their letters.
    private static readonly (int First, int Last)[] s_plainScripts =
    [
        (0x0020, 0x007E), (0x00A1, 0x058F), (0x10A0, 0x10FF), (0x13A0, 0x13FF), (0x1C80, 0x1CBF), (0x1D00, 0x1FFF),
        (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x2BFF), (0x2C60, 0x2C7F), (0x2D00, 0x2D2F), (0x2E80, 0x9FFF),
        (0xA640, 0xA69F), (0xA720, 0xA7FF), (0xAB30, 0xABBF), (0xAC00, 0xD7A3), (0xE000, 0xFB06), (0xFF00, 0xFFEF),
        (0x1D400, 0x1D7FF), (0x20000, 0x3FFFF),
    ];

    /// <returns>The text composed (NFC), with every run of white space as one space.</returns>
    /// <exception cref="CertificateNotPrintableException">A letter belongs to a script that cannot be printed.</exception>
    public static string Prepare(string text)
    {
        var prepared = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(letter))
            {
                if (prepared.Length > 0 && prepared[^1] != ' ')
                    prepared.Append(' ');
                continue;
            }

            if (!StandsAlone(letter))
                throw CertificateNotPrintableException.ForScript(letter.ToString());
            prepared.Append(letter.ToString());
        }

        return prepared.ToString().TrimEnd();
    }

    private static bool StandsAlone(Rune letter)
    {
        // A mark that is still loose after composing needs placing over its letter, which is the font's business.
        var isLooseMark = Rune.GetUnicodeCategory(letter)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
        return !isLooseMark && s_plainScripts.Any(script => script.First <= letter.Value && letter.Value <= script.Last);
    }
}
