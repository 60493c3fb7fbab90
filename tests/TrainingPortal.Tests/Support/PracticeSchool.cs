using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Tests.Support;

/// <summary>Practice in the small school: sets of four from the items of its checks, and a shorter exam for who keeps it up.</summary>
internal static class PracticeSchool
{
    public const string Practice = "safe-practice-practice";
    public const int SetSize = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="school">With two check items of each of its three domains.</param>
    /// <param name="more">Check items of each domain that are added to them.</param>
    public static async Task AddPracticeAsync(this School school, int more = 0)
    {
        await using (var database = school.Database.CreateDbContext())
        {
            var course = await database.Courses.SingleAsync(Cancellation);
            course.TimeZone = "America/Denver";
            course.BankStamp = Guid.CreateVersion7();
            database.Quizzes.Add(new Quiz { Id = Guid.CreateVersion7(School.Opening), CourseId = course.Id, Slug = Practice, Kind = QuizKind.Practice, Title = "Practice: safe practice", SetSize = SetSize, Review = ReviewPolicy.Everything });
            foreach (var domain in new[] { School.Depth, School.Hygiene, School.Contraindications })
            {
                database.Items.AddRange(Enumerable.Range(3, more).Select(number => NewItem(course.Id, $"{domain}-c{number}", domain)));
            }

            await database.SaveChangesAsync(Cancellation);
        }

        await school.ChangeQuizAsync(School.Exam, exam => exam.KeptUp = new KeptUpRule(2, 80, 50));
    }

    /// <summary>Answers every question of a set and hands it in.</summary>
    /// <param name="right">Whether the answer to an item is right, by its code.</param>
    public static async Task<Guid> PractiseAsync(this School school, Actor person, Func<string, bool>? right = null, Certainty? certainty = null)
    {
        var attempt = await school.StartAsync(person, Practice);
        await school.AnswerSetAsync(person, attempt, right, certainty);
        await school.SubmitAsync(person, attempt);
        return attempt;
    }

    public static async Task AnswerSetAsync(this School school, Actor person, Guid attempt, Func<string, bool>? right = null, Certainty? certainty = null)
    {
        foreach (var question in await school.QuestionsAsync(attempt))
        {
            var place = right?.Invoke(question.Code) != false ? question.RightPlace : question.WrongPlace;
            var posted = new PostedAnswer(question.Row.Slot, [place.ToString(System.Globalization.CultureInfo.InvariantCulture)], question.Row.Revision, certainty);
            Assert.True((await school.SaveAnswer.RunAsync(person, attempt, posted, Cancellation)).Succeeded);
        }
    }

    /// <summary>The person's cards by their items' codes.</summary>
    public static async Task<IReadOnlyDictionary<string, PracticeCard>> CardsAsync(this School school, Actor person)
    {
        await using var database = school.Database.CreateDbContext();
        return await database.PracticeCards
            .AsNoTracking()
            .Where(card => card.PersonId == person.PersonId)
            .Join(database.Items, card => card.ItemId, item => item.Id, (card, item) => new { item.Code, Card = card })
            .ToDictionaryAsync(row => row.Code, row => row.Card, Cancellation);
    }

    public static ReadPractice ReadPractice(this School school) => new(school.Database, school.Clock);

    public static async Task<MyPractice> MyPracticeAsync(this School school, Actor person) => Assert.Single(await school.ReadPractice().RunAsync(person, Cancellation));

    private static Item NewItem(Guid courseId, string code, string domain)
    {
        var item = new Item { Id = Guid.CreateVersion7(School.Opening), CourseId = courseId, Code = code, Domain = domain, Use = ItemUse.Check, Origin = ItemOrigin.CourseFiles, CurrentVersion = 1 };
        item.Versions.Add(new ItemVersion
        {
            Id = Guid.CreateVersion7(School.Opening),
            ItemId = item.Id,
            Number = 1,
            Objective = $"Objective of {code}",
            Stem = $"Stem of {code}?",
            Interaction = new ChoiceInteraction([new("Right", true, "It is."), new("One", false, "No."), new("Two", false, "No."), new("Three", false, "No.")]),
            Sources = ["S1"],
            CreatedAt = School.Opening,
        });
        return item;
    }
}
