using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;

namespace TrainingPortal.Web.Api;

/// <summary>
/// What signed credentials are checked with: the credentials themselves, status lists, public keys. Anyone may ask from any
/// site; nothing sets a cookie, and everything may be kept for a while.
/// </summary>
public static class CredentialFiles
{
    private const int FiveMinutes = 300;
    private const int Hour = 3600;
    private const int Day = 86_400;

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapCredentialFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        files.MapMethods("/credentials/{award:guid}", s_reading, NewestAsync);
        files.MapMethods("/credentials/{award:guid}/{serial}", s_reading, IssueAsync);
        files.MapMethods("/credentials/status/{list:int}", s_reading, StatusListAsync);
        files.MapMethods("/keys/{thumbprint}", s_reading, KeyAsync);
        files.MapMethods("/.well-known/jwks.json", s_reading, KeysAsync);
        files.MapMethods("/.well-known/did.json", s_reading, DidAsync);
        files.MapMethods("/achievements/{slug}.json", s_reading, AchievementAsync);
        return routes;
    }

    /// <summary>One address for the definition of an achievement: programs get data, and people, whose browsers ask for it, the page.</summary>
    public static IApplicationBuilder UseAchievementNegotiation(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/achievements", out var rest) && rest.Value is { Length: > 1 } && !rest.Value.EndsWith(".json", StringComparison.Ordinal))
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
            if (HttpMethods.IsHead(request.Method) || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            {
                request.Path += ".json";
            }
        }

        return next(context);
    });

    private static async Task<IResult> NewestAsync(Guid award, HttpContext context, ReadCredential read, CancellationToken cancellation)
    {
        var issues = await read.RunAsync(award, cancellation);
        return issues.FirstOrDefault(issue => issue.Counts) is { } newest ? Signed(context, newest)
            : issues.Count > 0 ? Nothing(context, StatusCodes.Status410Gone, "This award was withdrawn.")
            : Unknown(context);
    }

    private static async Task<IResult> IssueAsync(Guid award, string serial, HttpContext context, ReadCredential read, CancellationToken cancellation) =>
        Serial.TryParse(serial, out var parsed) && (await read.RunAsync(award, cancellation)).FirstOrDefault(issue => issue.Serial == parsed.Value) is { } found
            ? Signed(context, found)
            : Unknown(context);

    private static async Task<IResult> StatusListAsync(int list, HttpContext context, ReadStatusList read, CancellationToken cancellation) =>
        await read.RunAsync(list, cancellation) is { } found ? File(context, Encoding.ASCII.GetBytes(found.Jwt), "text/plain", FiveMinutes) : Unknown(context);

    private static async Task<IResult> KeyAsync(string thumbprint, HttpContext context, ReadKeys read, IOptions<PortalOptions> portal, CancellationToken cancellation) =>
        await read.ByThumbprintAsync(thumbprint, cancellation) is { } key
            ? File(context, JsonBytes.Write(json => JsonWebKey.WritePublished(json, key.PublicJwk, Issuer.KeyAddress(portal.Value, key.Thumbprint))), "application/jwk+json", Day)
            : Unknown(context);

    private static async Task<IResult> KeysAsync(HttpContext context, ReadKeys read, IOptions<PortalOptions> portal, CancellationToken cancellation) =>
        File(context, PublishedKeys.WriteSet(await read.PublishedAsync(cancellation), portal.Value), "application/jwk-set+json", Hour);

    private static async Task<IResult> DidAsync(HttpContext context, ReadKeys read, IOptions<PortalOptions> portal, CancellationToken cancellation) =>
        File(context, PublishedKeys.WriteDid(await read.PublishedAsync(cancellation), portal.Value), "application/did+json", Hour);

    private static async Task<IResult> AchievementAsync(string slug, HttpContext context, ReadAchievement read, IOptions<PortalOptions> portal, CancellationToken cancellation) =>
        await read.RunAsync(slug, cancellation) is { } achievement
            ? File(context, AchievementJson.Write(portal.Value, achievement), "application/ld+json", Hour)
            : Unknown(context);

    private static IResult Signed(HttpContext context, SignedCredential credential) => File(context, Encoding.ASCII.GetBytes(credential.Jws), "text/plain", FiveMinutes);

    private static IResult File(HttpContext context, byte[] bytes, string type, int seconds)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.CacheControl = $"public, max-age={seconds}";
        return Results.Bytes(bytes, type, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\""));
    }

    private static IResult Unknown(HttpContext context) => Nothing(context, StatusCodes.Status404NotFound, "There is nothing here.");

    // A body of its own, since a page of problems would be one that sets cookies.
    private static IResult Nothing(HttpContext context, int status, string sentence)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(sentence, "text/plain", Encoding.UTF8, status);
    }
}
