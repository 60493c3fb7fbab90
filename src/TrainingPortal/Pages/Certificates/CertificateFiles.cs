using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Pages.Certificates;

/// <summary>
/// Gives a person their own certificate as a PDF, in the language of the request, and as a signed file. What cannot be printed faithfully leads
/// back to the certificate's page, which says why and prints from the browser.
/// </summary>
public static partial class CertificateFiles
{
    public static IEndpointRouteBuilder MapCertificateFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/certificates/{serial}/pdf", DownloadAsync).ExcludeFromDescription();
        routes.MapGet("/me/certificates/{serial}/jwt", DownloadSignedAsync).ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> DownloadAsync(
        string serial,
        HttpContext context,
        ReadOwnCertificates read,
        IOptions<PortalOptions> portal,
        IStringLocalizer<CertificateTexts> texts,
        ILoggerFactory logs,
        CancellationToken cancellation)
    {
        if (!Serial.TryParse(serial, out var parsed) || await read.BySerialAsync(context.User.AsActor(), parsed, cancellation) is not { } own)
        {
            return Results.NotFound();
        }

        // A revoked certificate has no copy that looks good on paper; its page says why.
        if (own.Status == CertificateStatus.Revoked)
        {
            return Results.LocalRedirect($"/me/certificates/{parsed}");
        }

        context.Response.Headers.CacheControl = "private, no-store";
        try
        {
            var file = CertificatePdf.Render(CertificateWords.Content(own.Certificate, portal.Value, texts));
            return Results.File(file, "application/pdf", $"microneedling-{parsed}.pdf");
        }
        catch (CertificateNotPrintableException refusal)
        {
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
