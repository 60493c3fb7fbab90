using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Pages;

/// <summary>Whatever is sent in a form's fields, the answer is a page in words or leads to one, and never a fault.</summary>
public class MalformedFormTests(PageTour tour) : IClassFixture<PageTour>
{
    private static readonly (string What, Func<string, string?> Value)[] s_ways =
    [
        ("every field left out", _ => null),
        ("every field empty", _ => ""),
        ("every field huge", _ => new string('x', 100_000)),
        ("markup in every field", _ => "<script>alert(1)</script>\u202E{{7*7}}"),
        ("a number too long in every field", _ => new string('9', 40)),
        ("control letters in every field", _ => "\u0000\u0007\r\n."),
    ];

    [Fact]
    public async Task Every_form_withstands_what_no_browser_would_send()
    {
        var forms = tour.Pages
            .SelectMany(sight => sight.Page.Posts.Select(form => (Sight: sight, Form: form, Name: PortalPage.NameOf(form))))
            .Where(row => row.Name != "/account/sign-out")
            .DistinctBy(row => (row.Sight.Who, row.Name))
            .ToList();
        Assert.True(forms.Count > 15, $"{forms.Count} forms");

        foreach (var (sight, form, name) in forms)
        {
            foreach (var (what, value) in s_ways)
            {
                var fields = PortalPage.Fields(form).Select(field => field.Key).Distinct().Except([PortalVisitor.TokenField, "_handler"]);
                var answer = await sight.Who.Browser.PostAsync(sight.Page, form, [.. fields.Select(field => (field, value(field)))]);
                if (answer.Headers.Location is { } location)
                {
                    Assert.Equal(tour.Portal.Address.Authority, new Uri(tour.Portal.Address, location).Authority);
                }

                var page = await sight.Who.Browser.FollowAsync(answer);
                Assert.True((int)page.Status < 500, $"{name} on {sight}, {what}: {page.Status}");
                Assert.True(page.IsPage && page.Heading.Length > 0, $"{name} on {sight}, {what}: {page.Status} {page.MediaType}");
                Assert.Empty(page.Document.QuerySelectorAll("script:not([src])"));
            }
        }
    }

    [Fact]
    public async Task Every_filter_in_an_address_withstands_what_no_link_would_say()
    {
        var forms = tour.Pages
            .SelectMany(sight => sight.Page.Document.Forms.Where(form => !form.Method.Equals("post", StringComparison.OrdinalIgnoreCase)).Select(form => (Sight: sight, Form: form)))
            .DistinctBy(row => (row.Sight.Who, row.Form.GetAttribute("action") ?? row.Sight.Page.Address))
            .ToList();
        Assert.NotEmpty(forms);

        foreach (var (sight, form) in forms)
        {
            var target = (form.GetAttribute("action") is { Length: > 0 } action ? action : sight.Page.Address).Split('?', '#')[0];
            foreach (var (what, value) in s_ways.Where(way => way.What != "every field huge"))
            {
                var query = string.Join('&', PortalPage.Fields(form).Select(field => field.Key).Append("page").Append("q").Distinct().Where(field => value(field) is not null).Select(field => $"{Uri.EscapeDataString(field)}={Uri.EscapeDataString(value(field)!)}"));
                var page = await sight.Who.Browser.OpenAsync($"{target}?{query}");
                Assert.True((int)page.Status < 500, $"{target} as {sight.Who.Name}, {what}: {page.Status}");
                Assert.True(page.IsPage && page.Heading.Length > 0, $"{target} as {sight.Who.Name}, {what}: {page.Status} {page.MediaType}");
            }
        }
    }
}
