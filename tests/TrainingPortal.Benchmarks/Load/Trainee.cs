using System.Diagnostics;
using System.Net;
using System.Text;
using TrainingPortal.Benchmarks.Figures;

namespace TrainingPortal.Benchmarks.Load;

/// <summary>How long each kind of request took, of all trainees together.</summary>
internal sealed class ExamLatencies
{
    public Latencies Start { get; } = new();

    public Latencies FirstPage { get; } = new();

    public Latencies Page { get; } = new();

    public Latencies Save { get; } = new();

    public Latencies Submit { get; } = new();

    public Latencies Result { get; } = new();
}

/// <summary>
/// Somebody who sits an exam with a browser that has no script: each post sends what the page before gave, and each
/// redirect is followed. What was acknowledged is remembered.
/// </summary>
/// <param name="seed">Which answers are chosen.</param>
internal sealed class Trainee(Visitor visitor, string exam, int seed)
{
    private readonly Random random = new(seed);
    private readonly Dictionary<int, IReadOnlyList<string>> acknowledged = [];
    private PageForm? form;
    private string attempt = "";

    public Guid Attempt => Guid.Parse(attempt.AsSpan("/attempts/".Length));

    /// <summary>For each slot whose save was acknowledged, the fields that were sent.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Acknowledged => acknowledged;

    /// <summary>The page before the exam.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        using var answer = await visitor.GetAsync($"/exams/{exam}", cancellation);
        form = PageForm.Find(Good(answer, HttpStatusCode.OK), "start");
    }

    /// <summary>Presses the button that starts.</summary>
    /// <param name="since">When they meant to; none: now.</param>
    public async Task StartAsync(ExamLatencies taken, CancellationToken cancellation, long? since = null)
    {
        var from = since ?? Stopwatch.GetTimestamp();
        using var answer = await visitor.PostAsync(form!.Action ?? $"/exams/{exam}", form.Body([]), cancellation);
        taken.Start.AddSince(from);
        Good(answer, HttpStatusCode.Found);
        attempt = answer.Location!.StartsWith("/attempts/", StringComparison.Ordinal)
            ? answer.Location
            : throw new BenchmarkFailedException($"The start led to {answer.Location}.");
    }

    /// <summary>The first question, where the start led to.</summary>
    public async Task OpenFirstAsync(ExamLatencies taken, CancellationToken cancellation)
    {
        var from = Stopwatch.GetTimestamp();
        await OpenAsync(attempt, cancellation);
        taken.FirstPage.AddSince(from);
    }

    /// <summary>Answers the question that is open and follows on to the next.</summary>
    /// <returns>False after the last question.</returns>
    public async Task<bool> AnswerAsync(ExamLatencies taken, CancellationToken cancellation)
    {
        var chosen = form!.Answer(random);
        var from = Stopwatch.GetTimestamp();
        string? next;
        using (var answer = await visitor.PostAsync(form.Action ?? attempt, form.Body(chosen), cancellation))
        {
            taken.Save.AddSince(from);
            Good(answer, HttpStatusCode.Found);
            next = answer.Location!;
        }

        if (!next.StartsWith($"{attempt}?q=", StringComparison.Ordinal) && next != $"{attempt}/finish" || next.Contains("stale", StringComparison.Ordinal))
        {
            throw new BenchmarkFailedException($"A save led to {next}.");
        }

        acknowledged[form.Slot] = [.. chosen.Select(field => field.Value)];
        if (next == $"{attempt}/finish")
        {
            return false;
        }

        from = Stopwatch.GetTimestamp();
        await OpenAsync(next, cancellation);
        taken.Page.AddSince(from);
        return true;
    }

    /// <summary>Goes back to the first question, as one does who has time left.</summary>
    public Task StartOverAsync(CancellationToken cancellation) => OpenAsync($"{attempt}?q=1", cancellation);

    /// <summary>The page before handing in, the hand-in, and the result.</summary>
    public async Task HandInAsync(ExamLatencies taken, CancellationToken cancellation)
    {
        var from = Stopwatch.GetTimestamp();
        PageForm submit;
        using (var answer = await visitor.GetAsync($"{attempt}/finish", cancellation))
        {
            taken.Page.AddSince(from);
            submit = PageForm.Find(Good(answer, HttpStatusCode.OK), "submit");
        }

        from = Stopwatch.GetTimestamp();
        string result;
        using (var answer = await visitor.PostAsync(submit.Action ?? $"{attempt}/finish", submit.Body([]), cancellation))
        {
            taken.Submit.AddSince(from);
            Good(answer, HttpStatusCode.Found);
            result = answer.Location!;
        }

        from = Stopwatch.GetTimestamp();
        using (var answer = await visitor.GetAsync(result, cancellation))
        {
            taken.Result.AddSince(from);
            Good(answer, HttpStatusCode.OK);
        }
    }

    private async Task OpenAsync(string address, CancellationToken cancellation)
    {
        using var answer = await visitor.GetAsync(address, cancellation);
        form = PageForm.Find(Good(answer, HttpStatusCode.OK), "answer");
    }

    private static ReadOnlySpan<byte> Good(Answer answer, HttpStatusCode expected) =>
        answer.Status == expected
            ? answer.Page
            : throw new BenchmarkFailedException($"The server answered {(int)answer.Status} where {(int)expected} was to come:\n{Encoding.UTF8.GetString(answer.Page)}");
}
