using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Which answers the figures of items count.</summary>
internal static class CountedAnswers
{
    /// <summary>
    /// Those of closed checks and exams. A voided attempt says nothing of an item; practice asks what is hardest most often,
    /// and again and again.
    /// </summary>
    public static IQueryable<Answer> AnswersThatCount(this PortalDbContext database) => database.Answers.Where(answer =>
        database.Attempts.Any(attempt => attempt.Id == answer.AttemptId && attempt.ClosedAt != null && attempt.Kind != QuizKind.Practice && attempt.Result != AttemptResult.Voided));
}
