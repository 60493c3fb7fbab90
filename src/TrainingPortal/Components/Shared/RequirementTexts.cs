namespace TrainingPortal.Web.Components.Shared;

/// <summary>The words for what a programme asks for and what of it is missing.</summary>
public sealed class RequirementTexts;
