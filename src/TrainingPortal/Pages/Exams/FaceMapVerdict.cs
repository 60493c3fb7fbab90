namespace TrainingPortal.Web.Pages.Exams;

/// <summary>How the answer for one zone is judged. Each has its own word, sign and pattern, so none is told by colour alone.</summary>
public enum FaceMapVerdict
{
    /// <summary>The depth is in the right range, or the zone was rightly picked.</summary>
    Right,

    /// <summary>Shallower than the right range.</summary>
    TooShallow,

    /// <summary>Deeper than the right range.</summary>
    TooDeep,

    /// <summary>Would harm: needled where nobody may, or past what is safe.</summary>
    Unsafe,

    /// <summary>Not needled or not picked, and that is right.</summary>
    LeftOutRightly,

    /// <summary>The field was left empty.</summary>
    NotAnswered,

    /// <summary>Should have been picked and was not.</summary>
    Missed,

    /// <summary>Was picked and should not have been.</summary>
    WronglyPicked,
}
