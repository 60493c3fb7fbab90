using System.CommandLine;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Benchmarks.School;
using TrainingPortal.Credentials;
using TrainingPortal.Persistence;

namespace TrainingPortal.Benchmarks;

/// <summary><c>status-list</c>: a list of 131,072 places, each bit set or not by chance so that nothing can be compressed, is signed again.</summary>
internal static class StatusListSigning
{
    private const int WarmUp = 5;

    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "How often it is signed.", DefaultValueFactory = _ => 50 };
        var command = new Command("status-list", "A status list of 131,072 places is signed again after one more revocation.") { times, Settings.Data, Settings.Output };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(times), parsed.GetValue(Settings.Data), parsed.GetValue(Settings.Output), cancellation));
        return command;
    }

    private static async Task RunAsync(int times, DirectoryInfo? data, FileInfo? output, CancellationToken cancellation)
    {
        Settings.RequireRelease();
        await using var school = await BenchmarkSchool.OpenAsync(BenchmarkSchool.ShortExam, data, cancellation);
        var machine = MachineFacts.Read(school.Folder);
        var portal = school.Services.GetRequiredService<IOptions<PortalOptions>>().Value;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var list = new StatusList(1);
        list.Set(Enumerable.Range(0, StatusList.Size).Where(_ => RandomNumberGenerator.GetInt32(2) == 0));
        await using var database = await school.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellation);
        var signer = await school.Services.GetRequiredService<KeyRing>().SignerAsync(database, now, cancellation);
        using var key = RSA.Create(3072);
        database.StatusLists.Add(list);

        // One more bit, signed and saved, as the job does it.
        async Task SignAsync()
        {
            list.Set([RandomNumberGenerator.GetInt32(StatusList.Size)]);
            list.Sign(signer, portal, now);
            await database.SaveChangesAsync(cancellation);
        }

        Task SignByHandAsync()
        {
            using var packed = new MemoryStream();
            using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                zip.Write(list.Bits);
            }

            key.SignData(packed.ToArray(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return Task.CompletedTask;
        }

        await MeasureAsync(WarmUp, SignAsync);
        await MeasureAsync(WarmUp, SignByHandAsync);
        var (signed, byHand) = (await MeasureAsync(times, SignAsync), await MeasureAsync(times, SignByHandAsync));
        new Report("status-list", machine)
            .Add("places", StatusList.Size, "")
            .Add("signed and saved", signed)
            .Add("length", list.Jwt.Length / 1000.0, "kB")
            .Add("bare, packed and signed", byHand)
            .Add("signed to bare", Math.Round(signed.P50 / byHand.P50, 2), "")
            .Write(output);
    }

    private static async Task<Percentiles> MeasureAsync(int times, Func<Task> act)
    {
        var taken = new Latencies();
        for (var number = 0; number < times; number++)
        {
            var since = Stopwatch.GetTimestamp();
            await act();
            taken.AddSince(since);
        }

        return taken.Percentiles();
    }
}
