using System.Text.Json;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Benchmarks.Bare;

/// <summary>A question of a bare paper: the version, its domain, and for each place the option that stands there.</summary>
internal sealed record BareQuestion(string Version, string Domain, int[] Order);

/// <summary>The portal's reads and writes of an attempt as SQL by hand, one method a request.</summary>
internal sealed class BareExam(BareConnection database)
{
    private const string Courses =
        "(SELECT c.Id FROM Courses c WHERE c.Id = $1 OR (c.ProgrammeSlug IS NOT NULL AND c.ProgrammeSlug = (SELECT o.ProgrammeSlug FROM Courses o WHERE o.Id = $1)))";

    // The ids are asked for first: a join from the lesson's or the quiz's side walks through the rows of everybody.
    private const string Cycles = "(SELECT value FROM json_each($2))";

    private static string Now => Instant(TimeProvider.System.GetUtcNow().UtcDateTime);

    public void Enter(string person, string slug)
    {
        var quiz = Quiz(slug);
        database.First("SELECT Slug, Title FROM Courses WHERE Id = $1", quiz.CourseId);
        database.Query("SELECT m.Domain, m.Title, c.Title FROM Modules m JOIN Courses c ON c.Id = m.CourseId WHERE NOT m.Retired AND c.Id IN " + Courses + " ORDER BY c.Position, m.Position", quiz.CourseId);
        Facts(person, quiz);
    }

    /// <summary>The reads that a start begins with, and the draw.</summary>
    public BareDraw Draw(string person, string slug)
    {
        Enter(person, slug);
        var quiz = Quiz(slug);
        var enrollment = Facts(person, quiz);
        var bank = database.Query(
            "SELECT i.Code, i.Domain, v.Id, i.\"Use\" FROM Items i JOIN ItemVersions v ON v.ItemId = i.Id AND v.Number = i.CurrentVersion " +
            "WHERE NOT i.Retired AND i.CourseId IN " + Courses + " AND i.\"Use\" IN ('Exam', 'Pilot')",
            quiz.CourseId);
        return Draw(person, enrollment, quiz, bank);
    }

    public static BareDraw Draw(string person, string enrollment, BareQuiz quiz, IReadOnlyList<object[]> bank) => new(person, enrollment, quiz, Paper(quiz, bank));

    /// <returns>The attempt's id.</returns>
    public string Start(BareDraw draw)
    {
        var quiz = draw.Quiz;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var id = Guid.CreateVersion7().ToString();
        database.Execute(
            "INSERT INTO BareAttempts (Id, PersonId, EnrollmentId, QuizId, PassPercent, Blueprint, Seed, Paper, StartedAt, DeadlineAt, Revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)",
            id,
            draw.Person,
            draw.Enrollment,
            quiz.Id,
            quiz.PassPercent,
            quiz.BlueprintJson,
            0,
            JsonSerializer.Serialize(draw.Paper),
            Instant(now),
            Instant(now.AddMinutes(quiz.Minutes)));
        return id;
    }

    /// <param name="slot">From 1; none for the first unanswered.</param>
    /// <returns>The slot that is shown, its revision, and how many there are.</returns>
    public (int Slot, long Revision, int Count) Page(string person, string attempt, int? slot)
    {
        var row = database.First("SELECT Paper, QuizId, DeadlineAt, ClosedAt FROM BareAttempts WHERE Id = $1 AND PersonId = $2", attempt, person)!;
        var answers = database.Query("SELECT Slot, Chosen, Revision FROM BareAnswers WHERE AttemptId = $1", attempt);
        var paper = JsonSerializer.Deserialize<BareQuestion[]>((string)row[0])!;
        var shown = slot ?? Math.Min(answers.Count + 1, paper.Length);
        database.First("SELECT Stem, Interaction FROM ItemVersions WHERE Id = $1", paper[shown - 1].Version);
        database.First("SELECT Slug, Title FROM Quizzes WHERE Id = $1", row[1]);
        return (shown, answers.Find(answer => (long)answer[0] == shown) is { } saved ? (long)saved[2] : 0, paper.Length);
    }

    /// <summary>The read that a save begins with.</summary>
    public void BeforeSave(string person, string attempt, int slot) => database.First(
        "SELECT a.ClosedAt, a.DeadlineAt, s.Chosen, s.Revision FROM BareAttempts a LEFT JOIN BareAnswers s ON s.AttemptId = a.Id AND s.Slot = $1 WHERE a.Id = $2 AND a.PersonId = $3",
        slot,
        attempt,
        person);

    public void Save(string attempt, int slot, int place, long revision) => database.Execute(
        "INSERT INTO BareAnswers (AttemptId, Slot, Chosen, AnsweredAt, Revision) SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM BareAttempts WHERE Id = $1 AND ClosedAt IS NULL) " +
        "ON CONFLICT (AttemptId, Slot) DO UPDATE SET Chosen = $3, AnsweredAt = $4, Revision = $5 WHERE Revision = $5 - 1",
        attempt,
        slot,
        1 << place,
        Now,
        revision + 1);

    /// <summary>Reads what grading needs, and grades.</summary>
    public BareGrade Grade(string attempt)
    {
        var row = database.First("SELECT Paper, Blueprint, PassPercent, DeadlineAt, Revision FROM BareAttempts WHERE Id = $1 AND ClosedAt IS NULL", attempt)!;
        var paper = JsonSerializer.Deserialize<BareQuestion[]>((string)row[0])!;
        var blueprint = JsonSerializer.Deserialize<BlueprintRow[]>((string)row[1])!;
        var chosen = database.Query("SELECT Slot, Chosen FROM BareAnswers WHERE AttemptId = $1", attempt).ToDictionary(answer => (int)(long)answer[0], answer => (long)answer[1]);
        var versions = Versions(attempt);
        var right = paper.Index().ToDictionary(
            question => question.Index + 1,
            question => chosen.TryGetValue(question.Index + 1, out var bits)
                && question.Item.Order.Index().All(place => ((bits & (1 << place.Index)) != 0) == IsKey(versions[question.Item.Version].Options, place.Item)));
        return new BareGrade(
            attempt,
            [.. chosen.Keys.Select(slot => (slot, right[slot]))],
            paper.Index().Any(question => !right[question.Index + 1] && versions[question.Item.Version].Critical) ? "FailedCritical" : "FailedScore",
            [.. blueprint.Select(of => new DomainScore(of.Domain, paper.Index().Count(question => question.Item.Domain == of.Domain && right[question.Index + 1]), of.Items, of.GatePercent))],
            (long)row[4]);
    }

    public void Close(BareGrade grade)
    {
        database.Execute("BEGIN IMMEDIATE");
        foreach (var (slot, right) in grade.Answers)
        {
            database.Execute("UPDATE BareAnswers SET Correct = $1, Revision = Revision + 1 WHERE AttemptId = $2 AND Slot = $3", right ? 1 : 0, grade.Attempt, slot);
        }

        database.Execute(
            "UPDATE BareAttempts SET ClosedAt = $1, Result = $2, Points = $3, Domains = $4, Revision = Revision + 1 WHERE Id = $5 AND Revision = $6",
            Now,
            grade.Result,
            grade.Domains.Sum(domain => domain.Points),
            JsonSerializer.Serialize(grade.Domains),
            grade.Attempt,
            grade.Revision);
        database.Execute("COMMIT");
    }

    public void Result(string person, string attempt)
    {
        database.First("SELECT ClosedAt, DeadlineAt FROM BareAttempts WHERE Id = $1 AND PersonId = $2", attempt, person);
        var row = database.First("SELECT Paper, Domains, Points, Result, PassPercent, QuizId FROM BareAttempts WHERE Id = $1", attempt)!;
        database.Query("SELECT Slot, Chosen, Correct FROM BareAnswers WHERE AttemptId = $1 ORDER BY Slot", attempt);
        var quiz = database.First("SELECT CourseId, Slug, Title FROM Quizzes WHERE Id = $1", row[5])!;
        database.First("SELECT Slug FROM Courses WHERE Id = $1", quiz[0]);
        database.Query("SELECT m.Domain, m.Title, c.Title FROM Modules m JOIN Courses c ON c.Id = m.CourseId WHERE NOT m.Retired AND c.Id IN " + Courses + " ORDER BY c.Position, m.Position", quiz[0]);
        Versions(attempt);
    }

    public BareQuiz Quiz(string slug)
    {
        var row = database.First("SELECT Id, CourseId, Blueprint, PassPercent, Minutes FROM Quizzes WHERE Slug = $1 AND NOT Retired", slug)!;
        return new BareQuiz((string)row[0], (string)row[1], (string)row[2], (long)row[3], (long)row[4]);
    }

    private static BareQuestion[] Paper(BareQuiz quiz, IReadOnlyList<object[]> bank)
    {
        var random = new Random();
        var drawn = new List<BareQuestion>();
        foreach (var (row, pilot) in quiz.Blueprint.Select(row => (row, false)).Concat(quiz.Blueprint.Where(row => row.Pilots > 0).Select(row => (row, true))))
        {
            var pool = bank.Where(item => (string)item[1] == row.Domain && ((string)item[3] == "Pilot") == pilot && drawn.TrueForAll(question => question.Version != (string)item[2])).ToArray();
            random.Shuffle(pool);
            drawn.AddRange(pool.Take(pilot ? row.Pilots : row.Items).Select(item => new BareQuestion((string)item[2], row.Domain, Order(random))));
        }

        var paper = drawn.ToArray();
        random.Shuffle(paper);
        return paper;
    }

    private static int[] Order(Random random)
    {
        int[] order = [0, 1, 2, 3];
        random.Shuffle(order);
        return order;
    }

    // The bare server knows choices only: of any other type the first of its four places counts as right.
    private static bool IsKey(ItemOption[] options, int index) => options.Length == 0 ? index == 0 : index < options.Length && options[index].Correct;

    private static string Instant(DateTime instant) => instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture);

    private Dictionary<string, (bool Critical, ItemOption[] Options)> Versions(string attempt) => database
        .Query("SELECT v.Id, v.Critical, v.Interaction, v.Stem, v.Objective FROM ItemVersions v JOIN json_each((SELECT Paper FROM BareAttempts WHERE Id = $1)) p ON v.Id = p.value ->> 'Version'", attempt)
        .ToDictionary(version => (string)version[0], version => ((long)version[1] != 0, JsonSerializer.Deserialize<Interaction>((string)version[2]) is ChoiceInteraction choice ? [.. choice.Options] : Array.Empty<ItemOption>()));

    private string Facts(string person, BareQuiz quiz)
    {
        database.First("SELECT Id FROM BareAttempts WHERE PersonId = $1 AND QuizId = $2 AND ClosedAt IS NULL", person, quiz.Id);
        var enrollment = database.First("SELECT Id FROM Enrollments WHERE PersonId = $1 AND CourseId = $2 ORDER BY Cycle DESC LIMIT 1", person, quiz.CourseId)![0];
        var cycles = JsonSerializer.Serialize(database
            .Query(
                "SELECT e.Id FROM Enrollments e WHERE e.PersonId = $2 AND e.CourseId IN " + Courses + " AND NOT EXISTS (SELECT 1 FROM Enrollments n WHERE n.PersonId = $2 AND n.CourseId = e.CourseId AND n.Cycle > e.Cycle)",
                quiz.CourseId,
                person)
            .Select(row => row[0]));
        database.First(
            "SELECT COUNT(*) FROM Lessons l JOIN Modules m ON m.Id = l.ModuleId WHERE m.CourseId IN " + Courses +
            " AND NOT m.Retired AND NOT l.Retired AND NOT EXISTS (SELECT 1 FROM LessonsRead r WHERE r.LessonId = l.Id AND r.EnrollmentId IN " + Cycles + ")",
            quiz.CourseId,
            cycles);
        database.First(
            "SELECT COUNT(*) FROM Quizzes q WHERE q.CourseId IN " + Courses +
            " AND q.Kind = 'Check' AND NOT q.Retired AND NOT EXISTS (SELECT 1 FROM Attempts a WHERE a.QuizId = q.Id AND a.Result = 'Passed' AND a.EnrollmentId IN " + Cycles + ")",
            quiz.CourseId,
            cycles);
        database.Query("SELECT StartedAt, ClosedAt, Result FROM BareAttempts WHERE EnrollmentId = $1 AND QuizId = $2 AND ClosedAt IS NOT NULL ORDER BY StartedAt", enrollment, quiz.Id);
        return (string)enrollment;
    }
}

/// <summary>What a start writes.</summary>
internal sealed record BareDraw(string Person, string Enrollment, BareQuiz Quiz, BareQuestion[] Paper);

/// <summary>What closing an attempt writes.</summary>
internal sealed record BareGrade(string Attempt, (int Slot, bool Right)[] Answers, string Result, DomainScore[] Domains, long Revision);

/// <summary>A quiz as the bare server reads it.</summary>
internal sealed record BareQuiz(string Id, string CourseId, string BlueprintJson, long PassPercent, long Minutes)
{
    public BlueprintRow[] Blueprint { get; } = JsonSerializer.Deserialize<BlueprintRow[]>(BlueprintJson)!;
}
