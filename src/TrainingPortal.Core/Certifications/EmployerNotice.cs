namespace TrainingPortal.Certifications;

/// <summary>
/// That an employer is to be told of a reminder to one of their people: one row for each employer, certificate and stage, by
/// the key. It is added with the reminder, and waits for the one mail of the employer's day.
/// </summary>
public sealed class EmployerNotice
{
    private EmployerNotice()
    {
    }

    /// <param name="employerId">The person to be told.</param>
    /// <param name="certificateId">Of one of their people.</param>
    /// <param name="daysBefore">Days before the last valid day; 0 is the first day after it.</param>
    /// <param name="now">UTC.</param>
    /// <param name="waitsUntil">UTC: not before that.</param>
    public EmployerNotice(Guid employerId, Guid certificateId, int daysBefore, DateTime now, DateTime waitsUntil)
    {
        EmployerId = employerId;
        CertificateId = certificateId;
        DaysBefore = daysBefore;
        DecidedAt = now;
        WaitsUntil = waitsUntil;
    }

    public Guid EmployerId { get; private init; }

    public Guid CertificateId { get; private init; }

    /// <summary>Days before the last valid day; 0 is the first day after it.</summary>
    public int DaysBefore { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime DecidedAt { get; private init; }

    /// <summary>UTC: when it is looked at next; none once it is settled.</summary>
    public DateTime? WaitsUntil { get; private set; }

    /// <summary>False: it waits, or there was nothing to tell any more when its turn came.</summary>
    public bool Mailed { get; private set; }

    /// <param name="instant">UTC.</param>
    public void Wait(DateTime instant) => WaitsUntil = instant;

    /// <param name="mailed">False: the certificate was renewed or revoked meanwhile, or the person is not in the organisation any more.</param>
    public void Settle(bool mailed)
    {
        WaitsUntil = null;
        Mailed = mailed;
    }
}
