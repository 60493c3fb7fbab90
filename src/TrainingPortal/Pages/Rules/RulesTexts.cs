namespace TrainingPortal.Web.Pages.Rules;

/// <summary>Texts of the pages that show the protocols and answer by them.</summary>
public sealed class RulesTexts;
