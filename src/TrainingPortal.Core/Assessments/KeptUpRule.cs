namespace TrainingPortal.Assessments;

/// <summary>What keeping up practice earns: a shorter exam at the renewal. The figures are the school's own.</summary>
/// <param name="SetsAWeek">Whole practice sets that make a week kept up.</param>
/// <param name="WeeksPercent">Per cent of the weeks since the pass that must be kept up.</param>
/// <param name="ItemsPercent">Per cent of the exam's items, and of its minutes, that are left.</param>
public sealed record KeptUpRule(int SetsAWeek, int WeeksPercent, int ItemsPercent)
{
    /// <summary>Sets that make a week kept up where no exam says it.</summary>
    public const int UsualSetsAWeek = 2;
}

/// <summary>The two forms of an exam: the whole one, and the one that keeping up practice earns at a renewal.</summary>
/// <param name="KeptUp">None before there is a pass to renew.</param>
public sealed record RenewalForms(KeptUpRule Rule, KeptUp? KeptUp, int Items, int Minutes, int ShorterItems, int ShorterMinutes)
{
    /// <param name="exam">In its whole form.</param>
    /// <param name="rule">Its own.</param>
    /// <param name="keptUp">Of the person.</param>
    internal static RenewalForms Of(Quiz exam, KeptUpRule rule, KeptUp? keptUp) => new(
        rule,
        keptUp,
        exam.ItemCount,
        exam.Minutes ?? 0,
        ShorterExam.Blueprint(exam.Blueprint, rule.ItemsPercent).Sum(row => row.Items),
        ShorterExam.Minutes(exam.Minutes ?? 0, rule.ItemsPercent));
}

/// <summary>How many weeks a person kept up practice since the pass that they renew.</summary>
/// <param name="Weeks">Kept up.</param>
/// <param name="Of">All weeks that count.</param>
public sealed record KeptUp(KeptUpRule Rule, int Weeks, int Of)
{
    /// <summary>Compared in whole parts, so that no rounding decides; of no week at all, none was kept up.</summary>
    public bool Earned => Of > 0 && Weeks * 100 >= Rule.WeeksPercent * Of;
}
