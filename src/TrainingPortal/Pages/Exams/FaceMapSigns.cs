namespace TrainingPortal.Web.Pages.Exams;

/// <summary>The sign and the look of a verdict, the same in the drawing and in the list.</summary>
public static class FaceMapSigns
{
    /// <summary>Lines round the point 0 0, from -5 to 5 each way.</summary>
    public static string Path(FaceMapVerdict verdict) => verdict switch
    {
        FaceMapVerdict.Right => "M-4.2 .4L-1.2 3.4L4.2-3.2",
        FaceMapVerdict.TooShallow => "M0 3.6V-3.6M-3.2-.6L0-3.8L3.2-.6",
        FaceMapVerdict.TooDeep => "M0-3.6V3.6M-3.2 .6L0 3.8L3.2 .6",
        FaceMapVerdict.Unsafe => "M0-4.4V.9M0 4.1V4.2",
        FaceMapVerdict.LeftOutRightly => "M-4.4 0A4.4 4.4 0 1 1 4.4 0A4.4 4.4 0 1 1-4.4 0M-3.1 3.1L3.1-3.1",
        FaceMapVerdict.NotAnswered => "M-2.4-2.2A2.5 2.5 0 1 1 1.2 .1Q0 .7 0 1.8M0 4.3V4.4",
        FaceMapVerdict.Missed => "M-4 0H-1.6M1.6 0H4",
        FaceMapVerdict.WronglyPicked => "M-3.3-3.3L3.3 3.3M3.3-3.3L-3.3 3.3",
    };

    /// <summary>The plate the sign stands on, round the point 0 0, from -9 to 9 each way.</summary>
    public static string Plate(FaceMapVerdict verdict) => verdict switch
    {
        FaceMapVerdict.Right or FaceMapVerdict.LeftOutRightly => "M-9 0A9 9 0 1 1 9 0A9 9 0 1 1-9 0Z",
        FaceMapVerdict.Unsafe or FaceMapVerdict.WronglyPicked => "M-3.8-9.2H3.8L9.2-3.8V3.8L3.8 9.2H-3.8L-9.2 3.8V-3.8Z",
        FaceMapVerdict.TooShallow or FaceMapVerdict.TooDeep => "M0-10.4L10.4 0L0 10.4L-10.4 0Z",
        FaceMapVerdict.NotAnswered or FaceMapVerdict.Missed => "M-8.4-8.4H8.4V8.4H-8.4Z",
    };

    /// <summary>The class that gives the verdict its colours in app.css.</summary>
    public static string Tone(FaceMapVerdict verdict) => verdict switch
    {
        FaceMapVerdict.Right or FaceMapVerdict.LeftOutRightly => "face-good",
        FaceMapVerdict.TooShallow or FaceMapVerdict.TooDeep => "face-off",
        FaceMapVerdict.Unsafe or FaceMapVerdict.WronglyPicked => "face-harm",
        FaceMapVerdict.NotAnswered or FaceMapVerdict.Missed => "face-open",
    };
}
