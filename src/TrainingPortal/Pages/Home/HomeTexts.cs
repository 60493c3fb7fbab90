namespace TrainingPortal.Web.Pages.Home;

/// <summary>The texts of the start page (<c>HomeTexts*.resx</c>).</summary>
public sealed class HomeTexts;
