using TrainingPortal.CourseFiles;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

/// <summary>One slip in one of the repository's protocol files: a fault on its line, in words that say what to do.</summary>
public class ProtocolFaultTests
{
    // File, text, what is written instead, part of the message.
    [Theory]
    [InlineData("zones.yaml", "{zone: forehead, name: \"Forehead\", part-of: face}", "{zone: forehead, name: \"Forehead\", part-of: head}", "No zone above has the name 'head'")]
    [InlineData("zones.yaml", "{zone: glabella,", "{zone: forehead,", "The zone 'forehead' is taken already")]
    [InlineData("charts/course.yaml", "zone: glabella", "zone: brow", "There is no zone 'brow'")]
    [InlineData("charts/course.yaml", "indication: fine-lines", "indication: lines", "There is no indication 'lines'")]
    [InlineData("charts/course.yaml", "range-mm: {from: 0.25, to: 0.5}", "range-mm: {from: 0.5, to: 0.25}", "'from' must not be greater than 'to'")]
    [InlineData("charts/course.yaml", "answer: treat", "answer: refer", "A row that is treated has 'range-mm', and no other row has")]
    [InlineData("charts/course.yaml", "scope: upper-tier", "scope: anybody", "'scope' must be")]
    [InlineData("charts/course.yaml", "verified: 2026-11-22", "verified: yesterday", "must be a day such as 2026-05-19")]
    [InlineData("charts/course.yaml", "sources: [S82]", "sources: [S404]", "The source S404 is not in protocols/sources.yaml")]
    [InlineData("charts/t1.yaml", "kind: trade", "kind: school", "2 charts are of 'kind: school'; exactly one is expected")]
    [InlineData("devices.yaml", "never: [eyelid]", "never: [lid]", "There is no zone 'lid'")]
    [InlineData("devices.yaml", "includes: true", "includes: perhaps", "must be true or false")]
    [InlineData("wait-times.yaml", "unit: months", "unit: moons", "'unit' must be")]
    [InlineData("wait-times.yaml", "with: prescriber-ok", "with: somebody-ok", "'with' must be")]
    [InlineData("wait-times.yaml", "event: botulinum-toxin", "event: isotretinoin", "The event 'isotretinoin' is taken already")]
    [InlineData("contraindications.yaml", "kind: absolute", "kind: timed", "A timed contraindication names its event as 'wait'")]
    [InlineData("jurisdictions.yaml", "place: US-CA", "place: California", "'California' is no jurisdiction")]
    [InlineData("jurisdictions.yaml", "beyond: supervised", "beyond: perhaps", "'beyond' must be supervised or no")]
    [InlineData("jurisdictions.yaml", "depth: stated", "depth: not-found", "A stated depth has 'max' and 'beyond', and no other has")]
    [InlineData("jurisdictions.yaml", "answer: not-allowed", "answer: never", "'answer' must be")]
    [InlineData("continuing-education.yaml", "place: US-GA, name: \"Georgia\",", "place: US-GA,", "so the row needs 'name'")]
    [InlineData("figures/law.yaml", "basis: source", "basis: hearsay", "'basis' must be")]
    public void A_slip_is_named_with_its_file_and_line(string file, string text, string instead, string message)
    {
        using var sample = new SampleCourse();
        var folder = RepositoryFolder.Path("courses", "protocols");
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
        {
            sample.Write($"protocols/{Path.GetRelativePath(folder, path).Replace('\\', '/')}", File.ReadAllText(path));
        }

        Assert.Empty(CourseFolder.Read(sample.Folder).Faults);
        var line = sample.Replace($"protocols/{file}", text, instead);

        var faults = CourseFolder.Read(sample.Folder).Faults;

        var fault = Assert.Single(faults, fault => fault.Message.Contains(message, StringComparison.Ordinal));
        if (!fault.Message.Contains("exactly one is expected", StringComparison.Ordinal))
        {
            Assert.Equal($"protocols/{file}", fault.File);
            Assert.InRange(fault.Line, line - 12, line + 3);
        }
    }
}
