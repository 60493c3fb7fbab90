namespace TrainingPortal.Web.Pages.Practice;

/// <summary>Texts of practice.</summary>
public sealed class PracticeTexts;
