using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>What a person sees before starting a quiz: its rules, and whether they may start.</summary>
/// <param name="Kinds">The types of items that it may draw now.</param>
/// <param name="Renewal">Of an exam that is renewed and has a shorter form; the other figures are those of the form that the person gets.</param>
public sealed record QuizEntry(
    string Slug,
    string Title,
    QuizKind Kind,
    string CourseSlug,
    string CourseTitle,
    int Items,
    int? Minutes,
    int PassPercent,
    IReadOnlyList<BlueprintRow> Blueprint,
    IReadOnlyDictionary<string, string> DomainTitles,
    IReadOnlyList<InteractionKind> Kinds,
    int? MostAttempts,
    int? AttemptDays,
    int WaitHours,
    Guid? OpenAttemptId,
    StartRefused? Refused,
    RenewalForms? Renewal,
    IReadOnlyList<OwnAccommodation> Accommodations)
{
    public int ExtraMinutes => Accommodations.Sum(row => row.Minutes);

    public int ExtraAttempts => Accommodations.Sum(row => row.Attempts);
}

/// <summary>More time or more attempts that the person was given for this quiz, in their present cycle.</summary>
/// <param name="GivenAt">UTC.</param>
public sealed record OwnAccommodation(int Minutes, int Attempts, string Reason, DateTime GivenAt);

/// <summary>The page before an attempt.</summary>
public sealed class ReadExamEntry(IDbContextFactory<PortalDbContext> databases, ItemBank bank, TimeProvider clock)
{
    /// <returns>Null where there is no such quiz.</returns>
    public async Task<QuizEntry?> RunAsync(Actor actor, string quizSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var quiz = await StartFactsQuery.QuizAsync(database, quizSlug, cancellation);
        if (quiz is null)
        {
            return null;
        }

        var course = await database.Courses.Where(row => row.Id == quiz.CourseId).Select(row => new { row.Slug, row.Title }).FirstAsync(cancellation);
        var titles = await database.DomainTitlesAsync(quiz, cancellation);
        var open = await StartFactsQuery.OpenAttemptAsync(database, actor.PersonId, quiz.Id, cancellation);
        var openId = open is not null && !open.IsOverdue(now) ? open.Id : (Guid?)null;
        var scope = await StartFactsQuery.ScopeAsync(database, quiz, actor.PersonId, cancellation);
        StartRefused? refused = null;
        if (openId is null)
        {
            refused = scope.EnrollmentId is { } enrollmentId
                ? ExamEntry.RefusalToStart(quiz, await StartFactsQuery.ReadAsync(database, quiz, actor.PersonId, enrollmentId, scope, cancellation), now)
                : new StartRefused(StartRefusal.NotEnrolled);
        }

        var keptUp = await KeptUpQuery.ReadAsync(database, quiz, actor.PersonId, now, cancellation);
        var renewal = keptUp is null ? null : RenewalForms.Of(quiz, keptUp.Rule, keptUp);
        if (keptUp is { Earned: true, Rule: var rule })
        {
            quiz.Shorten(rule);
        }

        var given = await database.Accommodations
            .Where(row => row.EnrollmentId == scope.EnrollmentId && row.QuizId == quiz.Id && row.WithdrawnAt == null)
            .OrderBy(row => row.GivenAt)
            .Select(row => new OwnAccommodation(row.ExtraMinutes, row.ExtraAttempts, row.Reason, row.GivenAt))
            .ToListAsync(cancellation);
        return new QuizEntry(
            quiz.Slug,
            quiz.Title,
            quiz.Kind,
            course.Slug,
            course.Title,
            quiz.ItemCount,
            quiz.Minutes,
            quiz.PassPercent,
            quiz.Blueprint,
            titles,
            await KindsAsync(database, quiz, cancellation),
            quiz.MostAttempts,
            quiz.AttemptDays,
            quiz.WaitHours,
            openId,
            refused,
            renewal,
            given);
    }

    private async Task<List<InteractionKind>> KindsAsync(PortalDbContext database, Quiz quiz, CancellationToken cancellation)
    {
        var rows = quiz.Blueprint.Select(row => (Row: row, Tags: row.Tags is null ? null : TagExpression.Parse(row.Tags))).ToList();
        var drawable = (await bank.DrawableAsync(database, quiz, cancellation)).Items
            .Where(item => quiz.Kind == QuizKind.Practice || rows.Exists(draw => draw.Row.Domain == item.Domain && (!item.Pilot || draw.Row.Pilots > 0) && draw.Tags?.Matches(item.Tags) != false));
        return [.. drawable.Select(item => item.Version.Interaction.Kind).Distinct().Order()];
    }
}
