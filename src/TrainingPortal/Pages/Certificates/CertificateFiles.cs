namespace TrainingPortal.Web.Pages.Certificates;

public static class CertificateFiles
{
    public static IEndpointRouteBuilder MapCertificateFiles(this IEndpointRouteBuilder routes) => routes;
}
