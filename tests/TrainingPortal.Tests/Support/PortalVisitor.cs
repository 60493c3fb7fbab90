using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace TrainingPortal.Tests.Support;

/// <summary>An answer of the portal. The document is read only where it is one.</summary>
/// <param name="Address">Path and query.</param>
internal sealed record PortalPage(string Address, HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Bytes)
{
    private IHtmlDocument? document;

    public string Text => Encoding.UTF8.GetString(Bytes);

    public string? MediaType => ContentHeaders.ContentType?.MediaType;

    public bool IsPage => MediaType == "text/html";

    public IHtmlDocument Document => document ??= new HtmlParser().ParseDocument(Text);

    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>What a person reads of the page, with single spaces.</summary>
    public string Words => string.Join(' ', Document.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<IHtmlFormElement> Posts => [.. Document.Forms.Where(form => form.Method.Equals("post", StringComparison.OrdinalIgnoreCase))];

    /// <summary>The form of that name, which is what its handler is found by.</summary>
    public IHtmlFormElement Form(string name) => Posts.Single(form => NameOf(form) == name);

    /// <summary>The name of a component's form, or the address that a plain form goes to.</summary>
    public static string NameOf(IHtmlFormElement form) =>
        form.QuerySelector<IHtmlInputElement>("input[name=_handler]")?.Value ?? form.GetAttribute("action") ?? "";

    /// <summary>What a browser would send of the form as it stands, no button pressed.</summary>
    public static List<KeyValuePair<string, string>> Fields(IHtmlFormElement form)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name.Length: > 0 } input when input.Type is "radio" or "checkbox":
                    if (input.HasAttribute("checked"))
                    {
                        fields.Add(new(input.Name, input.Value));
                    }

                    break;
                case IHtmlInputElement { Name.Length: > 0 } input when input.Type is not ("submit" or "button" or "reset" or "image"):
                    fields.Add(new(input.Name, input.Value));
                    break;
                case IHtmlSelectElement { Name.Length: > 0 } select:
                    fields.Add(new(select.Name, select.Value ?? ""));
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area:
                    fields.Add(new(area.Name, area.Value));
                    break;
            }
        }

        return fields;
    }
}

/// <summary>
/// Somebody at the portal with a browser that has no script: a cookie jar, forms that are read and sent back with their
/// hidden fields, redirects that are followed. Says what people intend.
/// </summary>
internal sealed class PortalVisitor : IDisposable
{
    public const string TokenField = "__RequestVerificationToken";

    private readonly HttpClient client;
    private readonly Uri portal;

    public PortalVisitor(Uri portal, string? language = null)
    {
        this.portal = portal;
        Cookies = new CookieContainer();
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = portal };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html, */*;q=0.8");
        if (language is not null)
        {
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        }
    }

    public CookieContainer Cookies { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Asks for an address and follows where it leads.</summary>
    public async Task<PortalPage> OpenAsync(string address) => await FollowAsync(await GetAsync(address));

    /// <summary>Asks for an address and shows the answer itself.</summary>
    public Task<PortalPage> GetAsync(string address) => SendAsync(HttpMethod.Get, address, null);

    /// <summary>Sends a form as it stands but for these fields, and follows where it leads.</summary>
    /// <param name="values">Fields by name; none as a value leaves the field out.</param>
    public async Task<PortalPage> SubmitAsync(PortalPage page, string form, params (string Name, string? Value)[] values) =>
        await FollowAsync(await PostAsync(page, page.Form(form), values));

    /// <summary>Sends a form and shows the answer itself.</summary>
    public Task<PortalPage> PostAsync(PortalPage page, IHtmlFormElement form, params (string Name, string? Value)[] values)
    {
        var fields = PortalPage.Fields(form);
        foreach (var (name, value) in values)
        {
            fields.RemoveAll(field => field.Key == name);
            if (value is not null)
            {
                fields.Add(new(name, value));
            }
        }

        return PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : page.Address, fields);
    }

    public Task<PortalPage> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(HttpMethod.Post, address, new FormUrlEncodedContent(fields));

    public async Task<PortalPage> SendAsync(HttpMethod method, string address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        using var response = await client.SendAsync(request, Cancellation);
        return new PortalPage(address, response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    /// <summary>Goes on to where an answer leads, if it leads anywhere.</summary>
    public async Task<PortalPage> FollowAsync(PortalPage answer)
    {
        for (var hops = 0; answer.Headers.Location is { } location; hops++)
        {
            Assert.True(hops < 6, $"{answer.Address} leads round in circles.");
            answer = await GetAsync(new Uri(portal, location).PathAndQuery);
        }

        return answer;
    }

    public async Task<PortalPage> SignInAsync(string email, string password = DataFolder.Password)
    {
        var page = await SubmitAsync(await OpenAsync("/account/sign-in"), "sign-in", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal("/me", page.Address);
        return page;
    }

    public async Task<PortalPage> RegisterAsync(string name, string email, string password) => await SubmitAsync(
        await OpenAsync("/account/register"),
        "register",
        ("Input.Name", name),
        ("Input.Email", email),
        ("Input.Password", password));

    public async Task<PortalPage> EnrolAsync(string course) => await SubmitAsync(await OpenAsync($"/courses/{course}"), "enrol");

    /// <summary>From the first lesson on, as the buttons lead.</summary>
    public async Task ReadEveryLessonAsync(string course)
    {
        var page = await OpenAsync($"/courses/{course}");
        var first = page.Document.QuerySelector($".step a[href^='/courses/{course}/']")!.GetAttribute("href")!;
        for (page = await OpenAsync(first); page.Address != $"/courses/{course}"; page = await SubmitAsync(page, "read"))
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
        }
    }

    /// <returns>The first question.</returns>
    public async Task<PortalPage> StartAsync(string quiz) => await SubmitAsync(await OpenAsync($"/exams/{quiz}"), "start");

    /// <summary>Chooses an option by its text and goes on as the page's own button does.</summary>
    public Task<PortalPage> AnswerAsync(PortalPage question, string text)
    {
        var choice = question.Document.QuerySelectorAll("label.choice").Single(label => label.TextContent.Trim() == text);
        var go = question.Document.QuerySelector(".exam-nav button:last-child")!;
        return SubmitAsync(question, "answer", ("Input.Answer", choice.QuerySelector("input")!.GetAttribute("value")), ("Input.Go", go.GetAttribute("value")));
    }

    /// <returns>The result.</returns>
    public async Task<PortalPage> HandInAsync(string attempt) => await SubmitAsync(await OpenAsync($"{attempt}/finish"), "submit");

    public void Dispose() => client.Dispose();
}
