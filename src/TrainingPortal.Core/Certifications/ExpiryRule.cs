namespace TrainingPortal.Certifications;

/// <summary>From when a certificate's months are counted.</summary>
public enum ExpiryRule
{
    /// <summary>From the day of the pass, also at a renewal: whoever renews early loses the days that were left.</summary>
    Completion,

    /// <summary>An early renewal counts from the old end, and keeps the anniversary; a late one from the day of the pass.</summary>
    OldExpiry,

    /// <summary>Everybody's end on the same day of the year: the last one within the months, or the next after the least months.</summary>
    FixedDay,
}
