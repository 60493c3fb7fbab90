namespace TrainingPortal.Web.Pages.Exams;

/// <summary>
/// One zone as it is drawn. Lengths are units of <see cref="FaceMapZones.Width"/> by <see cref="FaceMapZones.Height"/>.
/// </summary>
/// <param name="Zone">The zone's code in <c>courses/protocols/zones.yaml</c>.</param>
/// <param name="Paired">The path is the right half's (the viewer's right), and its mirror image belongs to the zone too.</param>
/// <param name="TagX">The middle of the zone's number tag.</param>
/// <param name="TagY">The middle of the zone's number tag.</param>
/// <param name="Path">Absolute M, C and Z only; a second run of them cuts a hole (even-odd).</param>
/// <param name="PointX">Where the line from the tag ends, in a zone too small to hold its tag.</param>
/// <param name="PointY">Where the line from the tag ends.</param>
public sealed record FaceMapShape(string Zone, bool Paired, int TagX, int TagY, string Path, int? PointX = null, int? PointY = null);
