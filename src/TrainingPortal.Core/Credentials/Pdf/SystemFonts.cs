using System.Collections.Concurrent;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// The fonts of this computer that a certificate may be set in. Folders are searched once, files are read when first
/// needed and kept in memory (about 1 MB each); an instance serves all threads.
/// </summary>
public sealed class SystemFonts
{
    // In order of preference: the first family that has all letters of a text sets it. Files are named as Linux
    // distributions, Windows and macOS name them.
    private static readonly string[][] s_serif =
    [
        ["NotoSerif-Regular.ttf"],
        ["Georgia.ttf"],
        ["LiberationSerif-Regular.ttf"],
        ["Times New Roman.ttf", "times.ttf"],
        ["DejaVuSerif.ttf"],
    ];

    private static readonly string[][] s_sans =
    [
        ["NotoSans-Regular.ttf"],
        ["segoeui.ttf"],
        ["LiberationSans-Regular.ttf"],
        ["Arial.ttf"],
        ["DejaVuSans.ttf"],
        ["Arial Unicode.ttf"],
    ];

    private static readonly string[][] s_sansBold =
    [
        ["NotoSans-Bold.ttf"],
        ["segoeuib.ttf"],
        ["LiberationSans-Bold.ttf"],
        ["Arial Bold.ttf", "arialbd.ttf"],
        ["DejaVuSans-Bold.ttf"],
    ];

    private readonly Lazy<Dictionary<string, string>> _pathByFileName;
    private readonly ConcurrentDictionary<string, TrueTypeFont?> _fonts = new(StringComparer.Ordinal);

    /// <param name="folders">Folders to search with all folders in them; those that do not exist are passed over.</param>
    public SystemFonts(IReadOnlyList<string> folders) =>
        _pathByFileName = new Lazy<Dictionary<string, string>>(() => FindFiles(folders));

    /// <summary>The fonts in the usual folders of Linux, macOS and Windows.</summary>
    public static SystemFonts Installed { get; } = new(UsualFolders());

    /// <summary>
    /// The first font for the purpose that has every letter of all the texts that should look alike; if there is none,
    /// the first that has every letter of this one.
    /// </summary>
    /// <exception cref="CertificateNotPrintableException">There is no font, or none with all the letters.</exception>
    internal TrueTypeFont FontFor(FontRole role, string text, string textsAlike = "")
    {
        TrueTypeFont? enough = null;
        string? missing = null;
        foreach (var font in Candidates(role))
        {
            var lacks = FirstMissing(font, text);
            if (lacks is null && FirstMissing(font, textsAlike) is null)
                return font;
            if (lacks is null)
                enough ??= font;
            // The widest font comes last, so what it lacks is what a person has to look for.
            missing = lacks ?? missing;
        }

        return enough ?? throw (missing is null
            ? CertificateNotPrintableException.ForNoFont()
            : CertificateNotPrintableException.ForMissingLetter(missing));
    }

    private static string? FirstMissing(TrueTypeFont font, string text)
    {
        foreach (var letter in text.EnumerateRunes())
        {
            if (font.GlyphFor(letter) == 0)
                return letter.ToString();
        }

        return null;
    }

    private IEnumerable<TrueTypeFont> Candidates(FontRole role)
    {
        // A sans has some scripts that no serif here has; a name in another face is better than no name.
        string[][] families = role switch
        {
            FontRole.Serif => [.. s_serif, .. s_sans],
            FontRole.Sans => s_sans,
            FontRole.SansBold => [.. s_sansBold, .. s_sans],
        };
        foreach (var fileNames in families)
        {
            var path = fileNames.Select(name => _pathByFileName.Value.GetValueOrDefault(name)).FirstOrDefault(found => found is not null);
            if (path is not null && _fonts.GetOrAdd(path, Load) is { } font)
                yield return font;
        }
    }

    private static TrueTypeFont? Load(string path)
    {
        try
        {
            var font = TrueTypeFont.Read(File.ReadAllBytes(path));
            return font.MayBeEmbedded ? font : null;
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The next family serves; if none does, the caller hears that no font was found.
            return null;
        }
    }

    private static Dictionary<string, string> FindFiles(IReadOnlyList<string> folders)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 };
        // Sorted, so that two copies of a font give the same choice on every start.
        var paths = folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", options).Order(StringComparer.Ordinal));
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
            found.TryAdd(Path.GetFileName(path), path);
        return found;
    }

    private static List<string> UsualFolders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var localData = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var windows = Environment.GetFolderPath(Environment.SpecialFolder.Windows);
        return
        [
            "/usr/share/fonts",
            "/usr/local/share/fonts",
            "/System/Library/Fonts",
            "/Library/Fonts",
            .. home.Length == 0 ? Array.Empty<string>() :
            [
                Path.Combine(home, ".fonts"),
                Path.Combine(home, ".local", "share", "fonts"),
                Path.Combine(home, "Library", "Fonts"),
            ],
            .. localData.Length == 0 ? Array.Empty<string>() : [Path.Combine(localData, "Microsoft", "Windows", "Fonts")],
            .. windows.Length == 0 ? Array.Empty<string>() : [Path.Combine(windows, "Fonts")],
        ];
    }
}
