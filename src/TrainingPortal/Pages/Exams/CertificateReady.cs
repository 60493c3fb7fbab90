using TrainingPortal.Certifications;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Pages.Exams;

/// <summary>Tells the result page's script whether the certificate is there: 200 if so, 204 while it is being made.</summary>
public static class CertificateReady
{
    public static IEndpointRouteBuilder MapCertificateReady(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/attempts/{id:guid}/certificate", async (Guid id, HttpContext context, ReadOwnCertificates read, CancellationToken cancellation) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return await read.ForAttemptAsync(context.User.AsActor(), id, cancellation) is { } serial
                ? Results.Text(serial.ToString())
                : Results.NoContent();
        }).ExcludeFromDescription();
        return routes;
    }
}
