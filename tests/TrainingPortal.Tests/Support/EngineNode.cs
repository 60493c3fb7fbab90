using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;
using TrainingPortal.Web.Hosting;
using TrainingPortal.Web.Jobs;

namespace TrainingPortal.Tests.Support;

/// <summary>One node of a portal with the engine that was built in, and jobs of a test's own in place of the portal's.</summary>
internal sealed class EngineNode : IAsyncDisposable
{
    /// <summary>The collection of tests that start engines: some of what an engine has is the whole process's.</summary>
    public const string OneAtATime = "Engines";

    private readonly IHost host;

    private EngineNode(IHost host) => this.host = host;

    public IJobEngine Engine => host.Services.GetRequiredService<IJobEngine>();

    public IServiceProvider Services => host.Services;

    /// <param name="folder">Where the engine keeps its own file, if it has one.</param>
    /// <param name="database">Of the runs' records.</param>
    /// <param name="jobs">Each named as one of the schedule.</param>
    /// <param name="workers">Jobs at the same time.</param>
    /// <param name="more">What is to be otherwise on this node.</param>
    public static async Task<EngineNode> StartAsync(string folder, TestDatabase database, IReadOnlyList<IPortalJob> jobs, int workers = 2, Action<IServiceCollection>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        var portal = new PortalOptions { DataDirectory = folder };
        builder.Services.AddSingleton(Options.Create(portal));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IDbContextFactory<PortalDbContext>>(database);
        foreach (var job in jobs)
        {
            builder.Services.AddSingleton(job);
        }

        builder.Services.AddSingleton<RunJob>();
        builder.Services.AddSingleton<JobRunner>();
        builder.Services.AddJobEngine(builder.Configuration, portal, new JobOptions { Workers = workers });
        more?.Invoke(builder.Services);
        var node = new EngineNode(builder.Build());
        await node.host.StartAsync(TestContext.Current.CancellationToken);
        return node;
    }

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}

/// <summary>A job that tells a test when and how often it runs.</summary>
/// <param name="act">What its run of that number, from 1, does; none: nothing.</param>
internal sealed class ProbeJob(string name, Func<int, CancellationToken, Task<int>>? act = null) : IPortalJob
{
    private int started;
    private int ended;
    private int running;
    private int mostAtOnce;

    public string Name => name;

    public int Started => Volatile.Read(ref started);

    public int Ended => Volatile.Read(ref ended);

    public int MostAtOnce => Volatile.Read(ref mostAtOnce);

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var run = Interlocked.Increment(ref started);
        var atOnce = Interlocked.Increment(ref running);
        if (atOnce > MostAtOnce)
        {
            Volatile.Write(ref mostAtOnce, atOnce);
        }

        try
        {
            return act is null ? 0 : await act(run, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref ended);
        }
    }

    public Task StartedAsync(int times) => Until.TrueAsync(() => Started >= times, () => $"{name} started {Started} times, not {times}.");
}
