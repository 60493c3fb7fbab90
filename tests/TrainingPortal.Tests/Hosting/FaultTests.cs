using System.Net;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Hosting;

/// <summary>What a person sees when the portal itself is broken.</summary>
public class FaultTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task A_fault_is_told_in_words_with_a_number_and_shows_nothing_of_itself(string language)
    {
        using var data = await DataFolder.WithCoursesAsync();
        await using var portal = await PortalHttp.StartAsync(data, $"--ConnectionStrings:Portal=Data Source={data.DatabaseFile};Pooling=false");
        using var browser = portal.Visit(language);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
        foreach (var file in Directory.GetFiles(data.Path, "portal.db*"))
        {
            await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);
        }

        var page = await browser.GetAsync("/");

        Assert.Equal((HttpStatusCode.InternalServerError, true), (page.Status, page.IsPage));
        Assert.Equal((language, PortalTexts.Of<CommonTexts>("Problem500Title", language)), (page.Document.DocumentElement.GetAttribute("lang"), page.Heading));
        Assert.False(string.IsNullOrWhiteSpace(page.Document.QuerySelector("main code")?.TextContent));
        Assert.DoesNotMatch("(?i)sqlite|exception|\\bat TrainingPortal|portal\\.db", page.Text);
        Assert.True(page.Headers.Contains("Content-Security-Policy") && page.Headers.Contains("X-Content-Type-Options"), "Without the headers that every answer has.");
    }

    [Fact]
    public async Task A_broken_database_makes_the_portal_not_ready_and_leaves_it_alive()
    {
        using var data = await DataFolder.WithCoursesAsync();
        await using var portal = await PortalHttp.StartAsync(data, $"--ConnectionStrings:Portal=Data Source={data.DatabaseFile};Pooling=false");
        using var operations = portal.Visit();
        Assert.Equal(HttpStatusCode.OK, (await operations.GetAsync("/health/ready")).Status);
        foreach (var file in Directory.GetFiles(data.Path, "portal.db*"))
        {
            await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await operations.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await operations.GetAsync("/health/live")).Status);
    }
}
