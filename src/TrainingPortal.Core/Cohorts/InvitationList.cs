using System.Text;
using Microsoft.VisualBasic.FileIO;
using TrainingPortal.Accounts;

namespace TrainingPortal.Cohorts;

/// <summary>Why a list of people is not read at all.</summary>
public enum InvitationListRefusal
{
    /// <summary>Neither an address nor a file.</summary>
    Empty,

    /// <summary>More than <see cref="InvitationList.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>More than <see cref="InvitationList.MostRows"/>.</summary>
    TooManyRows,

    /// <summary>The file is in another encoding, or is no text.</summary>
    NotUtf8,

    /// <summary>No column is called <c>email</c>.</summary>
    NoEmailColumn,
}

/// <summary>What becomes of one row of a list.</summary>
public enum RowVerdict
{
    /// <summary>Is invited.</summary>
    Good,

    AddressMissing,
    AddressNotValid,
    NameTooLong,

    /// <summary>Control letters, or letters that turn the direction of the text.</summary>
    NameNotPlain,

    /// <summary>A cell begins with = + - or @, which a spreadsheet would calculate.</summary>
    FormulaLike,

    /// <summary>A quotation mark opens and does not close on its line, or text follows where it closes.</summary>
    QuotesNotClosed,

    /// <summary>The same address stands in an earlier row.</summary>
    Duplicate,

    AlreadyInCohort,

    /// <summary>An invitation to this cohort waits for an answer.</summary>
    AlreadyInvited,
}

/// <summary>A person on a list.</summary>
/// <param name="Line">From 1, as an editor counts lines.</param>
/// <param name="Name">None where only the address is known.</param>
public sealed record ListedPerson(int Line, string Email, string? Name, RowVerdict Verdict);

/// <summary>Reads who is to be invited, from a file or from what was typed. Nothing is looked up here.</summary>
public static class InvitationList
{
    /// <summary>People at most in one list.</summary>
    public const int MostRows = 500;

    /// <summary>Of a file or of what was typed: 200 kB.</summary>
    public const int MostBytes = 200_000;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] s_emailColumns = ["email", "e-mail", "mail", "correo", "correo electrónico"];
    private static readonly string[] s_nameColumns = ["name", "full name", "nombre", "nombre completo"];

    /// <summary>
    /// A CSV file in UTF-8, with or without byte order mark: commas, semicolons or tabs between the cells, a line a person, a
    /// head row with <c>email</c> and <c>name</c> in any order; other columns are left alone. Without a head row the first cell
    /// is the address and the second the name.
    /// </summary>
    public static Outcome<IReadOnlyList<ListedPerson>, InvitationListRefusal> OfFile(ReadOnlySpan<byte> file)
    {
        if (file.Length > MostBytes)
        {
            return InvitationListRefusal.TooLarge;
        }

        string text;
        try
        {
            text = s_strict.GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return InvitationListRefusal.NotUtf8;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return InvitationListRefusal.NotUtf8;
        }

        var lines = Lines(text);
        if (lines.Count == 0)
        {
            return InvitationListRefusal.Empty;
        }

        var delimiter = DelimiterOf(lines[0].Text);
        var head = Cells(lines[0].Text, delimiter) ?? [];
        var (email, name) = (Column(head, s_emailColumns), Column(head, s_nameColumns));
        if (email >= 0)
        {
            lines.RemoveAt(0);
        }
        else if (head is [var first, ..] && first.Contains('@', StringComparison.Ordinal))
        {
            (email, name) = (0, 1);
        }
        else
        {
            return InvitationListRefusal.NoEmailColumn;
        }

        return Bounded([.. lines.Select(line => Cells(line.Text, delimiter) is { } cells
            ? Judge(line.Number, cells.ElementAtOrDefault(email) ?? "", name < 0 ? null : cells.ElementAtOrDefault(name))
            : new ListedPerson(line.Number, line.Text.Length > PlainText.EmailLength ? line.Text[..PlainText.EmailLength] : line.Text, null, RowVerdict.QuotesNotClosed))]);
    }

    /// <summary>Addresses as a person types or pastes them: by line, comma or semicolon, each bare or as <c>Name &lt;address&gt;</c>.</summary>
    public static Outcome<IReadOnlyList<ListedPerson>, InvitationListRefusal> OfText(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            return InvitationListRefusal.TooLarge;
        }

        return Bounded(
        [
            .. Lines(text)
                .SelectMany(line => line.Text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(piece => (line.Number, Piece: piece)))
                .Take(MostRows + 1)
                .Select(row => row.Piece.IndexOf('<', StringComparison.Ordinal) is var at and >= 0 && row.Piece.EndsWith('>')
                    ? Judge(row.Number, row.Piece[(at + 1)..^1], row.Piece[..at].Trim().Trim('"'))
                    : Judge(row.Number, row.Piece, null)),
        ]);
    }

    /// <summary>The good rows as one text, for the form that confirms them; <see cref="OfCarried"/> reads and judges them again.</summary>
    public static string Carry(IEnumerable<ListedPerson> people) =>
        string.Join('\n', people.Select(person => $"{person.Email}\t{person.Name}"));

    public static Outcome<IReadOnlyList<ListedPerson>, InvitationListRefusal> OfCarried(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > 2 * MostBytes)
        {
            return InvitationListRefusal.TooLarge;
        }

        return Bounded([.. Lines(text).Take(MostRows + 1).Select(line => line.Text.Split('\t', 2)).Index().Select(row => Judge(row.Index + 1, row.Item[0], row.Item.ElementAtOrDefault(1)))]);
    }

    private static Outcome<IReadOnlyList<ListedPerson>, InvitationListRefusal> Bounded(IReadOnlyList<ListedPerson> people)
    {
        if (people.Count == 0)
        {
            return InvitationListRefusal.Empty;
        }

        if (people.Count > MostRows)
        {
            return InvitationListRefusal.TooManyRows;
        }

        var seen = new HashSet<string>();
        return people.Select(person => person.Verdict == RowVerdict.Good && !seen.Add(Invitation.Normalize(person.Email)) ? person with { Verdict = RowVerdict.Duplicate } : person).ToList();
    }

    private static ListedPerson Judge(int line, string email, string? name)
    {
        email = email.Trim();
        name = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        var verdict = email.Length == 0 ? RowVerdict.AddressMissing
            : PlainText.LooksLikeFormula(email) || (name is not null && PlainText.LooksLikeFormula(name)) ? RowVerdict.FormulaLike
            : !PlainText.IsAddress(email) ? RowVerdict.AddressNotValid
            : name is null ? RowVerdict.Good
            : name.Length > PortalUser.NameLength ? RowVerdict.NameTooLong
            : !PlainText.IsOneLine(name) ? RowVerdict.NameNotPlain
            : RowVerdict.Good;
        return new ListedPerson(line, email.Length > PlainText.EmailLength ? email[..PlainText.EmailLength] : email, name?.Length > PortalUser.NameLength ? name[..PortalUser.NameLength] : name, verdict);
    }

    private static List<(int Number, string Text)> Lines(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).Select(line => (line.Index + 1, line.Item))];

    // What there is most of outside quotation marks, in the first line.
    private static char DelimiterOf(string line)
    {
        var quoted = false;
        var counts = new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0 };
        foreach (var letter in line)
        {
            quoted ^= letter == '"';
            if (!quoted && counts.TryGetValue(letter, out var count))
            {
                counts[letter] = count + 1;
            }
        }

        return counts.MaxBy(row => row.Value).Key;
    }

    // Line by line, so that a quotation mark that is not closed spoils its own line and not those after it.
    private static string[]? Cells(string line, char delimiter)
    {
        using var parser = new TextFieldParser(new StringReader(line)) { HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
        parser.SetDelimiters(delimiter.ToString());
        try
        {
            return parser.ReadFields();
        }
        catch (MalformedLineException)
        {
            return null;
        }
    }

    private static int Column(IReadOnlyList<string> head, string[] names) =>
        head.Index().Where(cell => names.Contains(cell.Item.Trim().ToLowerInvariant())).Select(cell => cell.Index).FirstOrDefault(-1);
}
