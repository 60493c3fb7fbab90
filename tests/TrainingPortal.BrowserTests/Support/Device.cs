using Microsoft.Playwright;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>What a person holds or sits at.</summary>
/// <param name="Width">Of the window, in CSS pixels.</param>
public sealed record Screen(int Width, int Height)
{
    public static Screen Phone { get; } = new(390, 844);

    public static Screen Desk { get; } = new(1280, 800);
}

/// <summary>
/// A browser of one person: a page that is watched. Whatever the browser complains of (an error of a script, a breach of
/// the content security policy, a file that is not there) is kept and fails the test at its end.
/// </summary>
public sealed class Device
{
    private readonly List<string> complaints = [];
    private readonly HashSet<string> documents = [];
    private readonly HashSet<string> seen = [];
    private bool excused;

    private Device(IPage page, string portal, Screen screen, bool scripting, string? album)
    {
        Page = page;
        Portal = portal;
        Screen = screen;
        Scripting = scripting;
        Album = album;
        Watch(page);
    }

    public IPage Page { get; }

    /// <summary>The portal's address, without a slash at its end.</summary>
    public string Portal { get; }

    public Screen Screen { get; }

    public bool Scripting { get; }

    /// <summary>The folder of the pictures of this walk; none where pages are not looked at.</summary>
    public string? Album { get; }

    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<Device> OpenAsync(IBrowser browser, string portal, Screen screen, bool scripting, string? album = null)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = portal,
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            JavaScriptEnabled = scripting,
            Locale = "en-US",
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new Device(await context.NewPageAsync(), portal, screen, scripting, album);
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Device> TabAsync() => new(await Page.Context.NewPageAsync(), Portal, Screen, Scripting, Album);

    /// <summary>Opens an address of the portal and gives the status of the answer.</summary>
    public async Task<int> GoAsync(string address) => (await Page.GotoAsync(address))!.Status;

    /// <summary>
    /// Looks at the page that is shown: pictures of it, light and dark, on a phone and on a desk, and with scripting on
    /// axe. A page of the same name is looked at once in a walk.
    /// </summary>
    public async Task SeeAsync(string name)
    {
        if (Album is not null && seen.Add(name))
        {
            await Look.AtAsync(this, name);
        }
    }

    /// <summary>For a test's last line: forgets the complaints, which the test brought about itself, and those that are still on their way.</summary>
    public void Excuse(string reason)
    {
        lock (complaints)
        {
            excused = true;
            TestContext.Current.SendDiagnosticMessage($"{complaints.Count} complaints excused: {reason}");
            complaints.Clear();
        }
    }

    /// <summary>Keeps faults that were found by looking, to be told together at the test's end.</summary>
    internal void Note(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            Complain(fault);
        }
    }

    private void Watch(IPage page)
    {
        page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest)
            {
                lock (documents)
                {
                    documents.Add(response.Url);
                }
            }
        };
        page.Console += (_, message) =>
        {
            // A page that is refused on purpose is itself an "error" to the console; its test looks at its status.
            if (message.Type == "error" && !(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && IsDocument(message.Location)))
            {
                Complain($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, fault) => Complain($"{page.Url}: {fault}");
    }

    private bool IsDocument(string location)
    {
        lock (documents)
        {
            return documents.Any(document => location.StartsWith(document, StringComparison.Ordinal));
        }
    }

    private void Complain(string complaint)
    {
        lock (complaints)
        {
            if (!excused)
            {
                complaints.Add(complaint);
            }
        }
    }
}
