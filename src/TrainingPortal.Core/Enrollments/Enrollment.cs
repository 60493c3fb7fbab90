namespace TrainingPortal.Enrollments;

/// <summary>
/// A person on a course, for one cycle: the first, or a renewal. Progress and attempts belong to a cycle, so that a
/// renewal never touches what came before.
/// </summary>
public sealed class Enrollment
{
    private Enrollment()
    {
    }

    public Enrollment(Guid personId, Guid courseId, int cycle, DateTime now)
    {
        Id = Guid.CreateVersion7(now);
        PersonId = personId;
        CourseId = courseId;
        Cycle = cycle;
        EnrolledAt = now;
    }

    /// <summary>A cycle that repeats one part of a certificate.</summary>
    public static Enrollment ForPart(Guid personId, Guid courseId, int cycle, Guid certificateId, DateTime now) =>
        new(personId, courseId, cycle, now) { RenewsCertificateId = certificateId };

    public void SettleRenewal()
    {
        RenewsCertificateId = null;
        Revision++;
    }

    /// <summary>A corrected certificate took the place of the one whose part this cycle repeats.</summary>
    public void RenewInstead(Guid certificateId)
    {
        RenewsCertificateId = certificateId;
        Revision++;
    }

    public Guid Id { get; private init; }

    public Guid PersonId { get; private init; }

    public Guid CourseId { get; private init; }

    /// <summary>Counts the changes: of two copies of the job, one settles a renewal.</summary>
    public int Revision { get; private set; }

    /// <summary>From 1; one more with each renewal.</summary>
    public int Cycle { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime EnrolledAt { get; private init; }

    /// <summary>
    /// The certificate whose part this cycle repeats, until the certificate was made anew for it; none in any other cycle.
    /// The filtered index on it is how the job finds what it has to look at.
    /// </summary>
    public Guid? RenewsCertificateId { get; private set; }

    public List<LessonRead> LessonsRead { get; } = [];
}

/// <summary>A lesson that the person marked as read.</summary>
public sealed class LessonRead
{
    public Guid EnrollmentId { get; init; }

    public Guid LessonId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime ReadAt { get; init; }
}
