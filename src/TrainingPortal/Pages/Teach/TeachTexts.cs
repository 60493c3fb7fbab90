namespace TrainingPortal.Web.Pages.Teach;

/// <summary>The texts of the instructors' pages.</summary>
public sealed class TeachTexts;
