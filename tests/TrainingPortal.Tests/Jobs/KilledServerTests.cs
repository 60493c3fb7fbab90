using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs;

/// <summary>
/// Two hundred attempts are answered at once while the server is killed at random: what it acknowledged is what is stored.
/// Three kills here; the soak asks for more by <c>KILLS</c>.
/// </summary>
public class KilledServerTests
{
    private const int People = 50;
    private static readonly string[] s_quizzes = ["depth-check", "hygiene-check", "contraindications-check", DataFolder.Exam];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 3;

    [Theory]
    [InlineData(20261122)]
    public async Task Every_answer_that_was_acknowledged_is_stored_and_none_that_was_not_sent(int seed)
    {
        using var data = await DataFolder.WithCoursesAsync();
        var sittings = new List<Sitting>();
        foreach (var number in Enumerable.Range(1, People))
        {
            var person = await data.AddPreparedTraineeAsync($"trainee-{number}@example.org");
            var cookies = new CookieContainer();
            foreach (var quiz in s_quizzes)
            {
                var attempt = await data.StartAsync(person, quiz);
                sittings.Add(new Sitting($"trainee-{number}@example.org", cookies, attempt, (await data.QuestionsAsync(attempt)).Count, new Random(seed + sittings.Count)));
            }
        }

        var random = new Random(seed);
        var told = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var portal = PortalProcess.Serve(data, "--Limits:AccountRequestsPerMinute=100000");
            var address = await portal.ServingAsync();
            if (kill == 0)
            {
                await SignInAsync(address, sittings);
            }

            using var down = new CancellationTokenSource();
            var workers = sittings.Select(sitting => sitting.WorkAsync(address, down.Token)).ToList();

            // Not before every attempt has something to lose, and then at any moment.
            var goal = sittings.Sum(sitting => sitting.Acknowledged) + sittings.Count;
            await Until.TrueAsync(() => sittings.Sum(sitting => sitting.Acknowledged) >= goal || workers.Exists(worker => worker.IsFaulted), () => $"Nothing is saved.\n{portal.Output}");
            await Task.Delay(random.Next(1500), Cancellation);
            await portal.KillAsync();
            await down.CancelAsync();
            await Task.WhenAll(workers);
            told.Add($"kill {kill + 1}: {sittings.Sum(sitting => sitting.Acknowledged)} acknowledged, {sittings.Count(sitting => sitting.InDoubt)} in doubt");
        }

        await using var database = data.CreateDbContext();
        var stored = await database.Answers.AsNoTracking().Where(answer => database.Attempts.Any(attempt => attempt.Id == answer.AttemptId && attempt.ClosedAt == null)).ToListAsync(Cancellation);
        var papers = await database.Attempts.Where(attempt => attempt.ClosedAt == null).Select(attempt => new { attempt.Id, attempt.Paper.Items }).ToDictionaryAsync(row => row.Id, row => row.Items, Cancellation);
        var wrong = sittings.SelectMany(sitting => sitting.Differences(
            stored.Where(answer => answer.AttemptId == sitting.Attempt).ToDictionary(
                answer => answer.Slot,
                answer => papers[sitting.Attempt][answer.Slot - 1].Order.Index().Single(place => place.Item == answer.Response!.Value.Values.Single()).Index))).ToList();

        Assert.Equal(People * s_quizzes.Length, papers.Count);
        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n{string.Join('\n', told)}; seed {seed}");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', told));
    }

    private static async Task SignInAsync(Uri address, IEnumerable<Sitting> sittings)
    {
        foreach (var person in sittings.GroupBy(sitting => sitting.Email))
        {
            using var browser = new PortalVisitor(address);
            await browser.SignInAsync(person.Key);
            foreach (Cookie cookie in browser.Cookies.GetAllCookies())
            {
                person.First().Cookies.Add(cookie);
            }
        }
    }

    /// <summary>A person at one attempt, with what the portal said of each answer.</summary>
    private sealed class Sitting(string email, CookieContainer cookies, Guid attempt, int questions, Random random)
    {
        private readonly ConcurrentDictionary<int, int> acknowledged = [];
        private (int Slot, int Place)? doubt;

        public string Email => email;

        public CookieContainer Cookies => cookies;

        public Guid Attempt => attempt;

        public int Acknowledged { get; private set; }

        public bool InDoubt => doubt is not null;

        /// <summary>Answers question after question until the server is gone.</summary>
        public async Task WorkAsync(Uri address, CancellationToken down)
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = address };
            try
            {
                while (!down.IsCancellationRequested)
                {
                    await AnswerAsync(client, down);
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
            {
                // The server is gone; an answer that was under way may be stored or not.
            }
        }

        public IEnumerable<string> Differences(IReadOnlyDictionary<int, int> stored)
        {
            for (var slot = 1; slot <= questions; slot++)
            {
                var there = stored.TryGetValue(slot, out var place) ? place : (int?)null;
                var said = acknowledged.TryGetValue(slot, out var last) ? last : (int?)null;
                if (there != said && !(doubt?.Slot == slot && there == doubt?.Place))
                {
                    yield return $"{attempt} question {slot}: acknowledged {said}, stored {there}, in doubt {doubt}";
                }
            }
        }

        private async Task AnswerAsync(HttpClient client, CancellationToken down)
        {
            var slot = random.Next(1, questions + 1);
            var page = new HtmlParser().ParseDocument(await client.GetStringAsync($"/attempts/{attempt}?q={slot}", down));
            var form = page.Forms.Single(form => PortalPage.NameOf(form) == "answer");
            var place = random.Next(form.QuerySelectorAll("input[name='Input.Answer']").Length);
            var fields = PortalPage.Fields(form).Where(field => field.Key != "Input.Answer").Append(new("Input.Answer", place.ToString(CultureInfo.InvariantCulture))).ToList();

            // The page shows what a doubtful answer came to, as it shows it to the person.
            if (doubt is { } open && open.Slot == slot)
            {
                var shown = form.QuerySelector("input[name='Input.Answer'][checked]")?.GetAttribute("value");
                if (shown is not null)
                {
                    acknowledged[slot] = int.Parse(shown, CultureInfo.InvariantCulture);
                }
            }
            else if (doubt is not null)
            {
                // Another question's doubt is settled first: one at a time is all that a person has under way.
                await SettleAsync(client, down);
            }

            doubt = (slot, place);
            using var content = new FormUrlEncodedContent(fields);
            using var response = await client.PostAsync($"/attempts/{attempt}?q={slot}", content, down);
            Assert.Equal(HttpStatusCode.Found, response.StatusCode);
            Assert.DoesNotContain("stale", response.Headers.Location!.ToString(), StringComparison.Ordinal);
            acknowledged[slot] = place;
            doubt = null;
            Acknowledged++;
        }

        private async Task SettleAsync(HttpClient client, CancellationToken down)
        {
            var (slot, _) = doubt!.Value;
            var page = new HtmlParser().ParseDocument(await client.GetStringAsync($"/attempts/{attempt}?q={slot}", down));
            if (page.QuerySelector("input[name='Input.Answer'][checked]")?.GetAttribute("value") is { } shown)
            {
                acknowledged[slot] = int.Parse(shown, CultureInfo.InvariantCulture);
            }

            doubt = null;
        }
    }
}
