namespace TrainingPortal.Jobs;

/// <summary>How a job works through what is due: a bounded number at a time, each on its own.</summary>
public static class DueRows
{
    private const int Batch = 200;

    // So many are no single broken row but the machinery itself, and trying the rest would only take long.
    private const int MostFailures = 20;

    /// <param name="find">The ids of that many due rows at most, the longest due first.</param>
    /// <param name="act">Does one; false where there was nothing left to do.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <returns>How many were done.</returns>
    /// <exception cref="AggregateException">Some could not be done; the others were.</exception>
    public static Task<int> WorkThroughAsync(Func<int, Task<List<Guid>>> find, Func<Guid, Task<bool>> act, CancellationToken cancellation) =>
        WorkThroughAsync(find, id => id, count: null, act, cancellation);

    /// <param name="find">That many due rows at most, the longest due first, each with what is needed to do it.</param>
    /// <param name="key">Tells the rows apart.</param>
    /// <param name="count">How many are due in all, for whoever watches the run; asked for once, and only if they are many.</param>
    /// <param name="act">Does one; false where there was nothing left to do.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <returns>How many were done.</returns>
    /// <exception cref="AggregateException">Some could not be done; the others were.</exception>
    public static async Task<int> WorkThroughAsync<T>(Func<int, Task<List<T>>> find, Func<T, Guid> key, Func<Task<int>>? count, Func<T, Task<bool>> act, CancellationToken cancellation)
    {
        var done = 0;
        var failures = new Dictionary<Guid, Exception>();
        var run = RunningJob.Current;
        while (true)
        {
            var due = await find(Batch);
            if (run is not null && due.Count > 0)
            {
                await run.FoundAsync(due.Count == Batch && done == 0 && count is not null ? await count() : due.Count);
            }

            var doneBefore = done;
            foreach (var row in due.Where(row => !failures.ContainsKey(key(row))))
            {
                if (failures.Count == MostFailures)
                {
                    break;
                }

                cancellation.ThrowIfCancellationRequested();
                var acted = false;
                try
                {
                    acted = await act(row);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // One row that is broken must not hold up those behind it; it is told below.
                    failures[key(row)] = failure;
                }

                done += acted ? 1 : 0;
                if (run is not null)
                {
                    await run.PassAsync(acted ? 1 : 0);
                }
            }

            if (due.Count < Batch || done == doneBefore || failures.Count == MostFailures)
            {
                break;
            }
        }

        return failures.Count == 0
            ? done
            : throw new AggregateException($"{failures.Count} of {done + failures.Count} could not be done.", failures.Values);
    }
}
