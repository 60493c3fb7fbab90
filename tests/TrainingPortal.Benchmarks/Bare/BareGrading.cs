namespace TrainingPortal.Benchmarks.Bare;

/// <summary>Overdue attempts on the bare tables, closed by a loop of SQL by hand: each in a transaction of its own, as the job does.</summary>
internal sealed class BareGrading(string file, string exam) : IDisposable
{
    private const int Batch = 200;
    private readonly BareConnection database = new(file);

    /// <summary>Draws and answers so many attempts.</summary>
    public void Fill(int count)
    {
        var bare = new BareExam(database);
        var quiz = bare.Quiz(exam);
        var random = new Random(count);
        var bank = database.Query("SELECT i.Code, i.Domain, v.Id, i.\"Use\" FROM Items i JOIN ItemVersions v ON v.ItemId = i.Id AND v.Number = i.CurrentVersion WHERE NOT i.Retired AND i.\"Use\" IN ('Exam', 'Pilot')");
        var items = quiz.Blueprint.Sum(row => row.Items + row.Pilots);
        database.Execute("BEGIN IMMEDIATE");
        for (var number = 0; number < count; number++)
        {
            var attempt = bare.Start(BareExam.Draw(Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), quiz, bank));
            for (var slot = 1; slot <= items; slot++)
            {
                bare.Save(attempt, slot, random.Next(4), revision: 0);
            }
        }

        database.Execute("COMMIT");
    }

    public void CloseAll()
    {
        var bare = new BareExam(database);
        while (database.Query($"SELECT Id FROM BareAttempts WHERE ClosedAt IS NULL ORDER BY DeadlineAt LIMIT {Batch}") is { Count: > 0 } due)
        {
            foreach (var attempt in due)
            {
                bare.Close(bare.Grade((string)attempt[0]));
            }
        }
    }

    public void Dispose() => database.Dispose();
}
