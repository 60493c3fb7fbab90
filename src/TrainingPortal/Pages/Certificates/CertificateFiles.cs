using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Pages.Certificates;

/// <summary>
/// Gives a person their own certificate as a file: the PDF in the language of the request, the badge, and the signed credential by
/// itself. What cannot be printed faithfully leads back to the certificate's page, which says why and prints from the browser.
/// </summary>
public static partial class CertificateFiles
{
    public static IEndpointRouteBuilder MapCertificateFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapDownload(CertificateFileKind.Pdf, "pdf", "application/pdf");
        routes.MapDownload(CertificateFileKind.Png, "png", "image/png");
        routes.MapDownload(CertificateFileKind.Svg, "svg", "image/svg+xml");
        routes.MapGet("/me/certificates/{serial}/jwt", DownloadSignedAsync).ExcludeFromDescription();
        return routes;
    }

    private static void MapDownload(this IEndpointRouteBuilder routes, CertificateFileKind kind, string ending, string mediaType) => routes
        .MapGet($"/me/certificates/{{serial}}/{ending}", (
            string serial,
            HttpContext context,
            ReadCertificateFile read,
            IOptions<PortalOptions> portal,
            IStringLocalizer<CertificateTexts> texts,
            ILoggerFactory logs,
            CancellationToken cancellation) => DownloadAsync(kind, ending, mediaType, serial, context, read, portal.Value, texts, logs, cancellation))
        .ExcludeFromDescription();

    private static async Task<IResult> DownloadAsync(
        CertificateFileKind kind,
        string ending,
        string mediaType,
        string serial,
        HttpContext context,
        ReadCertificateFile read,
        PortalOptions portal,
        IStringLocalizer<CertificateTexts> texts,
        ILoggerFactory logs,
        CancellationToken cancellation)
    {
        if (!Serial.TryParse(serial, out var parsed))
        {
            return Results.NotFound();
        }

        try
        {
            var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            var answer = await read.RunAsync(
                context.User.AsActor(), parsed, kind, language, certificate => CertificateWords.Content(certificate, portal, texts), cancellation);
            switch (answer.Refusal)
            {
                case ReadCertificateFileRefusal.NotFound:
                    return Results.NotFound();
                case ReadCertificateFileRefusal.Revoked or ReadCertificateFileRefusal.NotSignedYet:
                    // Its page says why, and offers the files in a minute.
                    return Results.LocalRedirect($"/me/certificates/{parsed}");
            }

            context.Response.Headers.CacheControl = "private, no-store";
            return Results.File(answer.Value.Bytes, mediaType, $"microneedling-{parsed}.{ending}");
        }
        catch (CertificateNotPrintableException refusal)
        {
            context.Response.Headers.CacheControl = "private, no-store";
            LogNotPrintable(logs.CreateLogger(typeof(CertificateFiles)), refusal, parsed.ToString());
            return Results.LocalRedirect($"/me/certificates/{parsed}?pdf={refusal.Reason}");
        }
    }

    // Also of a revoked one: the bytes say nothing new, and whoever checks them reads the status list.
    private static async Task<IResult> DownloadSignedAsync(string serial, HttpContext context, ReadCredential read, CancellationToken cancellation)
    {
        if (!Serial.TryParse(serial, out var parsed) || await read.OwnAsync(context.User.AsActor(), parsed, cancellation) is not { } credential)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(Encoding.ASCII.GetBytes(credential.Jws), "text/plain", $"microneedling-{parsed}.jwt");
    }

    // The exception says which letter or font is missing, and what to install.
    [LoggerMessage(Level = LogLevel.Warning, Message = "No PDF of certificate {Serial}")]
    private static partial void LogNotPrintable(ILogger log, Exception reason, string serial);
}
