using AngleSharp.Html.Parser;
using TrainingPortal.CourseFiles;
using TrainingPortal.Courses;

namespace TrainingPortal.Tests.CourseFiles;

public class LessonHtmlTests
{
    private static string Rendered(string markdown)
    {
        using var sample = new SampleCourse();
        sample.Replace(SampleCourse.Lesson, "Plain Markdown:", markdown + "\n\nPlain Markdown:");
        var read = CourseFolder.Read(sample.Folder);
        Assert.Empty(read.Faults);
        return read.Content!.Courses[0].Modules[0].Lessons[0].Html;
    }

    [Fact]
    public void A_figure_carries_its_alternative_and_caption_encoded()
    {
        using var sample = new SampleCourse();
        sample.Replace(SampleCourse.Lesson, "What a reader", "5 < 6 & \"so on\", what a reader");

        var html = CourseFolder.Read(sample.Folder).Content!.Courses[0].Modules[0].Lessons[0].Html;

        Assert.Contains(
            "<figure><img src=\"/courses/hand-care/figures/01-washing/washing-steps.svg\" "
            + "alt=\"5 &lt; 6 &amp; &quot;so on&quot;, what a reader who cannot see the figure needs to know, in full sentences\" "
            + "loading=\"lazy\"><figcaption>The caption, one sentence</figcaption></figure>",
            html,
            StringComparison.Ordinal);
        Assert.DoesNotContain("<p><figure", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_scrolls_in_a_box_and_carries_no_style_attribute()
    {
        var html = Rendered("| Zone | Depth |\n|:-----|------:|\n| Chin | 0.5 mm |");

        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        var document = new HtmlParser().ParseDocument(html);
        Assert.Equal("Zone", document.QuerySelector("div.table-scroll > table > thead th")?.TextContent);
        Assert.Equal("0.5 mm", document.QuerySelector("div.table-scroll td.align-right")?.TextContent);
        Assert.False(document.QuerySelector("td")!.HasAttribute("class"));
    }

    [Fact]
    public void Headings_have_ids_that_differ()
    {
        var html = Rendered("## Wet, then soap\n\nText\n\n## Wet, then soap\n\n### Why?");

        var ids = new HtmlParser().ParseDocument(html).QuerySelectorAll("h2, h3").Select(heading => heading.Id).ToList();
        Assert.Equal(["wet-then-soap", "wet-then-soap-1", "why"], ids);
    }

    [Fact]
    public void The_body_comes_apart_where_something_is_embedded()
    {
        using var sample = new SampleCourse();
        sample.Replace(SampleCourse.Lesson, "[[depth-simulator]]", "[[depth-simulator]]\n\nAfter it.");

        var parts = LessonPart.Of(CourseFolder.Read(sample.Folder).Content!.Courses[0].Modules[0].Lessons[0].Html);

        Assert.Equal([LessonPartKind.Html, LessonPartKind.DepthSimulator, LessonPartKind.Html], parts.Select(part => part.Kind));
        Assert.EndsWith("</figure>", parts[0].Text, StringComparison.Ordinal);
        Assert.Equal("<p>After it.</p>", parts[2].Text);
    }

    [Fact]
    public void Nobody_can_write_the_mark_of_something_embedded()
    {
        var html = Rendered("Look: \\<!--DepthSimulator:--> and `<!--Case:x-->`.");

        Assert.Equal([LessonPartKind.Html, LessonPartKind.DepthSimulator], LessonPart.Of(html).Select(part => part.Kind));
        Assert.Contains("&lt;!--DepthSimulator:--&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_citation_leads_to_its_line_at_the_foot()
    {
        var html = Rendered("Wash for the full time [S1, S2].");

        Assert.Contains("time <span class=\"cite\">[<a href=\"#source-S1\">S1</a>, <a href=\"#source-S2\">S2</a>]</span>.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Signs_that_look_like_HTML_stay_text()
    {
        var html = Rendered("Below 0.3 mm < 0.5 mm; `<b>` in code, and [a page](/verify) or [the law](https://example.org/a?b=1).");

        Assert.Contains("0.3 mm &lt; 0.5 mm; <code>&lt;b&gt;</code> in code", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/verify\">a page</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_defined_elsewhere_in_the_lesson_works_on_both_sides_of_the_simulator()
    {
        var html = Rendered("See [the guideline][g].\n\n[g]: https://example.org/guideline");

        Assert.Contains("<a href=\"https://example.org/guideline\">the guideline</a>", html, StringComparison.Ordinal);
    }
}
