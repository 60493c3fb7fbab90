namespace TrainingPortal.Web.Pages.People;

/// <summary>The texts of people and organisations, for administrators (<c>PeopleTexts*.resx</c>).</summary>
public sealed class PeopleTexts;
