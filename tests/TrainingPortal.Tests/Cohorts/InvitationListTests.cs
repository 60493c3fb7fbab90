using System.Text;
using TrainingPortal.Cohorts;

namespace TrainingPortal.Tests.Cohorts;

/// <summary>Files and lists as people make them.</summary>
public class InvitationListTests
{
    private static IReadOnlyList<ListedPerson> Read(string text) => InvitationList.OfFile(Encoding.UTF8.GetBytes(text)).Value;

    public static TheoryData<string, string> GoodFiles() => new()
    {
        { "commas", "email,name\nana@example.org,Ana Peña\nben@example.org,Ben\n" },
        { "semicolons", "email;name\nana@example.org;Ana Peña\nben@example.org;Ben\n" },
        { "tabs", "email\tname\nana@example.org\tAna Peña\nben@example.org\tBen\n" },
        { "a byte order mark", "\uFEFFemail,name\nana@example.org,Ana Peña\nben@example.org,Ben\n" },
        { "quotes", "\"email\",\"name\"\n\"ana@example.org\",\"Ana Peña\"\n\"ben@example.org\",Ben\n" },
        { "Windows line ends and none at the end", "email,name\r\nana@example.org,Ana Peña\r\nben@example.org,Ben" },
        { "spaces around", "  email , name \n ana@example.org , Ana Peña \nben@example.org,  Ben\n" },
        { "the columns turned round, and others between", "name,phone,email\nAna Peña,1,ana@example.org\nBen,2,ben@example.org\n" },
        { "capitals", "Email,NAME\nana@example.org,Ana Peña\nben@example.org,Ben\n" },
        { "Spanish heads", "correo;nombre\nana@example.org;Ana Peña\nben@example.org;Ben\n" },
        { "no head row", "ana@example.org,Ana Peña\nben@example.org,Ben\n" },
    };

    [Theory]
    [MemberData(nameof(GoodFiles))]
    public void A_file_is_read_with(string what, string file)
    {
        Assert.NotEmpty(what);
        var people = Read(file);

        Assert.All(people, person => Assert.Equal(RowVerdict.Good, person.Verdict));
        Assert.Equal([("ana@example.org", "Ana Peña"), ("ben@example.org", "Ben")], people.Select(person => (person.Email, person.Name!)));
    }

    [Fact]
    public void A_delimiter_and_quotes_within_quotes_belong_to_the_name()
    {
        var people = Read("email;name\nana@example.org;\"Peña; Ana \"\"Lu\"\"\"\nben@example.org,x;Ben\n");

        Assert.Equal(("Peña; Ana \"Lu\"", RowVerdict.Good), (people[0].Name, people[0].Verdict));
        Assert.Equal(RowVerdict.AddressNotValid, people[1].Verdict);
    }

    public static TheoryData<string, string, RowVerdict> BadRows() => new()
    {
        { ",Nobody", "", RowVerdict.AddressMissing },
        { "nobody,Nobody", "nobody", RowVerdict.AddressNotValid },
        { "a@b@c,Nobody", "a@b@c", RowVerdict.AddressNotValid },
        { "a b@example.org,Nobody", "a b@example.org", RowVerdict.AddressNotValid },
        { "Ana <ana@example.org>,Ana", "Ana <ana@example.org>", RowVerdict.AddressNotValid },
        { "ana@example.org,=HYPERLINK(1)", "ana@example.org", RowVerdict.FormulaLike },
        { "ana@example.org,+1", "ana@example.org", RowVerdict.FormulaLike },
        { "ana@example.org,-Ana", "ana@example.org", RowVerdict.FormulaLike },
        { "ana@example.org,@SUM(A1)", "ana@example.org", RowVerdict.FormulaLike },
        { "=1+1@example.org,Ana", "=1+1@example.org", RowVerdict.FormulaLike },
        { "ana@example.org,An\u0007a", "ana@example.org", RowVerdict.NameNotPlain },
        { "ana@example.org,An\u202Ea", "ana@example.org", RowVerdict.NameNotPlain },
        { "ana@example.org,\"Ana", "ana@example.org,\"Ana", RowVerdict.QuotesNotClosed },
        { "ana@example.org,\"Ana\" Peña", "ana@example.org,\"Ana\" Peña", RowVerdict.QuotesNotClosed },
        { $"ana@example.org,{new string('x', 101)}", "ana@example.org", RowVerdict.NameTooLong },
        { $"{new string('x', 260)}@example.org,Ana", new string('x', 256), RowVerdict.AddressNotValid },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void A_bad_row_is_told_with_its_line_and_leaves_the_others_alone(string row, string shown, RowVerdict verdict)
    {
        var people = Read($"email,name\n\nfirst@example.org,First\n\n{row}\nlast@example.org,Last\n");

        Assert.Equal([(3, RowVerdict.Good), (5, verdict), (6, RowVerdict.Good)], people.Select(person => (person.Line, person.Verdict)));
        Assert.Equal(shown, people[1].Email);
    }

    [Fact]
    public void An_address_that_comes_twice_counts_once_whatever_its_capitals()
    {
        var people = Read("email\nana@example.org\nben@example.org\nANA@Example.org\n");

        Assert.Equal([RowVerdict.Good, RowVerdict.Good, RowVerdict.Duplicate], people.Select(person => person.Verdict));
    }

    public static TheoryData<string, byte[], InvitationListRefusal> Unreadable() => new()
    {
        { "nothing", [], InvitationListRefusal.Empty },
        { "blank lines", " \r\n\n\t\n"u8.ToArray(), InvitationListRefusal.Empty },
        { "a head row alone", "email,name\n"u8.ToArray(), InvitationListRefusal.Empty },
        { "no column of addresses", "name,phone\nAna,1\n"u8.ToArray(), InvitationListRefusal.NoEmailColumn },
        { "Latin-1", Encoding.Latin1.GetBytes("email,name\nana@example.org,Peña\n"), InvitationListRefusal.NotUtf8 },
        { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("email,name\na@b.c,Ana\n")], InvitationListRefusal.NotUtf8 },
        { "a workbook", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00], InvitationListRefusal.NotUtf8 },
        { "501 rows", Encoding.UTF8.GetBytes("email\n" + string.Concat(Enumerable.Range(1, 501).Select(number => $"p{number}@example.org\n"))), InvitationListRefusal.TooManyRows },
        { "a byte too many", new byte[InvitationList.MostBytes + 1], InvitationListRefusal.TooLarge },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_file_is_refused_whole_with(string what, byte[] file, InvitationListRefusal refusal)
    {
        Assert.NotEmpty(what);
        Assert.Equal(refusal, InvitationList.OfFile(file).Refusal);
    }

    [Fact]
    public void Five_hundred_rows_and_200_kB_are_not_too_many()
    {
        var rows = string.Concat(Enumerable.Range(1, 500).Select(number => $"p{number}@example.org\n"));
        var file = Encoding.UTF8.GetBytes("email\n" + rows + new string('\n', InvitationList.MostBytes - rows.Length - 6));

        Assert.Equal((InvitationList.MostBytes, 500), (file.Length, InvitationList.OfFile(file).Value.Count));
    }

    [Fact]
    public void Typed_addresses_stand_on_lines_or_with_commas_bare_or_behind_a_name()
    {
        var people = InvitationList.OfText("ana@example.org, ben@example.org;\r\n\"Cleo Dé\" <cleo@example.org>\nDan <dan@example.org>,nobody\n\nANA@example.org").Value;

        Assert.Equal(
            [
                (1, "ana@example.org", null, RowVerdict.Good),
                (1, "ben@example.org", null, RowVerdict.Good),
                (2, "cleo@example.org", "Cleo Dé", RowVerdict.Good),
                (3, "dan@example.org", "Dan", RowVerdict.Good),
                (3, "nobody", null, RowVerdict.AddressNotValid),
                (5, "ANA@example.org", null, RowVerdict.Duplicate),
            ],
            people.Select(person => (person.Line, person.Email, person.Name, person.Verdict)));
        Assert.Equal(InvitationListRefusal.Empty, InvitationList.OfText(" \n , ; ").Refusal);
        Assert.Equal(InvitationListRefusal.TooManyRows, InvitationList.OfText(string.Join(',', Enumerable.Range(1, 501).Select(number => $"p{number}@example.org"))).Refusal);
    }

    [Fact]
    public void What_a_form_carries_on_comes_back_the_same_and_is_judged_again()
    {
        var people = Read("email,name\nana@example.org,\"Peña, \"\"Ana\"\"\"\nben@example.org,\n");

        // Browsers send line ends as CR LF.
        var back = InvitationList.OfCarried(InvitationList.Carry(people).Replace("\n", "\r\n", StringComparison.Ordinal)).Value;

        Assert.Equal(people.Select(person => (person.Email, person.Name, person.Verdict)), back.Select(person => (person.Email, person.Name, person.Verdict)));
        Assert.Equal(RowVerdict.FormulaLike, Assert.Single(InvitationList.OfCarried("ana@example.org\t=1+1").Value).Verdict);
        Assert.Equal(InvitationListRefusal.TooManyRows, InvitationList.OfCarried(string.Join('\n', Enumerable.Range(1, 501).Select(number => $"p{number}@example.org"))).Refusal);
    }
}
