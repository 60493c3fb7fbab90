using System.Net;
using System.Text.Json;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Api;

/// <summary>What integrators read.</summary>
public class OpenApiTests(SharedPortal shared)
{
    [Fact]
    public async Task The_document_describes_the_check_with_every_answer_it_gives()
    {
        var portal = await shared.GetAsync();
        using var integrator = portal.Visit();

        var answer = await integrator.GetAsync("/openapi/v1.json");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.MediaType));
        var document = JsonDocument.Parse(answer.Bytes).RootElement;
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var path = Assert.Single(document.GetProperty("paths").EnumerateObject());
        Assert.Equal("/api/v1/certificates/{serial}", path.Name);
        var answers = path.Value.GetProperty("get").GetProperty("responses").EnumerateObject().Select(response => response.Name);
        Assert.Equal(["200", "400", "404", "429", "503"], answers.Order());
    }
}
