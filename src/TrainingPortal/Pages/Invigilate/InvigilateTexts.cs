namespace TrainingPortal.Web.Pages.Invigilate;

/// <summary>The texts of the invigilators' pages.</summary>
public sealed class InvigilateTexts;
