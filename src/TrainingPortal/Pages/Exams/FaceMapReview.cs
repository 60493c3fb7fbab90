namespace TrainingPortal.Web.Pages.Exams;

/// <summary>What became of a person's answer for one zone.</summary>
/// <param name="Verdict">Told as a word, a sign and a pattern.</param>
/// <param name="Depth">What was set, in millimetres; 0 was left out, null was not answered. Not used for picked zones.</param>
/// <param name="From">The shallow end of the right range, in millimetres; null where the zone is never needled.</param>
/// <param name="To">The deep end of the right range, in millimetres; null where the zone is never needled.</param>
public sealed record FaceMapReview(FaceMapVerdict Verdict, decimal? Depth = null, decimal? From = null, decimal? To = null);
