namespace TrainingPortal.Web.Pages.Exams;

/// <summary>A zone that a face map asks about.</summary>
/// <param name="Code">As in <c>courses/protocols/zones.yaml</c>. One that a face does not show stands in the list only.</param>
/// <param name="Name">As the course files have it, in English.</param>
public sealed record FaceMapZone(string Code, string Name);
