using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>How far the actor has come with a programme in the present cycle.</summary>
/// <param name="Holds">The actor holds a live certificate of it: what is missing is what a renewal asks for.</param>
public sealed record ProgrammeStanding(string Slug, string Title, string Level, bool Holds, IReadOnlyList<RequirementLine> Lines)
{
    public bool Earned => Lines.Count > 0 && Lines.All(line => line.State.Fulfilled);

    public IEnumerable<RequirementLine> Missing => Lines.Where(line => !line.State.Fulfilled);

    /// <summary>It asks for something that no exam's own page tells.</summary>
    public bool AsksMore => Lines.Count != 1 || Lines[0].State.Requirement.Kind != RequirementKind.Exam;
}

/// <summary>One requirement as people read it.</summary>
/// <param name="Checks">Of a course that is not complete: the knowledge checks that are not passed, in order.</param>
/// <param name="OpensAt">UTC; of an exam that cannot be sat yet.</param>
public sealed record RequirementLine(RequirementState State, string Title, IReadOnlyList<MissingCheck> Checks, DateTime? OpensAt);

public sealed record MissingCheck(string Slug, string Title);

/// <summary>What of the actor's programmes is done, and exactly what is missing.</summary>
public sealed class ReadRequirements(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>The programmes that the actor is on: enrolled in a course of it, or with something done for it.</returns>
    public async Task<IReadOnlyList<ProgrammeStanding>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var book = await ProgrammeBook.ReadAsync(database, cancellation);
        var enrolled = await database.Enrollments
            .Where(row => row.PersonId == actor.PersonId)
            .Join(database.Courses, row => row.CourseId, course => course.Id, (_, course) => course.ProgrammeSlug)
            .Distinct()
            .ToListAsync(cancellation);
        return await ReadAsync(database, book, actor, (programme, states) => enrolled.Contains(programme.Slug) || states.Any(state => state.Fact is not null), cancellation);
    }

    /// <returns>The programme that a course is part of, where it asks for more than one exam and something of it is missing.</returns>
    public async Task<IReadOnlyList<ProgrammeStanding>> ForCourseAsync(Actor actor, string courseSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var slug = await database.Courses.Where(course => course.Slug == courseSlug).Select(course => course.ProgrammeSlug).FirstOrDefaultAsync(cancellation);
        var book = await ProgrammeBook.ReadAsync(database, cancellation);
        var standings = await ReadAsync(database, book, actor, (programme, _) => programme.Slug == slug, cancellation);
        return [.. standings.Where(standing => standing.AsksMore && !standing.Holds && !standing.Earned)];
    }

    /// <returns>The programmes for which an exam of the actor's counts; empty where it is not the actor's.</returns>
    public async Task<IReadOnlyList<ProgrammeStanding>> ForAttemptAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = await database.Attempts
            .Where(attempt => attempt.Id == attemptId && attempt.PersonId == actor.PersonId)
            .Join(database.Quizzes, attempt => attempt.QuizId, quiz => quiz.Id, (_, quiz) => new { quiz.Slug, quiz.ProgrammeId })
            .FirstOrDefaultAsync(cancellation);
        if (exam is null)
        {
            return [];
        }

        var book = await ProgrammeBook.ReadAsync(database, cancellation);
        var asking = book.AskingFor(exam.Slug, exam.ProgrammeId).Select(programme => programme.Id).ToHashSet();
        return await ReadAsync(database, book, actor, (programme, _) => asking.Contains(programme.Id), cancellation);
    }

    private async Task<IReadOnlyList<ProgrammeStanding>> ReadAsync(PortalDbContext database, ProgrammeBook book, Actor actor, Func<Programme, IReadOnlyList<RequirementState>, bool> wanted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var facts = (await book.FactsAsync(database, [actor.PersonId], cancellation))[actor.PersonId].ToList();
        var certificates = await database.Certificates
            .AsNoTracking()
            .Where(row => row.HolderId == actor.PersonId && row.SupersededAt == null)
            .OrderBy(row => row.IssuedAt)
            .ToListAsync(cancellation);
        var standings = book.Programmes
            .Select(programme =>
            {
                var newest = certificates.FindLast(row => row.ProgrammeId == programme.Id);
                return (Programme: programme, Newest: newest, States: RequirementRule.StatesOf(programme.Requirements, ProgrammeBook.For(programme, facts), RequirementCycle.Following(newest, programme), programme, now));
            })
            .Where(row => wanted(row.Programme, row.States))
            .ToList();
        var names = await NamesAsync(database, standings.SelectMany(row => row.States).Select(state => state.Requirement), actor, cancellation);
        return
        [
            .. standings.Select(row => new ProgrammeStanding(
                row.Programme.Slug,
                row.Programme.Title,
                row.Programme.Level,
                row.Newest is { Stands: true },
                [.. row.States.Select(state => Line(state, row.Programme, names, now))])),
        ];
    }

    private static RequirementLine Line(RequirementState state, Programme programme, Names names, DateTime now)
    {
        var requirement = state.Requirement;
        var part = programme.Parts.FirstOrDefault(part => part.Kind == requirement.Kind && part.Slug == requirement.Slug);
        var exam = requirement.Kind == RequirementKind.Exam ? names.Exams.GetValueOrDefault(requirement.Slug) : null;
        var title = requirement.Kind switch
        {
            RequirementKind.Course => names.Courses.GetValueOrDefault(requirement.Slug),
            RequirementKind.Exam => exam?.Title,
            RequirementKind.Practical => names.Practicals.GetValueOrDefault(requirement.Slug),
        };
        return new RequirementLine(
            state,
            title ?? part?.Name ?? requirement.Slug,
            state.Fulfilled || requirement.Kind != RequirementKind.Course ? [] : [.. names.Checks[requirement.Slug]],
            exam?.OpensAt > now ? exam.OpensAt : null);
    }

    private static async Task<Names> NamesAsync(PortalDbContext database, IEnumerable<Requirement> requirements, Actor actor, CancellationToken cancellation)
    {
        var slugs = requirements.ToLookup(requirement => requirement.Kind, requirement => requirement.Slug);
        var (courses, exams, practicals) = (slugs[RequirementKind.Course].Distinct().ToList(), slugs[RequirementKind.Exam].Distinct().ToList(), slugs[RequirementKind.Practical].Distinct().ToList());

        // Of each course the newest cycle counts.
        var checks = courses.Count == 0
            ? []
            : await database.Quizzes
                .Where(check => check.Kind == QuizKind.Check && !check.Retired)
                .Join(database.Courses, check => check.CourseId, course => course.Id, (check, course) => new { Check = check, course.Slug })
                .Where(row => courses.Contains(row.Slug))
                .Where(row => !database.Attempts.Any(attempt => attempt.QuizId == row.Check.Id && attempt.Result == AttemptResult.Passed && database.Enrollments.Any(cycle => cycle.Id == attempt.EnrollmentId && cycle.PersonId == actor.PersonId
                    && !database.Enrollments.Any(newer => newer.PersonId == actor.PersonId && newer.CourseId == cycle.CourseId && newer.Cycle > cycle.Cycle))))
                .OrderBy(row => row.Check.ModuleFolder)
                .Select(row => new { Course = row.Slug, row.Check.Slug, row.Check.Title })
                .ToListAsync(cancellation);
        return new Names(
            courses.Count == 0 ? [] : await database.Courses.Where(course => courses.Contains(course.Slug)).ToDictionaryAsync(course => course.Slug, course => course.Title, cancellation),
            exams.Count == 0 ? [] : await database.Quizzes.Where(quiz => exams.Contains(quiz.Slug)).Select(quiz => new ExamName(quiz.Slug, quiz.Title, quiz.OpensAt)).ToDictionaryAsync(quiz => quiz.Slug, cancellation),
            practicals.Count == 0 ? [] : await database.Practicals.Where(practical => practicals.Contains(practical.Slug)).ToDictionaryAsync(practical => practical.Slug, practical => practical.Title, cancellation),
            checks.ToLookup(check => check.Course, check => new MissingCheck(check.Slug, check.Title)));
    }

    private sealed record ExamName(string Slug, string Title, DateTime? OpensAt);

    private sealed record Names(Dictionary<string, string> Courses, Dictionary<string, ExamName> Exams, Dictionary<string, string> Practicals, ILookup<string, MissingCheck> Checks);
}
