namespace TrainingPortal.Web.Components.Shared;

/// <summary>The words of the <see cref="Pager"/>.</summary>
public sealed class PagerTexts;
