namespace TrainingPortal.Web.Pages.Verify;

/// <summary>The texts of the certificate check (<c>VerifyTexts*.resx</c>).</summary>
public sealed class VerifyTexts;
