using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Persistence;
using TrainingPortal.Practicals;

namespace TrainingPortal.Certifications;

/// <summary>Every programme of the school, which are few, with what people have done for them.</summary>
internal sealed class ProgrammeBook
{
    private readonly List<string> exams;
    private readonly List<string> practicals;
    private readonly List<string> ownCourses;
    private readonly List<Guid> ids;

    private ProgrammeBook(List<Programme> programmes)
    {
        Programmes = programmes;
        exams = [.. programmes.SelectMany(programme => programme.Exams).Distinct()];
        practicals = [.. programmes.SelectMany(programme => programme.Practicals).Distinct()];
        ownCourses = [.. programmes.SelectMany(programme => programme.OwnCourses).Distinct()];
        ids = [.. programmes.Select(programme => programme.Id)];
    }

    public IReadOnlyList<Programme> Programmes { get; }

    public static async Task<ProgrammeBook> ReadAsync(PortalDbContext database, CancellationToken cancellation) =>
        new(await database.Programmes.AsNoTracking().OrderBy(programme => programme.Slug).ToListAsync(cancellation));

    /// <summary>Passes that nobody has decided about; those of an exam that no programme asks for wait until one does.</summary>
    public IQueryable<Attempt> AwaitingAttempts(PortalDbContext database) => database.Attempts
        .Where(attempt => attempt.AwaitsAward && (attempt.Kind != QuizKind.Exam
            || database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && (EF.Parameter(exams).Contains(quiz.Slug) || EF.Parameter(ids).Contains(quiz.ProgrammeId!.Value)))));

    /// <summary>Sign-offs that nobody has decided about, in the same way.</summary>
    public IQueryable<PracticalMarking> AwaitingMarkings(PortalDbContext database) => database.PracticalMarkings
        .Where(marking => marking.AwaitsAward && database.Practicals.Any(practical => practical.Id == marking.PracticalId && EF.Parameter(practicals).Contains(practical.Slug)));

    public bool AsksPracticals => practicals.Count > 0;

    /// <summary>Everything that these people have done for any programme, read for all of them at once.</summary>
    public async Task<ILookup<Guid, DoneFact>> FactsAsync(PortalDbContext database, IReadOnlyCollection<Guid> people, CancellationToken cancellation)
    {
        var wanted = people.ToList();
        var passes = await database.Enrollments
            .Where(cycle => EF.Parameter(wanted).Contains(cycle.PersonId))
            .Join(database.Attempts, cycle => cycle.Id, attempt => attempt.EnrollmentId, (_, attempt) => attempt)
            .Where(attempt => attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed)
            .Join(database.Quizzes, attempt => attempt.QuizId, quiz => quiz.Id, (attempt, quiz) => new { attempt.PersonId, attempt.Id, attempt.ClosedAt, quiz.Slug, quiz.ProgrammeId })
            .ToListAsync(cancellation);
        var facts = passes
            .Select(pass => (pass.PersonId, Fact: new DoneFact(new RequirementFact(RequirementKind.Exam, pass.Slug, pass.Id, pass.ClosedAt!.Value, pass.Id), pass.ProgrammeId)))
            .ToList();
        if (practicals.Count > 0)
        {
            var signed = await database.PracticalMarkings
                .Where(marking => EF.Parameter(wanted).Contains(marking.CandidateId) && marking.Result == PracticalResult.Passed && marking.DoubleOf == null)
                .Join(database.Practicals, marking => marking.PracticalId, practical => practical.Id, (marking, practical) => new { marking.CandidateId, marking.Id, marking.SignedOffAt, practical.Slug })
                .Where(row => EF.Parameter(practicals).Contains(row.Slug))
                .ToListAsync(cancellation);
            facts.AddRange(signed.Select(row => (row.CandidateId, new DoneFact(new RequirementFact(RequirementKind.Practical, row.Slug, row.Id, row.SignedOffAt!.Value, null), null))));
        }

        if (ownCourses.Count > 0)
        {
            facts.AddRange(await CompletedAsync(database, wanted, cancellation));
        }

        return facts.ToLookup(row => row.PersonId, row => row.Fact);
    }

    /// <summary>What of those facts a programme can count, in its own words.</summary>
    public static IReadOnlyList<RequirementFact> For(Programme programme, IEnumerable<DoneFact> facts) =>
    [
        .. facts.Select(done => done.Fact is { Kind: RequirementKind.Exam } pass && done.ExamOf == programme.Id && programme.Exams is [var only]
            ? pass with { Slug = only }
            : done.Fact),
    ];

    /// <summary>The programmes for which the pass of an exam counts; where a programme has one exam, a pass of the one that it had before does too.</summary>
    public IEnumerable<Programme> AskingFor(string examSlug, Guid? examOf) =>
        Programmes.Where(programme => programme.Exams.Contains(examSlug) || (programme.Id == examOf && programme.Exams.Count == 1));

    // A course is complete with the first pass of the last of its checks.
    private async Task<IEnumerable<(Guid, DoneFact)>> CompletedAsync(PortalDbContext database, List<Guid> people, CancellationToken cancellation)
    {
        var passes = await database.Enrollments
            .Where(cycle => EF.Parameter(people).Contains(cycle.PersonId))
            .Join(database.Courses, cycle => cycle.CourseId, course => course.Id, (cycle, course) => new { cycle.Id, cycle.PersonId, cycle.CourseId, course.Slug })
            .Where(cycle => EF.Parameter(ownCourses).Contains(cycle.Slug))
            .Where(cycle => !database.Quizzes.Any(check => check.CourseId == cycle.CourseId && check.Kind == QuizKind.Check && !check.Retired
                && !database.Attempts.Any(attempt => attempt.EnrollmentId == cycle.Id && attempt.QuizId == check.Id && attempt.Result == AttemptResult.Passed)))
            .Join(database.Attempts, cycle => cycle.Id, attempt => attempt.EnrollmentId, (cycle, attempt) => new { Cycle = cycle, attempt.Id, attempt.QuizId, attempt.ClosedAt, attempt.Result })
            .Where(row => row.Result == AttemptResult.Passed && database.Quizzes.Any(check => check.Id == row.QuizId && check.Kind == QuizKind.Check && !check.Retired))
            .ToListAsync(cancellation);
        return passes
            .GroupBy(row => row.Cycle.Id)
            .Select(cycle =>
            {
                var last = cycle.GroupBy(row => row.QuizId).Select(check => check.MinBy(row => row.ClosedAt)!).MaxBy(row => row.ClosedAt)!;
                return (last.Cycle.PersonId, new DoneFact(new RequirementFact(RequirementKind.Course, last.Cycle.Slug, last.Cycle.Id, last.ClosedAt!.Value, last.Id), null));
            });
    }
}

/// <summary>Something that somebody did, with the programme that its exam belongs to or belonged to, if it was one.</summary>
internal sealed record DoneFact(RequirementFact Fact, Guid? ExamOf);
