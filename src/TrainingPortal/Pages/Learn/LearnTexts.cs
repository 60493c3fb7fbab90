namespace TrainingPortal.Web.Pages.Learn;

/// <summary>The texts of courses, lessons and the trainee's own page.</summary>
public sealed class LearnTexts;
