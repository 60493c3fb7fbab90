using System.Net.Mail;

namespace TrainingPortal.Accounts;

/// <summary>What may be typed for an address or a name before it goes into a row, a mail or a table.</summary>
public static class PlainText
{
    /// <summary>Letters of an address at most, as the accounts' table has room for.</summary>
    public const int EmailLength = 256;

    /// <summary>True for an address that a mail can be made out to, and that is nothing else: no name, no angle brackets.</summary>
    public static bool IsAddress(string text) =>
        text.Length is > 0 and <= EmailLength
        && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
        && !LooksLikeFormula(text)
        && MailAddress.TryCreate(text, out var address)
        && address.Address.Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for what a spreadsheet would calculate instead of show; no name and no address begins so.</summary>
    public static bool LooksLikeFormula(string text) => text is ['=' or '+' or '-' or '@', ..];

    /// <summary>True for one line of letters, as a name is: no control letters, none that turn the direction of the text.</summary>
    public static bool IsOneLine(string text) => !text.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
