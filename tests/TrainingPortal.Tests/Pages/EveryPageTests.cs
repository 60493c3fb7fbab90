using System.Net;
using AngleSharp.Dom;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>What holds for every page there is, whoever looks at it.</summary>
public class EveryPageTests(PageTour tour) : IClassFixture<PageTour>
{
    [Fact]
    public void The_tour_has_seen_every_page_and_every_form()
    {
        var seen = tour.Pages.Select(sight => tour.PageOf(sight.Page.Address)).ToHashSet();
        Assert.Empty(tour.Routes.Select(route => route.RawText).Except(seen));

        var forms = SourceFiles.Razor().SelectMany(file => SourceFiles.Matches(file, "@formname=\"([^@\"]+)\"")).ToHashSet();
        var shown = tour.Pages.SelectMany(sight => sight.Page.Posts).Select(PortalPage.NameOf).ToHashSet();

        // Shown only to whoever signs in with the right password before the address is confirmed (AccountTests).
        forms.Remove("send-again");
        Assert.Empty(forms.Except(shown));
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var asked = new[] { "/problem/429", "/verify?serial=slip" };

        Assert.Empty(tour.Sights.Where(sight => sight.Page.Status != HttpStatusCode.OK && !asked.Contains(sight.Page.Address)).Select(sight => $"{sight}: {sight.Page.Status}"));
    }

    [Fact]
    public void A_page_has_a_title_and_one_heading()
    {
        Assert.All(tour.Pages, sight =>
        {
            Assert.False(string.IsNullOrWhiteSpace(sight.Page.Document.Title), $"{sight} has no title");
            Assert.True(sight.Page.Document.QuerySelectorAll("h1").Length == 1, $"{sight} has {sight.Page.Document.QuerySelectorAll("h1").Length} headings");
            Assert.False(string.IsNullOrWhiteSpace(sight.Page.Heading), $"{sight} has an empty heading");
        });
    }

    [Fact]
    public void Nothing_in_a_page_runs_or_styles_from_within()
    {
        Assert.All(tour.Pages, sight =>
        {
            var document = sight.Page.Document;
            Assert.Empty(document.QuerySelectorAll("[style], style, script:not([src])").Select(element => $"{sight}: {element.OuterHtml}"));
            Assert.Empty(document.All.SelectMany(element => element.Attributes.Where(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Value.Trim().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))).Select(attribute => $"{sight}: {attribute.Name}={attribute.Value}"));
            Assert.All(document.QuerySelectorAll("script[src], link[href], img[src]"), element => Assert.DoesNotContain("//", element.GetAttribute("src") ?? element.GetAttribute("href")!, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Every_answer_forbids_the_browser_what_the_portal_does_not_need()
    {
        var browser = tour.Guest("new trainee").Browser;
        var more = new[]
        {
            await browser.GetAsync("/no-such-page"),
            await browser.GetAsync("/no-such-file.txt"),
            await browser.GetAsync("/teach"),
            await browser.PostAsync("/account/language", []),
            await browser.GetAsync("/api/v1/certificates/slip"),
            await tour.Guest("visitor").Browser.GetAsync("/me"),
        };

        Assert.All(tour.Sights.Select(sight => sight.Page).Concat(more), answer =>
        {
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            var policy = Header(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries).Select(rule => rule.Split(' ', 2)).ToDictionary(rule => rule[0], rule => rule.ElementAtOrDefault(1) ?? "");
            Assert.Equal("'none'", policy["default-src"]);
            if (answer.MediaType == "image/svg+xml")
            {
                // A figure of a lesson, opened by itself, may style itself and nothing else.
                Assert.True(policy.ContainsKey("sandbox") || !policy.Values.Any(rule => rule.Contains("unsafe", StringComparison.Ordinal)), answer.Address);
                return;
            }

            Assert.DoesNotContain(policy.Values, rule => rule.Contains("unsafe", StringComparison.Ordinal));
            Assert.Equal(("'self'", "'self'", "'none'", "'self'", "'self'"), (policy["script-src"], policy["style-src"], policy["frame-ancestors"], policy["form-action"], policy["base-uri"]));
            Assert.Equal("strict-origin-when-cross-origin", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Contains("geolocation=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_in_words_and_changes_nothing()
    {
        var before = await tour.Portal.Data.FingerprintAsync();

        await EachFormAsync(async (sight, form) =>
        {
            var answer = await sight.Who.Browser.PostAsync(sight.Page, form, (PortalVisitor.TokenField, null));
            AssertRefused(answer, $"{PortalPage.NameOf(form)} on {sight}");
        });

        Assert.Equal(before, await tour.Portal.Data.FingerprintAsync());
    }

    [Fact]
    public async Task A_form_from_before_signing_in_is_refused_in_words_and_changes_nothing()
    {
        var before = await tour.Portal.Data.FingerprintAsync();
        var stranger = tour.Portal.Visit();
        var foreign = (await stranger.OpenAsync("/account/sign-in")).Document.QuerySelector($"input[name={PortalVisitor.TokenField}]")!.GetAttribute("value");

        await EachFormAsync(async (sight, form) =>
        {
            var old = sight.Who.Name == "visitor" ? foreign : sight.Who.TokenBefore;
            var answer = await sight.Who.Browser.PostAsync(sight.Page, form, (PortalVisitor.TokenField, old));
            AssertRefused(answer, $"{PortalPage.NameOf(form)} on {sight}");
        });

        Assert.Equal(before, await tour.Portal.Data.FingerprintAsync());
    }

    [Fact]
    public async Task Pages_and_forms_of_the_staff_are_not_there_for_a_trainee()
    {
        var trainee = tour.Guest("new trainee").Browser;
        var unknown = Masked(await trainee.GetAsync("/no-such-page"));
        var token = (await trainee.OpenAsync("/me")).Document.QuerySelector($"input[name={PortalVisitor.TokenField}]")!.GetAttribute("value");
        var before = await tour.Portal.Data.FingerprintAsync();
        var staff = tour.OneOfAKind.Where(sight => sight.Page.Address.StartsWith("/teach", StringComparison.Ordinal) || sight.Page.Address.StartsWith("/admin", StringComparison.Ordinal)).ToList();
        Assert.Contains(staff, sight => sight.Page.Address == "/teach");
        Assert.Contains(staff, sight => sight.Page.Address == "/admin");

        foreach (var sight in staff)
        {
            var page = await trainee.GetAsync(sight.Page.Address);
            Assert.True(page.Status == HttpStatusCode.NotFound, $"{sight.Page.Address} answers {page.Status}");
            Assert.Equal(unknown, Masked(page));
            foreach (var form in sight.Page.Posts.Where(form => form.GetAttribute("action") is null))
            {
                var answer = await trainee.PostAsync(sight.Page, form, (PortalVisitor.TokenField, token));
                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{PortalPage.NameOf(form)} on {sight.Page.Address} answers {answer.Status}");
            }
        }

        Assert.Equal(before, await tour.Portal.Data.FingerprintAsync());
    }

    [Fact]
    public async Task Pages_of_administrators_are_not_there_for_an_instructor_nor_those_of_instructors_for_an_administrator()
    {
        foreach (var sight in tour.OneOfAKind.Where(sight => sight.Page.Address.StartsWith("/admin", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await tour.Guest("instructor").Browser.GetAsync(sight.Page.Address)).Status);
        }

        foreach (var sight in tour.OneOfAKind.Where(sight => sight.Page.Address.StartsWith("/teach", StringComparison.Ordinal)))
        {
            // Exams are invigilated by both.
            var both = sight.Page.Address.StartsWith("/teach/exams", StringComparison.Ordinal);
            Assert.Equal(both ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await tour.Guest("administrator").Browser.GetAsync(sight.Page.Address)).Status);
        }
    }

    [Theory]
    [InlineData(null, "es", "es")]
    [InlineData(null, "es-MX,es;q=0.9,en;q=0.5", "es")]
    [InlineData(null, "fr", "en")]
    [InlineData(null, null, "en")]
    [InlineData("es", "en", "es")]
    [InlineData("en", "es", "en")]
    public async Task A_page_is_in_the_language_that_was_chosen_or_else_asked_for(string? chosen, string? asked, string shown)
    {
        foreach (var guest in tour.Guests)
        {
            using var browser = tour.Portal.Visit(asked);
            foreach (Cookie cookie in guest.Browser.Cookies.GetAllCookies())
            {
                browser.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", tour.Portal.Address.Host));
            }

            if (chosen is not null)
            {
                var start = await browser.OpenAsync("/");
                await browser.PostAsync(start, start.Form("/account/language"), ("culture", chosen));
            }

            foreach (var sight in tour.OneOfAKind.Where(sight => sight.Who == guest))
            {
                var page = await browser.OpenAsync(sight.Page.Address);
                Assert.True(shown == page.Document.DocumentElement.GetAttribute("lang"), $"{sight} is in {page.Document.DocumentElement.GetAttribute("lang")}");
                Assert.Contains(PortalTexts.Of<CommonTexts>("FooterNotALicence", shown), page.Document.Body!.TextContent, StringComparison.Ordinal);
            }

            Assert.Equal(shown, (await browser.GetAsync("/no-such-page")).Document.DocumentElement.GetAttribute("lang"));
        }
    }

    private async Task EachFormAsync(Func<Sight, AngleSharp.Html.Dom.IHtmlFormElement, Task> send)
    {
        var forms = tour.Pages.SelectMany(sight => sight.Page.Posts.Select(form => (Sight: sight, Form: form))).DistinctBy(row => (row.Sight.Who, PortalPage.NameOf(row.Form))).ToList();
        Assert.True(forms.Count > 15, $"{forms.Count} forms");
        foreach (var (sight, form) in forms)
        {
            await send(sight, form);
        }
    }

    private static void AssertRefused(PortalPage answer, string which)
    {
        Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{which} answers {answer.Status}");
        Assert.True(answer.IsPage && answer.Heading == PortalTexts.Of<CommonTexts>("Problem400Title"), $"{which} says {answer.Text}");
        Assert.Contains(PortalTexts.Of<CommonTexts>("Problem400Text"), answer.Words, StringComparison.Ordinal);
    }

    private static string Header(PortalPage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : throw new KeyNotFoundException($"{answer.Address} has no {name}");

    private static string Masked(PortalPage page) => SameBytes.Masked(page);
}
