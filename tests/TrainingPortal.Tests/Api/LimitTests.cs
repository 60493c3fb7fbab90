using System.Globalization;
using System.Net;
using System.Text.Json;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Api;

/// <summary>How often one address may ask, and what it is told when it asks more often.</summary>
public class LimitTests
{
    [Fact]
    public async Task Checks_beyond_the_limit_are_told_to_wait_page_and_api_alike()
    {
        await using var portal = await PortalHttp.StartAsync("--Limits:ChecksPerMinute=3");
        using var asker = portal.Visit();
        var addresses = new[] { $"/api/v1/certificates/{Serial.Draw()}", $"/verify/{Serial.Draw()}", $"/api/v1/certificates/{Serial.Draw()}" };
        foreach (var address in addresses)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await asker.GetAsync(address)).Status);
        }

        var answer = await asker.GetAsync(addresses[0]);
        AssertWait(answer);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(429, JsonDocument.Parse(answer.Bytes).RootElement.GetProperty("status").GetInt32());

        var page = await asker.GetAsync(addresses[1]);
        AssertWait(page);
        Assert.Contains(PortalTexts.Of<CommonTexts>("Problem429Text"), page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await asker.GetAsync("/verify")).Status);
    }

    [Fact]
    public async Task Sign_ins_beyond_the_limit_are_told_to_wait_and_reading_costs_nothing()
    {
        await using var portal = await PortalHttp.StartAsync("--Limits:AccountRequestsPerMinute=2");
        using var browser = portal.Visit();
        var page = await browser.OpenAsync("/account/sign-in");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync(page, "sign-in", ("Input.Email", "a@example.org"), ("Input.Password", "x"))).Status);
        }

        var refused = await browser.SubmitAsync(page, "sign-in", ("Input.Email", "a@example.org"), ("Input.Password", "x"));

        AssertWait(refused);
        Assert.Equal(PortalTexts.Of<CommonTexts>("Problem429Title"), refused.Heading);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/account/sign-in")).Status);
    }

    [Fact]
    public async Task Signs_of_life_beyond_the_limit_are_refused_for_that_attempt_alone()
    {
        await using var portal = await PortalHttp.StartAsync();
        var person = await portal.Data.AddPreparedTraineeAsync("ana@example.org");
        using var browser = await portal.SignInAsync("ana@example.org");
        var attempts = new[] { await portal.Data.StartAsync(person, DataFolder.Exam), await portal.Data.StartAsync(person, "depth-check") };
        var answers = new List<HttpStatusCode>();
        foreach (var _ in Enumerable.Range(0, 13))
        {
            answers.Add((await browser.PostAsync($"/attempts/{attempts[0]}/seen", [])).Status);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.NoContent, 12), HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsync($"/attempts/{attempts[1]}/seen", [])).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/attempts/{attempts[0]}")).Status);
    }

    private static void AssertWait(PortalPage answer)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.InRange(int.Parse(Assert.Single(answer.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture), 1, 60);
    }
}
