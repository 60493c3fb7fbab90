namespace TrainingPortal.Web.Pages.Admin;

/// <summary>The texts of the administrators' pages.</summary>
public sealed class AdminTexts;
