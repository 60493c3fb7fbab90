using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Hosting;

[assembly: AssemblyFixture(typeof(SharedPortal))]

namespace TrainingPortal.Tests.Support;

/// <summary>The real portal in this process: real Kestrel on a free port, real SQLite in a data folder.</summary>
internal sealed class PortalHttp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsData;

    private PortalHttp(WebApplication app, DataFolder data, bool ownsData)
    {
        this.app = app;
        this.ownsData = ownsData;
        Data = data;
    }

    public DataFolder Data { get; }

    public Uri Address => new(app.Urls.First());

    /// <summary>Everything that has an address of its own, as the routing knows it.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>With the repository's courses and nobody in it; no jobs run, and no limit is in the way of a test.</summary>
    /// <param name="settings">As on the command line; a later one wins.</param>
    public static async Task<PortalHttp> StartAsync(params string[] settings) =>
        await StartAsync(await DataFolder.WithCoursesAsync(), ownsData: true, settings);

    public static Task<PortalHttp> StartAsync(DataFolder data, params string[] settings) => StartAsync(data, ownsData: false, settings);

    /// <summary>Somebody who comes by with an empty cookie jar.</summary>
    /// <param name="language">What their browser asks for; none: it does not say.</param>
    public PortalVisitor Visit(string? language = null) => new(Address, language);

    /// <summary>A person of the data folder, signed in.</summary>
    public async Task<PortalVisitor> SignInAsync(string email)
    {
        var visitor = Visit();
        await visitor.SignInAsync(email);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        if (ownsData)
        {
            Data.Dispose();
        }
    }

    private static async Task<PortalHttp> StartAsync(DataFolder data, bool ownsData, string[] settings)
    {
        var app = PortalHost.Build(
            [
                "--environment=Production",
                "--urls=http://127.0.0.1:0",
                $"--Portal:DataDirectory={data.Path}",
                $"--Portal:CoursesDirectory={RepositoryFolder.SmallSchool}",
                $"--Keys:Passphrase={TestKeys.Passphrase}",
                "--Jobs:Enabled=false",
                "--Limits:ChecksPerMinute=100000",
                "--Limits:AccountRequestsPerMinute=100000",
                "--Logging:LogLevel:Default=None",
                "--Logging:LogLevel:Microsoft=None",
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None",
                .. settings,
            ],
            serving: true);
        app.MapPortal();
        await app.StartAsync(CancellationToken.None);
        return new PortalHttp(app, data, ownsData);
    }
}

/// <summary>One portal for every test that brings its own people and asks nothing about the whole; started when first asked for.</summary>
public sealed class SharedPortal : IAsyncDisposable
{
    private readonly Lazy<Task<PortalHttp>> portal = new(() => PortalHttp.StartAsync());

    internal Task<PortalHttp> GetAsync() => portal.Value;

    public async ValueTask DisposeAsync()
    {
        if (portal.IsValueCreated)
        {
            await (await portal.Value).DisposeAsync();
        }
    }
}
