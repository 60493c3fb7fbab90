using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace TrainingPortal.Web.Hosting;

/// <summary>How often one address may ask what could be guessed by asking often.</summary>
public static class RequestLimits
{
    /// <summary>The policy of certificate checks.</summary>
    public const string Checks = "checks";

    /// <summary>The policy of the signs of life that an open attempt gives.</summary>
    public const string SignsOfLife = "signs-of-life";

    // A page gives two in a minute, and six while the clock stands still: room for a second tab, and no more.
    private const int SignsOfLifePerMinute = 12;

    private static readonly IResult TooManyChecks = Results.Problem(
        "From your address came more checks in a minute than are answered. Wait as long as Retry-After says, then ask again.",
        statusCode: StatusCodes.Status429TooManyRequests,
        title: "Too many checks",
        type: "too-many-requests");

    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = Settings.Read<LimitOptions>(configuration, "Limits");
        Settings.RequireRange("Limits:ChecksPerMinute", limits.ChecksPerMinute, 1, 100_000);
        Settings.RequireRange("Limits:AccountRequestsPerMinute", limits.AccountRequestsPerMinute, 1, 100_000);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return context.HttpContext.Request.Path.StartsWithSegments("/api")
                    ? new ValueTask(TooManyChecks.ExecuteAsync(context.HttpContext))
                    : ValueTask.CompletedTask;
            };
            options.AddPolicy(Checks, context => PerMinute(context, limits.ChecksPerMinute));

            // By attempt as well: a whole exam room sits behind one address.
            options.AddPolicy(SignsOfLife, context => PerMinute($"{Network(context.Connection.RemoteIpAddress)} {context.Request.RouteValues["id"]}", SignsOfLifePerMinute));

            // Account pages share one limiter for their posts; reading them costs nothing.
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/account")
                    ? PerMinute(context, limits.AccountRequestsPerMinute)
                    : RateLimitPartition.GetNoLimiter(""));
        });
    }

    private static RateLimitPartition<string> PerMinute(HttpContext context, int permits) => PerMinute(Network(context.Connection.RemoteIpAddress), permits);

    private static RateLimitPartition<string> PerMinute(string asker, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(
            asker,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    // A household has one IPv4 address but 2^64 IPv6 addresses: those count by their network.
    private static string Network(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address?.ToString() ?? "";
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
