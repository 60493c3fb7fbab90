namespace TrainingPortal.Protocols;

/// <summary>Where the tip of a needle of a given length ends if it goes in to its whole length.</summary>
public enum NeedleReach
{
    /// <summary>In the epidermis, wherever the zone's skin was measured.</summary>
    Epidermis,

    /// <summary>Past the thinnest epidermis measured, not past the thickest.</summary>
    EpidermisOrDermis,

    /// <summary>In the dermis.</summary>
    Dermis,

    /// <summary>Past the thinnest dermis measured, not past the thickest.</summary>
    DermisOrBelow,

    /// <summary>Below the skin, wherever the zone's skin was measured.</summary>
    BelowSkin,
}

/// <summary>How a depth compares with what the course teaches for a zone.</summary>
public enum DepthJudgement
{
    /// <summary>The zone is never treated.</summary>
    NeverTreated,

    /// <summary>Shallower than the range taught.</summary>
    TooShallow,

    /// <summary>Within the range taught, both ends included.</summary>
    Taught,

    /// <summary>Deeper than the range taught.</summary>
    TooDeep,
}

/// <summary>Pure arithmetic on a <see cref="SkinZone"/>; depths are micrometres.</summary>
public static class NeedleDepth
{
    public static NeedleReach Reach(SkinZone zone, int depth)
    {
        if (depth <= zone.EpidermisFrom)
        {
            return NeedleReach.Epidermis;
        }

        if (depth <= zone.EpidermisTo)
        {
            return NeedleReach.EpidermisOrDermis;
        }

        if (depth <= zone.EpidermisFrom + zone.DermisFrom)
        {
            return NeedleReach.Dermis;
        }

        return depth <= zone.EpidermisTo + zone.DermisTo ? NeedleReach.DermisOrBelow : NeedleReach.BelowSkin;
    }

    public static DepthJudgement Judge(SkinZone zone, int depth)
    {
        if (!zone.Treat || zone.TeachFrom is not { } from || zone.TeachTo is not { } to)
        {
            return DepthJudgement.NeverTreated;
        }

        if (depth < from)
        {
            return DepthJudgement.TooShallow;
        }

        return depth <= to ? DepthJudgement.Taught : DepthJudgement.TooDeep;
    }
}
