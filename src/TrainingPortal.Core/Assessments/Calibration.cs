namespace TrainingPortal.Assessments;

/// <summary>What a person's certainty was worth.</summary>
public enum CalibrationVerdict
{
    /// <summary>Below <see cref="Calibration.EnoughAnswers"/>.</summary>
    TooFew,

    WellJudged,

    /// <summary>They would have earned more marks by being less sure.</summary>
    TooSure,

    /// <summary>They would have earned more marks by being surer.</summary>
    TooUnsure,
}

/// <summary>Answers that a person gave with one certainty, and how many of them were right.</summary>
public sealed record CertaintyShare(Certainty Certainty, int Right, int Of);

/// <summary>Compares how sure a person was with how often they were right. Pure.</summary>
public static class Calibration
{
    /// <summary>Answers with a certainty; fewer say nothing.</summary>
    public const int EnoughAnswers = 10;

    /// <summary>Weeks whose answers are looked at: a set alone is too short.</summary>
    public const int Weeks = 12;

    /// <summary>
    /// Each level's answers are held against the level that would have earned the most marks for the share of them that was
    /// right; the verdict is that of most answers, and of equally many the milder.
    /// </summary>
    public static CalibrationVerdict Judge(IReadOnlyCollection<CertaintyShare> shares)
    {
        if (shares.Sum(share => share.Of) < EnoughAnswers)
        {
            return CalibrationVerdict.TooFew;
        }

        return shares
            .GroupBy(Judge)
            .OrderByDescending(group => group.Sum(share => share.Of))
            .ThenBy(group => group.Key)
            .First()
            .Key;
    }

    private static CalibrationVerdict Judge(CertaintyShare share)
    {
        var most = Enum.GetValues<Certainty>().Max(Marks);
        return Marks(share.Certainty) == most ? CalibrationVerdict.WellJudged
            : Enum.GetValues<Certainty>().First(level => Marks(level) == most) < share.Certainty ? CalibrationVerdict.TooSure
            : CalibrationVerdict.TooUnsure;

        int Marks(Certainty level) => (CertaintyMark.Of(level, right: true) * share.Right) + (CertaintyMark.Of(level, right: false) * (share.Of - share.Right));
    }
}
