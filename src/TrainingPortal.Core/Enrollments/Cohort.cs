using TrainingPortal.Accounts;

namespace TrainingPortal.Enrollments;

/// <summary>Trainees of an organisation who learn for one programme at the same time.</summary>
public sealed class Cohort
{
    /// <summary>Letters at most.</summary>
    public const int NameLength = 100;

    /// <summary>Members and open invitations at most, so that where each stands can be read as a whole.</summary>
    public const int MostPeople = 1000;

    private Cohort()
    {
    }

    public Cohort(Guid organisationId, string name, string programmeSlug, Guid createdById, DateOnly? targetDay, DateTime now)
    {
        Id = Guid.CreateVersion7(now);
        OrganisationId = organisationId;
        Name = name;
        NormalizedName = Organisation.Normalize(name);
        ProgrammeSlug = programmeSlug;
        CreatedById = createdById;
        TargetDay = targetDay;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganisationId { get; private init; }

    /// <summary>Unique in the organisation, whatever the capitals.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The name in capitals, which the unique index is on.</summary>
    public string NormalizedName { get; private init; } = "";

    /// <summary>The programme whose courses its members are enrolled in.</summary>
    public string ProgrammeSlug { get; private init; } = "";

    public Guid CreatedById { get; private init; }

    /// <summary>The day by which all are meant to have passed; none where none was set.</summary>
    public DateOnly? TargetDay { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private init; }
}

/// <summary>A trainee of a cohort.</summary>
public sealed class CohortMember
{
    public Guid CohortId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>UTC: when the invitation was accepted.</summary>
    public DateTime JoinedAt { get; init; }
}
