namespace TrainingPortal.Assessments;

/// <summary>
/// Marks for saying how sure one is, in practice: right earns more the surer the person was, and wrong costs more. Saying
/// what one truly thinks earns most: "high" from four in five right on, "low" up to two in three. It counts for nothing else.
/// </summary>
public static class CertaintyMark
{
    /// <summary>1, 2 or 3 for right; 0, -2 or -6 for wrong.</summary>
    public static int Of(Certainty certainty, bool right) => certainty switch
    {
        Certainty.Low => right ? 1 : 0,
        Certainty.Middle => right ? 2 : -2,
        Certainty.High => right ? 3 : -6,
    };
}
