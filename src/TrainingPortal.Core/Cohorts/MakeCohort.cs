using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

public enum MakeCohortRefusal
{
    /// <summary>None of the actor's own.</summary>
    OrganisationNotFound,

    ProgrammeNotFound,

    /// <summary>Empty, too long, or more than one line.</summary>
    NameMissing,

    /// <summary>The organisation has another cohort of this name.</summary>
    NameTaken,

    TargetDayPast,
}

/// <summary>Makes a cohort in an organisation of the actor; asked twice for the same, it leads to the same.</summary>
public sealed class MakeCohort(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, MakeCohortRefusal>> RunAsync(Actor actor, Guid organisationId, string name, string programmeSlug, DateOnly? targetDay, CancellationToken cancellation)
    {
        actor.Demand(Act.RunCohorts);
        name = name.Trim();
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.OrganisationMembers.AnyAsync(member => member.OrganisationId == organisationId && member.PersonId == actor.PersonId, cancellation))
        {
            return MakeCohortRefusal.OrganisationNotFound;
        }

        if (!await database.Courses.AnyAsync(course => course.ProgrammeSlug == programmeSlug && !course.Retired, cancellation))
        {
            return MakeCohortRefusal.ProgrammeNotFound;
        }

        if (name.Length is 0 or > Cohort.NameLength || !PlainText.IsOneLine(name))
        {
            return MakeCohortRefusal.NameMissing;
        }

        // A day's grace, since it may still be yesterday where the instructor is.
        if (targetDay < DateOnly.FromDateTime(now).AddDays(-1))
        {
            return MakeCohortRefusal.TargetDayPast;
        }

        var cohort = new Cohort(organisationId, name, programmeSlug, actor.PersonId, targetDay, now);
        database.Cohorts.Add(cohort);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "cohort made", cohort.Id.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            var there = await database.Cohorts.AsNoTracking().FirstAsync(row => row.OrganisationId == organisationId && row.NormalizedName == cohort.NormalizedName, cancellation);
            return there.CreatedById == actor.PersonId && there.ProgrammeSlug == programmeSlug && there.TargetDay == targetDay ? there.Id : MakeCohortRefusal.NameTaken;
        }

        return cohort.Id;
    }
}
