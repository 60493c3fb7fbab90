namespace TrainingPortal.Web.Pages.Cohorts;

/// <summary>The texts of cohorts, for instructors (<c>CohortTexts*.resx</c>).</summary>
public sealed class CohortTexts;
