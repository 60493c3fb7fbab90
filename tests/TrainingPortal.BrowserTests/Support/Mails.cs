using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>A mail as its reader sees it.</summary>
public sealed partial record Mail(string To, string Subject, string Body)
{
    /// <summary>The first address in it that begins so.</summary>
    public string Link(string beginning) =>
        Address().Matches(Body).Select(match => match.Value).FirstOrDefault(address => address.StartsWith(beginning, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No address that begins with {beginning} is in the mail:\n{Body}");

    /// <summary>Reads an <c>.eml</c> file.</summary>
    public static Mail Read(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("\n\n", 2);
        var headers = Fold().Replace(parts[0], " ")
            .Split('\n')
            .Select(line => line.Split(':', 2))
            .ToLookup(line => line[0], line => line[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = headers["Content-Transfer-Encoding"].FirstOrDefault()?.ToLowerInvariant() switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(parts[1])),
            "quoted-printable" => Quoted(parts[1].Replace("=\n", "", StringComparison.Ordinal)),
            _ => parts[1],
        };
        return new Mail(headers["To"].First(), Decode(headers["Subject"].First()), body);
    }

    // White space between two encoded words belongs to neither (RFC 2047).
    private static string Decode(string header) => EncodedWord().Replace(
        BetweenEncodedWords().Replace(header, "?==?"),
        word => word.Groups["how"].Value.Equals("B", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["text"].Value))
            : Quoted(word.Groups["text"].Value.Replace('_', ' ')));

    private static string Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(index + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                index += 2;
            }
            else
            {
                bytes.Add((byte)text[index]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"https?://[^\s<>""]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenEncodedWords();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BQ])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}

/// <summary>The mails that the portal has sent: files of its data folder, since it has no mail server here.</summary>
public sealed class Mails(string dataDirectory)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(45);

    /// <summary>Waits for the mail to a person whose text leads to an address, and reads it.</summary>
    /// <param name="to">Their address.</param>
    /// <param name="leadingTo">How the address in it begins.</param>
    public async Task<Mail> ToAsync(string to, string leadingTo)
    {
        var folder = Directory.CreateDirectory(Path.Combine(dataDirectory, "mail")).FullName;
        using var arrivals = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(folder, "*.eml");
        watcher.Created += (_, _) => arrivals.Release();
        watcher.Renamed += (_, _) => arrivals.Release();
        watcher.EnableRaisingEvents = true;
        while (true)
        {
            var found = Directory.EnumerateFiles(folder, "*.eml")
                .Select(file => Mail.Read(File.ReadAllText(file)))
                .FirstOrDefault(mail => mail.To == to && mail.Body.Contains(leadingTo, StringComparison.Ordinal));
            if (found is not null)
            {
                return found;
            }

            Assert.True(await arrivals.WaitAsync(s_patience), $"No mail to {to} with {leadingTo} came within {s_patience.TotalSeconds} seconds.");
        }
    }
}
