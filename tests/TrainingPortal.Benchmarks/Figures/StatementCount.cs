using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TrainingPortal.Benchmarks.Figures;

/// <summary>Counts the statements that EF Core sends to any database, and looks at the memory as they go by.</summary>
internal sealed class StatementCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string watched;
    private readonly int sampleAt;
    private readonly List<IDisposable> subscriptions = [];
    private int statements;
    private int seen;

    /// <param name="watched">What begins the statement of which there is one for each row of work.</param>
    /// <param name="sampleAt">The memory is looked at when so many of them went by.</param>
    public StatementCount(string watched, int sampleAt)
    {
        this.watched = watched;
        this.sampleAt = sampleAt;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Statements => statements;

    /// <summary>Bytes of the process, none before the sample was taken.</summary>
    public long Sample { get; private set; }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuted.Name));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandExecutedEventData { Command: DbCommand command })
        {
            return;
        }

        Interlocked.Increment(ref statements);
        if (command.CommandText.StartsWith(watched, StringComparison.Ordinal) && Interlocked.Increment(ref seen) == sampleAt)
        {
            Sample = Environment.WorkingSet;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());
}
