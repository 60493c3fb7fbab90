using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;
using TrainingPortal.Practicals;

namespace TrainingPortal.Tests.Support;

/// <summary>
/// A day of practicals: the small school with an organisation, a cohort with a candidate in it, two assessors, and a
/// checklist of five steps of which two are critical. Three of four others pass.
/// </summary>
internal sealed class MarkingDay : IAsyncDisposable
{
    public const string Slug = "clean-hands";

    private MarkingDay(School school, Guid organisation, Guid cohort, Actor candidate, Actor assessor, Actor colleague) =>
        (School, Organisation, Cohort, Candidate, Assessor, Colleague) = (school, organisation, cohort, candidate, assessor, colleague);

    public School School { get; }

    public Guid Organisation { get; }

    public Guid Cohort { get; }

    public Actor Candidate { get; }

    public Actor Assessor { get; }

    public Actor Colleague { get; }

    public TestDatabase Database => School.Database;

    public static IReadOnlyList<PracticalStep> Steps { get; } =
    [
        new("hands", "Cleans hands.", Critical: true),
        new("lays-out", "Lays out everything.", Critical: false),
        new("gloves", "Puts on gloves.", Critical: false),
        new("record", "Writes the record.", Critical: false),
        new("ejects", "Ejects into the box.", Critical: true),
    ];

    public StartMarking StartMarking => new(Database, School.Clock);

    public StartSecondMarking StartSecondMarking => new(Database, School.Clock);

    public SaveMark SaveMark => new(Database, School.Clock);

    public SignOffMarking SignOffMarking => new(Database, School.Clock);

    public BreakOffMarking BreakOffMarking => new(Database, School.Clock);

    public ReadMarking ReadMarking => new(Database, School.Clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="twicePercent">Per cent of the markings for which a second assessor is asked.</param>
    public static async Task<MarkingDay> OpenAsync(int twicePercent = 0)
    {
        var school = await School.OpenAsync();
        var (candidate, assessor, colleague) = (await school.TraineeAsync("Cora Vidal"), await AssessorAsync(school, "Asa Lind"), await AssessorAsync(school, "Cole Berg"));
        await school.EnrolAsync(candidate);
        await using var database = school.Database.CreateDbContext();
        var course = await database.Courses.SingleAsync(Cancellation);
        database.Practicals.Add(new Practical { Id = Guid.CreateVersion7(school.Now), Slug = Slug, CourseId = course.Id, Title = "Clean hands", Setup = "A sink.", Steps = Steps, PassPercent = 66, TwicePercent = twicePercent, Minutes = 10, Sources = ["S1"] });
        var (organisation, cohort) = await AddCohortAsync(database, school, "Skin School", assessor, [assessor, colleague], [candidate]);
        return new MarkingDay(school, organisation, cohort, candidate, assessor, colleague);
    }

    public static async Task<Actor> AssessorAsync(School school, string name)
    {
        var person = await school.TraineeAsync(name);
        return new Actor(person.PersonId, new HashSet<string> { Roles.Trainee, Roles.Assessor });
    }

    /// <summary>An organisation with these of the staff and a cohort of these people.</summary>
    public static async Task<(Guid Organisation, Guid Cohort)> AddCohortAsync(PortalDbContext database, School school, string name, Actor madeBy, IReadOnlyList<Actor> staff, IReadOnlyList<Actor> people)
    {
        var organisation = new Organisation(name, school.Now);
        var cohort = new Cohort(organisation.Id, "Spring", "competence", madeBy.PersonId, null, school.Now);
        database.Organisations.Add(organisation);
        database.OrganisationMembers.AddRange(staff.Select(member => new OrganisationMember { OrganisationId = organisation.Id, PersonId = member.PersonId, Since = school.Now }));
        database.Cohorts.Add(cohort);
        database.CohortMembers.AddRange(people.Select(person => new CohortMember { CohortId = cohort.Id, PersonId = person.PersonId, JoinedAt = school.Now }));
        await database.SaveChangesAsync(Cancellation);
        return (organisation.Id, cohort.Id);
    }

    /// <summary>One more trainee of the cohort, enrolled.</summary>
    public async Task<Actor> AddCandidateAsync(string name)
    {
        var person = await School.TraineeAsync(name);
        await School.EnrolAsync(person);
        await using var database = Database.CreateDbContext();
        database.CohortMembers.Add(new CohortMember { CohortId = Cohort, PersonId = person.PersonId, JoinedAt = School.Now });
        await database.SaveChangesAsync(Cancellation);
        return person;
    }

    public async Task ChangeAsync(Action<Practical> change)
    {
        await using var database = Database.CreateDbContext();
        change(await database.Practicals.SingleAsync(Cancellation));
        await database.SaveChangesAsync(Cancellation);
    }

    public async Task<Guid> StartAsync(Actor? candidate = null, Actor? assessor = null)
    {
        var started = await StartMarking.RunAsync(assessor ?? Assessor, Slug, (candidate ?? Candidate).PersonId, Cancellation);
        Assert.Null(started.Refusal);
        return started.Value;
    }

    public Task<Outcome<int, SaveMarkRefusal>> MarkAsync(Guid marking, int step, StepVerdict? verdict, string? note = null, int revision = 0, Actor? assessor = null) =>
        SaveMark.RunAsync(assessor ?? Assessor, marking, new PostedMark(step, verdict, note, revision), Cancellation);

    /// <summary>Marks every step done but these, which are not.</summary>
    public async Task MarkAllAsync(Guid marking, Actor? assessor = null, params int[] missed)
    {
        foreach (var step in Enumerable.Range(1, Steps.Count))
        {
            Assert.Null((await MarkAsync(marking, step, missed.Contains(step) ? StepVerdict.NotDone : StepVerdict.Done, assessor: assessor)).Refusal);
        }
    }

    public async Task<PracticalResult> SignAsync(Guid marking, Actor? assessor = null)
    {
        var sheet = await ReadMarking.RunAsync(assessor ?? Assessor, marking, Cancellation);
        var signed = await SignOffMarking.RunAsync(assessor ?? Assessor, marking, stated: true, sheet!.Revision, Cancellation);
        Assert.Null(signed.Refusal);
        return signed.Value;
    }

    public async Task<PracticalMarking> RowAsync(Guid marking)
    {
        await using var database = Database.CreateDbContext();
        return await database.PracticalMarkings.AsNoTracking().Include(row => row.Marks.OrderBy(mark => mark.Step)).SingleAsync(row => row.Id == marking, Cancellation);
    }

    public ValueTask DisposeAsync() => School.DisposeAsync();
}
