using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>Who gets an answer where: what is public is a written list, and everything else asks to sign in.</summary>
public class AddressTests(SharedPortal shared)
{
    // A line here is a decision: anyone on the internet may ask this.
    private static readonly string[] s_public =
    [
        "GET /api/v1/certificates/{serial}",
        "GET /courses/{course}/figures/{**path}",
        "GET /openapi/v1.json",
        "GET, HEAD /.well-known/did.json",
        "GET, HEAD /.well-known/jwks.json",
        "GET, HEAD /achievements/{slug}.json",
        "GET, HEAD /credentials/status/{list:int}",
        "GET, HEAD /credentials/{award:guid}",
        "GET, HEAD /credentials/{award:guid}/{serial}",
        "GET, HEAD /keys/{thumbprint}",
        "GET, POST /",
        "GET, POST /account/check-mail",
        "GET, POST /account/confirm",
        "GET, POST /account/forgot-password",
        "GET, POST /account/invitation/{Token}",
        "GET, POST /account/register",
        "GET, POST /account/reset-password",
        "GET, POST /account/reset-sent",
        "GET, POST /account/sign-in",
        "GET, POST /achievements/{Slug}",
        "GET, POST /courses/{Slug}",
        "GET, POST /problem/{Status:int}",
        "GET, POST /rules/places",
        "GET, POST /verify",
        "GET, POST /verify/{Typed}",
        "POST /account/language",
        "POST /account/sign-out",
        "any /health/live",
        "any /health/ready",
        "any {*path}",
    ];

    [Fact]
    public async Task What_anyone_may_ask_is_a_written_list()
    {
        var portal = await shared.GetAsync();

        var open = portal.Endpoints
            .Where(endpoint => IsPublic(endpoint) && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => $"{Methods(endpoint)} {Address(endpoint)}")
            .Distinct();

        Assert.Equal(s_public, open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Files_that_anyone_may_load_are_those_of_wwwroot()
    {
        var portal = await shared.GetAsync();
        var root = RepositoryFolder.Path("src", "TrainingPortal", "wwwroot");

        var files = portal.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>()).OfType<StaticAssetDescriptor>().Select(asset => asset.AssetPath).Distinct().ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(root, file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file)), file));
    }

    [Fact]
    public async Task Everything_else_shows_a_signed_out_visitor_the_sign_in_page()
    {
        var portal = await shared.GetAsync();
        using var visitor = portal.Visit();
        var closed = portal.Endpoints.Where(endpoint => !IsPublic(endpoint) && Answers(endpoint, "GET")).Select(Example).Distinct().ToList();
        Assert.True(closed.Count > 8, string.Join('\n', closed));

        foreach (var address in closed)
        {
            var answer = await visitor.GetAsync(address);
            if (address.StartsWith("/_blazor", StringComparison.Ordinal) && answer.Status == HttpStatusCode.Unauthorized)
            {
                // No person is led there; the script that is has no use for a page.
                continue;
            }

            Assert.True(answer.Status == HttpStatusCode.Found, $"{address} answers {answer.Status}");
            Assert.Equal($"/account/sign-in?returnUrl={Uri.EscapeDataString(address)}", answer.Headers.Location!.PathAndQuery);
        }

        var page = await visitor.OpenAsync("/me");
        Assert.Equal((HttpStatusCode.OK, PortalTexts.Of<CommonTexts>("SignIn")), (page.Status, page.Heading));
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/no-such-file.txt")]
    [InlineData("/favicon.ico")]
    [InlineData("/courses/no-such-course")]
    [InlineData("/courses/safe-practice/figures/no-such-figure.svg")]
    [InlineData("/.env")]
    [InlineData("/teach/../no-such-page")]
    public async Task What_is_not_there_is_not_there_for_anyone(string address)
    {
        var portal = await shared.GetAsync();
        using var visitor = portal.Visit();

        var answer = await visitor.GetAsync(address);

        Assert.Equal((HttpStatusCode.NotFound, PortalTexts.Of<CommonTexts>("Problem404Title")), (answer.Status, answer.IsPage ? answer.Heading : answer.Text));
    }

    [Fact]
    public async Task After_signing_in_a_person_is_where_they_wanted_to_be_and_never_on_another_site()
    {
        var portal = await shared.GetAsync();
        await portal.Data.AddPersonAsync("returning@example.org");
        foreach (var (wanted, reached) in new[] { ("/me/certificates", "/me/certificates"), ("//evil.example/", "/me"), ("https://evil.example/", "/me"), ("/\\evil.example", "/me") })
        {
            using var visitor = portal.Visit();
            var page = await visitor.OpenAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(wanted)}");

            var answer = await visitor.PostAsync(page, page.Form("sign-in"), ("Input.Email", "returning@example.org"), ("Input.Password", DataFolder.Password));

            Assert.Equal((portal.Address.Authority, reached), (new Uri(portal.Address, answer.Headers.Location!).Authority, new Uri(portal.Address, answer.Headers.Location!).AbsolutePath));
        }
    }

    private static bool IsPublic(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } some ? string.Join(", ", some.HttpMethods.Order(StringComparer.Ordinal)) : "any";

    private static bool Answers(RouteEndpoint endpoint, string method) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } some || some.HttpMethods.Contains(method);

    private static string Address(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText is { } text && (text.StartsWith('/') || text.StartsWith('{')) ? text : "/" + endpoint.RoutePattern.RawText;

    // An address of that kind where nothing is.
    private static string Example(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => "0193f1c2-0000-7000-8000-000000000000",
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "int") => "404",
            _ => "something",
        }))));
}
