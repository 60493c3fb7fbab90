namespace TrainingPortal.Web.Components;

/// <summary>Marks a page that holds an interactive island: only such pages load the Blazor script.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HasIslandAttribute : Attribute;
