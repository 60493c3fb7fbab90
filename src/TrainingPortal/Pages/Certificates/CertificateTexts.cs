namespace TrainingPortal.Web.Pages.Certificates;

/// <summary>The texts of a person's own certificates, on the page and on paper (<c>CertificateTexts*.resx</c>).</summary>
public sealed class CertificateTexts;
