namespace TrainingPortal.Web.Pages.Practicals;

/// <summary>The texts of the pages of practicals, the assessors' and the candidates'.</summary>
public sealed class PracticalTexts;
