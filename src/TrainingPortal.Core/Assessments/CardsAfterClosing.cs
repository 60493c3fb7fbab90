using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// Brings a person's practice cards up to date with an attempt that was just closed; the caller saves both at once, so that
/// of two closes only the one that is saved changes a card. A practice set moves the card of each of its items; a check
/// makes what was missed in it due. An exam moves none: its items have no cards, and the draw asks it which domains it missed.
/// </summary>
internal static class CardsAfterClosing
{
    public static async Task WriteAsync(PortalDbContext database, Attempt attempt, CancellationToken cancellation)
    {
        var asked = attempt.Kind switch
        {
            QuizKind.Practice => attempt.Answers,
            QuizKind.Check => attempt.Answers.FindAll(answer => !answer.Correct),
            QuizKind.Exam => [],
        };
        if (asked.Count == 0)
        {
            return;
        }

        var versions = asked.ConvertAll(answer => answer.ItemVersionId);
        var items = await database.ItemVersions
            .Where(version => versions.Contains(version.Id))
            .Select(version => new { version.Id, version.ItemId, Card = database.PracticeCards.FirstOrDefault(card => card.PersonId == attempt.PersonId && card.ItemId == version.ItemId) })
            .ToDictionaryAsync(row => row.Id, cancellation);
        var zone = await database.Quizzes
            .Where(quiz => quiz.Id == attempt.QuizId)
            .Join(database.Courses, quiz => quiz.CourseId, course => course.Id, (_, course) => course.TimeZone)
            .FirstAsync(cancellation);
        var today = LocalDay.Of(attempt.ClosedAt!.Value, zone);
        foreach (var answer in asked)
        {
            var (itemId, card) = (items[answer.ItemVersionId].ItemId, items[answer.ItemVersionId].Card);
            if (card is null)
            {
                card = new PracticeCard(attempt.PersonId, itemId, today);
                database.PracticeCards.Add(card);
            }

            if (attempt.Kind == QuizKind.Practice)
            {
                card.Answered(answer.Correct, answer.Certainty, today);
            }
            else
            {
                card.Missed(today);
            }
        }
    }
}
