using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>The printed certificate, judged by programs that others wrote.</summary>
public sealed partial class CertificatePdfTests : IDisposable
{
    private const string Serial = "7K4M-Q2XT-9H3W-Z6BD-X";
    private const string CheckUrl = "https://portal.example.org/verify/" + Serial;
    private const string LongName =
        "Maria Alexandrina Fernanda de la Concepción Villanueva-Echeverría y Montenegro von Hohenstaufen-Sigmar";

    private static readonly CertificatePdfWords s_english = new(
        Language: "en",
        Heading: "Certificate of Competence",
        BeforeName: "This certifies that",
        BeforeCertification: "has shown competence in",
        CoversLabel: "Covers",
        ScopeSentence: "A competence certificate, not a licence.",
        IssuedLabel: "Issued",
        ValidUntilLabel: "Valid until",
        SerialLabel: "Serial number",
        CheckLabel: "Check this certificate at",
        QrDescription: "QR code that opens the check page of this certificate",
        ConvenienceSentence: "This is a convenience copy; the check page is the authority.",
        CredentialDescription: "The signed credential",
        SignatureDescription: "Signature of the issuer over the whole document");

    private static readonly CertificatePdfContent s_certificate = new(
        Words: s_english,
        Issuer: "Lumen Academy of Skin Therapy",
        HolderName: "Amara Okafor",
        Certification: "Microneedling for Estheticians",
        Level: "Level 2 · Practitioner",
        Covers: ["Face and neck to 1.0 mm", "Décolleté to 0.5 mm"],
        IssuedDate: "22 November 2025",
        ValidUntilDate: "21 November 2027",
        Serial: Serial,
        CheckUrl: CheckUrl,
        DocumentId: "urn:uuid:0197a5f2-7c11-7d3c-9b1e-5a1f0f5f7a10",
        CreatedAt: new DateTime(2025, 11, 22, 14, 0, 0, DateTimeKind.Utc));

    private static readonly CertificatePdfContent s_spanish = s_certificate with
    {
        Words = s_english with
        {
            Language = "es",
            Heading = "Certificado de competencia",
            BeforeName = "Se certifica que",
            BeforeCertification = "ha demostrado competencia en",
            CoversLabel = "Abarca",
            ScopeSentence = "Certificado de competencia, no una licencia. ¿Dudas? ¡Compruébelo!",
            IssuedLabel = "Expedido el",
            ValidUntilLabel = "Válido hasta el",
            SerialLabel = "Número de serie",
            CheckLabel = "Compruebe este certificado en",
            QrDescription = "Código QR que abre la página de comprobación",
            ConvenienceSentence = "Esta es una copia de cortesía; la página de comprobación es la autoridad.",
            CredentialDescription = "La credencial firmada",
            SignatureDescription = "Firma del emisor sobre todo el documento",
        },
        HolderName = "María José Núñez Ibáñez",
        Certification = "Microagujas para esteticistas",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificate-pdf-");

    public static TheoryData<string, string> Names => new()
    {
        { "en", "Bo Li" },
        { "en", "Zoë Nguyễn-Łukasiewicz" },
        { "en", "Ольга Đorđević Ñandú" },
        { "en", LongName },
        { "es", "María José Núñez Ibáñez" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_is_sound(string language, string name)
    {
        SkipWithout("qpdf");

        var check = ExternalProgram.Run("qpdf", "--check", Save(For(language, name)));

        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public void The_judge_of_soundness_can_fail()
    {
        SkipWithout("qpdf");
        var sound = CertificatePdf.Render(s_certificate);
        byte[] oneByteLess = [.. sound[..(sound.Length / 2)], .. sound[(sound.Length / 2 + 1)..]];
        var truncated = sound[..(sound.Length / 2)];

        Assert.NotEqual(0, ExternalProgram.Run("qpdf", "--check", Save(oneByteLess)).ExitCode);
        Assert.NotEqual(0, ExternalProgram.Run("qpdf", "--check", Save(truncated)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_can_be_read_out(string language, string name)
    {
        SkipWithout("pdftotext");
        var certificate = For(language, name);

        var text = WhiteSpace().Replace(ExternalProgram.Run("pdftotext", "-enc", "UTF-8", Save(certificate), "-").Output, " ");

        Assert.Contains(name, text, StringComparison.Ordinal);
        Assert.Contains(certificate.Words.Heading, text, StringComparison.Ordinal);
        Assert.Contains(certificate.Certification, text, StringComparison.Ordinal);
        Assert.Contains(certificate.Level, text, StringComparison.Ordinal);
        Assert.All(certificate.Covers, line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.Contains(certificate.IssuedDate, text, StringComparison.Ordinal);
        Assert.Contains(certificate.ValidUntilDate, text, StringComparison.Ordinal);
        Assert.Contains(certificate.Serial, text, StringComparison.Ordinal);
        Assert.Contains(certificate.CheckUrl, text, StringComparison.Ordinal);
        Assert.Contains(certificate.Words.ScopeSentence, text, StringComparison.Ordinal);
        Assert.Contains(certificate.Words.ConvenienceSentence, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_QR_code_leads_to_the_check_page(string language, string name)
    {
        SkipWithout("pdftoppm", "zbarimg");
        var picture = Path.Combine(_folder.FullName, "page");

        ExternalProgram.Run("pdftoppm", "-r", "150", "-png", "-singlefile", Save(For(language, name)), picture);
        var read = ExternalProgram.Run("zbarimg", "--raw", "-q", picture + ".png");

        Assert.Equal(CheckUrl, read.Output.TrimEnd('\n', '\r'));
    }

    [Fact]
    public void Accents_are_drawn_and_not_only_named()
    {
        SkipWithout("pdftoppm");

        // Most fonts build Ä from A and dots; a subset that loses the parts reads well and shows nothing.
        Assert.True(Ink(For("en", "ÄÖÜÄÖÜ")) > Ink(For("en", "AOUAOU")));
    }

    [Fact]
    public void Every_font_is_inside_and_holds_only_what_is_used()
    {
        SkipWithout("pdffonts");

        var fonts = ExternalProgram.Run("pdffonts", Save(s_spanish)).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();

        Assert.NotEmpty(fonts);
        // The columns: embedded, subset, and a way back to letters.
        Assert.All(fonts, font => Assert.Matches(@"^[A-Z]{6}\+\S+ .* yes yes yes ", font));
    }

    [Fact]
    public void A_screen_reader_hears_the_page_in_order()
    {
        SkipWithout("pdfinfo");
        var file = Save(s_spanish);

        var structure = ExternalProgram.Run("pdfinfo", "-enc", "UTF-8", "-struct-text", file).Output;
        var facts = ExternalProgram.Run("pdfinfo", "-enc", "UTF-8", file).Output;

        string[] order =
        [
            "H1", s_spanish.Words.Heading, s_spanish.HolderName, s_spanish.Certification, "Expedido el 22 November 2025",
            Serial, "Link", CheckUrl, "Figure", s_spanish.Words.ConvenienceSentence,
        ];
        var places = order.Select(text => structure.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Matches(@"Tagged:\s+yes", facts);
        Assert.Contains("Microagujas para esteticistas – María José Núñez Ibáñez", facts, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figure_and_the_page_say_what_they_are_and_in_which_language()
    {
        SkipWithout("qpdf");

        var objects = ExternalProgram.Run("qpdf", "--json", Save(s_spanish)).Output;

        // Newer versions of the judge put "u:" before a text.
        Assert.Matches($"\"/Alt\": \"(u:)?{s_spanish.Words.QrDescription}\"", objects);
        Assert.Matches("\"/Lang\": \"(u:)?es\"", objects);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_reaches_over_the_frame_and_no_two_words_lie_on_each_other(string language, string name)
    {
        SkipWithout("pdftotext");

        var boxes = ExternalProgram.Run("pdftotext", "-enc", "UTF-8", "-bbox", Save(For(language, name)), "-").Output;
        XNamespace html = "http://www.w3.org/1999/xhtml";
        var words = XDocument.Parse(DocumentType().Replace(boxes, "")).Descendants(html + "word")
            .Select(word => (Text: word.Value, Left: Coordinate(word, "xMin"), Top: Coordinate(word, "yMin"),
                Right: Coordinate(word, "xMax"), Bottom: Coordinate(word, "yMax")))
            .ToList();

        const double frame = 12 * 72 / 25.4;
        Assert.All(words, word => Assert.True(
            word.Left >= frame && word.Right <= 841.89 - frame && word.Top >= frame && word.Bottom <= 595.28 - frame, word.ToString()));
        for (var first = 0; first < words.Count; first++)
        {
            for (var second = first + 1; second < words.Count; second++)
            {
                var (one, other) = (words[first], words[second]);
                var across = Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left);
                var down = Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top);
                // A word's box has the height of its whole font, so boxes of neighbouring lines may touch a little.
                var lower = Math.Min(one.Bottom - one.Top, other.Bottom - other.Top);
                Assert.False(across > 0.5 && down > 0.4 * lower, $"{one} lies on {other}");
            }
        }
    }

    [Fact]
    public void A_long_name_takes_at_most_two_lines()
    {
        SkipWithout("pdftotext");

        var lines = ExternalProgram.Run("pdftotext", "-enc", "UTF-8", Save(For("en", LongName)), "-").Output.Split('\n');

        var nameLines = lines.Where(line => line.Trim().Length > 10 && LongName.Contains(line.Trim(), StringComparison.Ordinal));
        Assert.Equal(2, nameLines.Count());
    }

    [Fact]
    public void A_name_without_a_place_to_break_still_fits()
    {
        SkipWithout("pdftotext");
        var name = new string('Ŵ', 60);

        var text = ExternalProgram.Run("pdftotext", "-enc", "UTF-8", Save(For("en", name)), "-").Output;

        Assert.Equal(60, text.Count(letter => letter == 'Ŵ'));
    }

    [Fact]
    public void Equal_content_gives_equal_bytes()
    {
        // A list of its own: the record must be compared by what it says.
        var again = s_certificate with { Covers = [.. s_certificate.Covers] };

        Assert.Equal(CertificatePdf.Render(s_certificate), CertificatePdf.Render(again));
    }

    [Fact]
    public void Other_content_gives_another_identifier()
    {
        var one = Identifier(CertificatePdf.Render(s_certificate));
        var other = Identifier(CertificatePdf.Render(s_certificate with { DocumentId = "urn:uuid:0197a5f2-7c11-7d3c-9b1e-000000000000" }));

        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Composed_and_decomposed_letters_print_alike()
    {
        var composed = s_certificate with { HolderName = "Zoë Nguyễn" };
        var decomposed = s_certificate with { HolderName = "Zoe\u0308  Nguye\u0302\u0303n " };

        Assert.Equal(CertificatePdf.Render(composed), CertificatePdf.Render(decomposed));
    }

    [Theory]
    [InlineData("\uE000")]
    [InlineData("\U0002FFFD")]
    public void A_letter_that_no_font_has_is_refused_with_a_sentence(string letter)
    {
        var refusal = Assert.Throws<CertificateNotPrintableException>(
            () => CertificatePdf.Render(s_certificate with { HolderName = "Amara " + letter }));

        Assert.Equal(NotPrintableReason.LetterMissing, refusal.Reason);
        Assert.Equal(letter, refusal.Letter);
        Assert.Contains(char.ConvertToUtf32(letter, 0).ToString("X4", CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ليلى")]
    [InlineData("नीता")]
    [InlineData("Amara \u202Erofako")]
    public void A_script_that_would_come_out_wrong_is_refused(string name)
    {
        var refusal = Assert.Throws<CertificateNotPrintableException>(
            () => CertificatePdf.Render(s_certificate with { HolderName = name }));

        Assert.Equal(NotPrintableReason.ScriptNotSupported, refusal.Reason);
    }

    [Fact]
    public void Without_a_font_the_refusal_says_what_to_install()
    {
        var refusal = Assert.Throws<CertificateNotPrintableException>(
            () => CertificatePdf.Render(s_certificate, new SystemFonts([_folder.FullName])));

        Assert.Equal(NotPrintableReason.NoFontFound, refusal.Reason);
        Assert.Contains("fonts-dejavu-core", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_font_file_counts_as_no_font()
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "DejaVuSans.ttf"), [0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 1]);

        var refusal = Assert.Throws<CertificateNotPrintableException>(
            () => CertificatePdf.Render(s_certificate, new SystemFonts([_folder.FullName])));

        Assert.Equal(NotPrintableReason.NoFontFound, refusal.Reason);
    }

    [Fact]
    public void More_text_than_a_page_holds_is_refused()
    {
        var certificate = s_certificate with { Covers = [.. Enumerable.Repeat("Face, neck and décolleté to 1.0 mm", 200)] };

        var refusal = Assert.Throws<CertificateNotPrintableException>(() => CertificatePdf.Render(certificate));

        Assert.Equal(NotPrintableReason.TextTooLong, refusal.Reason);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_is_small_enough_to_mail(string language, string name) =>
        Assert.InRange(CertificatePdf.Render(For(language, name)).Length, 1, 120_000);

    [Fact]
    public void What_every_certificate_says_cannot_be_left_empty() =>
        Assert.Throws<ArgumentException>(() => CertificatePdf.Render(s_certificate with { HolderName = " " }));

    [Theory]
    [InlineData("portal.example.org/verify")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://pоrtal.example.org/verify")]
    public void Only_a_plain_web_address_is_printed(string address) =>
        Assert.Throws<ArgumentException>(() => CertificatePdf.Render(s_certificate with { CheckUrl = address }));

    private static CertificatePdfContent For(string language, string name) =>
        (language == "es" ? s_spanish : s_certificate) with { HolderName = name };

    private static double Coordinate(XElement word, string name) =>
        double.Parse(word.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private long Ink(CertificatePdfContent content)
    {
        var picture = Path.Combine(_folder.FullName, "ink");
        ExternalProgram.Run("pdftoppm", "-r", "72", "-gray", "-singlefile", Save(content), picture);
        // A short header, then a byte for each point, 255 for white.
        return File.ReadAllBytes(picture + ".pgm").Skip(20).Sum(point => 255L - point);
    }

    private static string Identifier(byte[] file) =>
        IdentifierEntry().Match(System.Text.Encoding.Latin1.GetString(file)).Value;

    private static void SkipWithout(params string[] programs)
    {
        foreach (var program in programs)
            Assert.SkipUnless(ExternalProgram.IsInstalled(program), $"The judge {program} is not installed.");
    }

    private string Save(CertificatePdfContent content) => Save(CertificatePdf.Render(content));

    private string Save(byte[] file)
    {
        var path = Path.Combine(_folder.FullName, "certificate.pdf");
        File.WriteAllBytes(path, file);
        return path;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"<!DOCTYPE[^>]*>")]
    private static partial Regex DocumentType();

    [GeneratedRegex(@"/ID \[<[0-9A-F]{32}>")]
    private static partial Regex IdentifierEntry();
}
