using System.Text;
using System.Xml.Linq;
using TrainingPortal.Credentials.Images;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>The badge as picture and drawing, and the credential baked into them.</summary>
public sealed class BadgeTests : IDisposable
{
    private const string Credential = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJkaWQ6d2ViOnBvcnRhbC5leGFtcGxlLm9yZyJ9.c2lnbmF0dXJl";
    private const string Title = "Microneedling <safe> & sound for Estheticians";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("badge-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_baked_picture_is_sound_and_holds_one_text_right_after_its_header()
    {
        var verdict = Judge(BakedPng.Bake(BadgePng.Draw(), Credential));

        Assert.Equal(0, verdict.ExitCode);
        Assert.Contains("600 x 600 image, 32-bit RGB+alpha", verdict.Output, StringComparison.Ordinal);
        var chunks = verdict.Output.Split('\n').Where(line => line.Contains("chunk ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[1]).ToList();
        Assert.Equal(["IHDR", "iTXt", "IDAT", "IEND"], chunks.Distinct());
        Assert.Single(chunks, "iTXt");
        Assert.Contains("openbadgecredential", verdict.Output, StringComparison.Ordinal);
        Assert.Contains("uncompressed", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_judge_of_pictures_can_fail()
    {
        var changed = BakedPng.Bake(BadgePng.Draw(), Credential);
        changed[80] ^= 0x01;

        Assert.NotEqual(0, Judge(changed).ExitCode);
        Assert.Null(BakedPng.Read(changed));
    }

    [Fact]
    public void Baking_again_leaves_only_the_newer_credential()
    {
        var once = BakedPng.Bake(BadgePng.Draw(), "older.one.here");
        var drawing = Encoding.UTF8.GetString(BakedSvg.Bake(BadgeSvg.Draw(Title, "Level 2", "Lumen"), "older.one.here"));

        Assert.Equal(BakedPng.Bake(BadgePng.Draw(), Credential), BakedPng.Bake(once, Credential));
        Assert.Equal(Credential, BakedSvg.Read(BakedSvg.Bake(drawing, Credential)));
        Assert.DoesNotContain("older", Encoding.UTF8.GetString(BakedSvg.Bake(drawing, Credential)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_baked_is_read_back_and_what_was_not_is_not()
    {
        Assert.Equal(Credential, BakedPng.Read(BakedPng.Bake(BadgePng.Draw(), Credential)));
        Assert.Null(BakedPng.Read(BadgePng.Draw()));
        Assert.Equal(Credential, BakedSvg.Read(BakedSvg.Bake(BadgeSvg.Draw(Title, "", "Lumen"), Credential)));
        Assert.Null(BakedSvg.Read(Encoding.UTF8.GetBytes(BadgeSvg.Draw(Title, "", "Lumen"))));
    }

    [Fact]
    public void A_broken_file_gives_nothing_and_never_fails()
    {
        var picture = BakedPng.Bake(BadgePng.Draw(), Credential);
        for (var length = 0; length < 400; length++)
        {
            Assert.Null(BakedPng.Read(picture.AsSpan(0, length)));
        }

        Assert.Null(BakedSvg.Read([]));
        Assert.Null(BakedSvg.Read("<html/>"u8.ToArray()));
        Assert.Null(BakedSvg.Read("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>"u8.ToArray()));
    }

    [Fact]
    public void Two_credentials_in_one_drawing_are_none()
    {
        var root = XElement.Parse(Encoding.UTF8.GetString(BakedSvg.Bake(BadgeSvg.Draw(Title, "", "Lumen"), Credential)));
        root.Add(new XElement(root.Elements().First()));

        Assert.Null(BakedSvg.Read(Encoding.UTF8.GetBytes(root.ToString())));
    }

    [Fact]
    public void The_credential_is_the_first_thing_in_the_drawing()
    {
        var text = Encoding.UTF8.GetString(BakedSvg.Bake(BadgeSvg.Draw(Title, "Level 2", "Lumen"), Credential));

        Assert.Matches("""^<svg [^>]*xmlns:openbadges="https://purl\.imsglobal\.org/ob/v3p0"[^>]*><openbadges:credential verify="[^"]+" ?/>""", text);
    }

    [Fact]
    public void The_drawing_says_its_words_and_loads_nothing()
    {
        var root = XElement.Parse(BadgeSvg.Draw(Title, "Level 2", "Lumen Academy"));

        Assert.Equal($"{Title} · Level 2 · Lumen Academy", root.Elements().First(element => element.Name.LocalName == "title").Value);
        Assert.Contains("Microneedling <safe> &", root.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "href" or "style" || attribute.Value.Contains("url(", StringComparison.Ordinal));
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "style" or "image" or "use");
    }

    [Fact]
    public void Equal_badges_are_equal_bytes()
    {
        Assert.Equal(BadgePng.Draw(), BadgePng.Draw());
        Assert.Equal(BakedSvg.Bake(BadgeSvg.Draw(Title, "Level 2", "Lumen"), Credential), BakedSvg.Bake(BadgeSvg.Draw(Title, "Level 2", "Lumen"), Credential));
    }

    private ProgramResult Judge(byte[] picture)
    {
        Assert.SkipUnless(ExternalProgram.IsInstalled("pngcheck"), "The judge pngcheck is not installed.");
        var path = Path.Combine(_folder.FullName, "badge.png");
        File.WriteAllBytes(path, picture);
        return ExternalProgram.Run("pngcheck", "-vt", path);
    }
}
