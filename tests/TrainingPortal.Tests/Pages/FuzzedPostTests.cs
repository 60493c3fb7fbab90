using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Pages;

/// <summary>Posts that no page would send end in a page that says so, and leave the attempt as it was.</summary>
public class FuzzedPostTests
{
    private const int Posts = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20261122)]
    public async Task Whatever_is_posted_the_attempt_stays_as_it_was(int seed)
    {
        using var data = await DataFolder.WithCoursesAsync();
        var person = await data.AddPreparedTraineeAsync("ana@example.org");
        var attempt = await data.StartAsync(person, DataFolder.Exam);
        var other = await data.StartAsync(await data.AddPreparedTraineeAsync("ben@example.org"), DataFolder.Exam);
        var closed = await data.PassAsync(person, "depth-check");
        await using var portal = await PortalHttp.StartAsync(data);
        using var browser = await portal.SignInAsync("ana@example.org");

        // The first question is answered twice, so that there is an old page to replay.
        var replayed = await FormAsync(browser, attempt, 1, "0");
        await browser.PostAsync($"/attempts/{attempt}?q=1", replayed);
        await browser.PostAsync($"/attempts/{attempt}?q=1", await FormAsync(browser, attempt, 1, "1"));
        var valid = await FormAsync(browser, attempt, 2, "2");
        var before = await StateAsync(data);
        var random = new Random(seed);

        for (var post = 0; post < Posts; post++)
        {
            var fields = random.Next(5) == 0 ? [.. replayed] : valid.ToList();
            var target = attempt;
            var told = new List<string>();
            if (fields.SequenceEqual(valid) || random.Next(2) == 0)
            {
                told.Add(Spoil(fields, random));
            }

            if (random.Next(8) == 0)
            {
                target = random.Next(2) == 0 ? other : closed;
            }

            var shuffled = fields.ToArray();
            random.Shuffle(shuffled);
            var answer = await browser.PostAsync($"/attempts/{target}?q={random.Next(-1, 40)}", shuffled);

            var what = $"post {post} of seed {seed}: {string.Join(", ", told)} → {answer.Status}";
            Assert.True((int)answer.Status < 500, what);
            Assert.True(answer.Headers.Location is null || answer.Headers.Location.ToString().Contains("/attempts/", StringComparison.Ordinal), what);
            Assert.True(before == await StateAsync(data), what);
        }
    }

    [Theory]
    [InlineData("Input.Slot", "99", "SaveAnswerRefusal_NotFound")]
    [InlineData("Input.Answer", "17", "SaveAnswerRefusal_NotOffered")]
    [InlineData("Input.Answer", "1; DROP TABLE Answers", "SaveAnswerRefusal_NotOffered")]
    public async Task The_refusal_is_a_sentence_on_the_page(string field, string value, string sentence)
    {
        using var data = await DataFolder.WithCoursesAsync();
        var attempt = await data.StartAsync(await data.AddPreparedTraineeAsync("ana@example.org"), DataFolder.Exam);
        await using var portal = await PortalHttp.StartAsync(data);
        using var browser = await portal.SignInAsync("ana@example.org");
        var fields = (await FormAsync(browser, attempt, 1, "0")).Select(pair => pair.Key == field ? KeyValuePair.Create(field, value) : pair);

        var page = await browser.PostAsync($"/attempts/{attempt}?q=1", fields);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(PortalTexts.Of<Web.Texts.RefusalTexts>(sentence), page.Words, StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll("input[name='Input.Answer']"));
    }

    // One field is replaced by something that no page has, left out, or sent many times over.
    private static string Spoil(List<KeyValuePair<string, string>> fields, Random random)
    {
        string[] texts = ["", "-1", "0x1", "99", "2147483648", "9999999999999999999999", "true", "ñ€\u0000", "<script>", "1,2", "'; --", "NaN", new string('9', 50_000), new string('a', 200_000)];
        var at = random.Next(fields.Count);
        var name = fields[at].Key;
        var text = texts[random.Next(texts.Length)];
        switch (random.Next(4))
        {
            // What is left out of an answer, its button or its report is no fault: then there is nothing to save.
            case 0 when name is not "Input.Go":
                fields.RemoveAll(field => field.Key is "Input.Answer" || field.Key == name);
                return $"{name} left out";
            case 1:
                fields.RemoveAll(field => field.Key is "Input.Answer");
                fields.AddRange(Enumerable.Range(0, 500).Select(_ => KeyValuePair.Create("Input.Answer", text.Length > 100 ? text[..100] : text)));
                return "Input.Answer five hundred times";
            default:
                var spoilt = name is "Input.Go" or "Input.Report" or "_handler" or PortalVisitor.TokenField ? "Input.Answer" : name;
                fields.RemoveAll(field => field.Key == spoilt);
                fields.Add(new(spoilt, spoilt is "Input.Revision" && text is "0" ? "7" : text));
                return $"{spoilt} = {(text.Length > 40 ? text[..40] : text)}";
        }
    }

    private static async Task<List<KeyValuePair<string, string>>> FormAsync(PortalVisitor browser, Guid attempt, int slot, string answer)
    {
        var form = (await browser.OpenAsync($"/attempts/{attempt}?q={slot.ToString(CultureInfo.InvariantCulture)}")).Form("answer");
        return [.. PortalPage.Fields(form).Where(field => field.Key != "Input.Answer").Append(new("Input.Answer", answer)).Append(new("Input.Go", "finish"))];
    }

    private static async Task<string> StateAsync(DataFolder data)
    {
        await using var database = data.CreateDbContext();
        var attempts = await database.Attempts.AsNoTracking().Include(row => row.Paper).Include(row => row.Answers.OrderBy(answer => answer.Slot)).OrderBy(row => row.Id).ToListAsync(Cancellation);
        return System.Text.Json.JsonSerializer.Serialize(attempts) + await database.ItemReports.CountAsync(Cancellation);
    }
}
