using TrainingPortal.Tests.Shape.Planted.Above;
using TrainingPortal.Tests.Shape.Planted.Below;

namespace TrainingPortal.Tests.Shape;

/// <summary>The areas of the school know only what stands below them, in signatures and in the bodies of methods.</summary>
public class DirectionTests
{
    // Usable by every area of the school.
    private static readonly string[] s_anyones = ["Accounts", "Audit", "Jobs", "Mail", "Persistence"];

    private static readonly string[] s_school = ["Protocols", "Courses", "Enrollments", "Assessments", "Practicals", "Certifications", "Cohorts", "CourseFiles", "Credentials", "Verification", "Employers"];

    // A new area needs a line here: what it may use, and why that is below it.
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Protocols"] = [.. s_anyones],
        ["Courses"] = [.. s_anyones, "Protocols"],
        ["Enrollments"] = [.. s_anyones, "Courses", "Protocols"],
        ["Assessments"] = [.. s_anyones, "Enrollments", "Courses", "Protocols"],
        ["Practicals"] = [.. s_anyones, "Enrollments", "Courses", "Protocols"],
        ["Certifications"] = [.. s_anyones, "Practicals", "Assessments", "Enrollments", "Courses", "Protocols"],
        ["Cohorts"] = [.. s_anyones, "Certifications", "Assessments", "Enrollments", "Courses"],
        ["CourseFiles"] = [.. s_anyones, "Certifications", "Practicals", "Assessments", "Enrollments", "Courses", "Protocols"],
        ["Credentials"] = [.. s_anyones, "Certifications", "Practicals", "Assessments", "Enrollments", "Courses", "Protocols"],
        ["Verification"] = [.. s_anyones, "Credentials", "Certifications", "Practicals", "Assessments", "Enrollments", "Courses", "Protocols"],
        ["Employers"] = [.. s_anyones, "Verification", "Credentials", "Certifications", "Practicals", "Assessments", "Enrollments", "Courses", "Protocols"],
        ["Accounts"] = ["Audit", "Mail", "Persistence"],
        ["Audit"] = ["Accounts", "Persistence"],
        ["Jobs"] = ["Accounts", "Audit", "Mail", "Persistence"],
        ["Mail"] = ["Accounts", "Audit", "Jobs", "Persistence"],
        ["Persistence"] = [.. s_school, "Accounts", "Audit", "Jobs", "Mail"],
    };

    private static readonly Areas s_areas = new("TrainingPortal", s_mayUse);

    private static Type[] Core { get; } = typeof(SchoolServices).Assembly.GetTypes();

    // A small copy of the mistake that the rule is there for, in this assembly.
    private static readonly Areas s_planted = new("TrainingPortal.Tests.Shape.Planted", new Dictionary<string, string[]> { ["Above"] = ["Below"], ["Below"] = [] });

    private static Type[] Planted { get; } = [.. typeof(DirectionTests).Assembly.GetTypes().Where(type => s_planted.Of(type) is not null)];

    [Fact]
    public void Every_area_has_a_line() => Assert.Empty(s_areas.FoundIn(Core).Except(s_mayUse.Keys));

    [Fact]
    public void Every_type_is_in_an_area_or_in_the_root() => Assert.Empty(s_areas.Strays(Core));

    [Fact]
    public void No_area_knows_upwards() => Assert.Empty(s_areas.Violations(Core, typeof(SchoolServices)).Select(use => use.ToString()));

    [Fact]
    public void The_lines_themselves_have_no_way_up()
    {
        foreach (var (at, area) in s_school.Index())
        {
            Assert.Empty(s_mayUse[area].Intersect(s_school.Skip(at)));
        }
    }

    [Fact]
    public void The_database_knows_what_is_stored_and_no_use_case() => Assert.Empty(
        TypeUses.Of(Core.Where(type => s_areas.Of(type) == "Persistence"))
            .Where(use => s_areas.Of(use.Used) is not (null or "Persistence") && use.Used.GetMethod("RunAsync") is not null)
            .Select(use => use.ToString()));

    [Fact]
    public void The_school_knows_nothing_of_HTTP_and_of_pages()
    {
        var web = TypeUses.Of(Core.Where(type => s_areas.Of(type) is not null))
            .Where(use => use.Used.Namespace?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true)
            .Where(use => !use.Used.Namespace!.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal))
            .Where(use => use.Used != typeof(Microsoft.AspNetCore.WebUtilities.WebEncoders));

        Assert.Empty(web.Select(use => use.ToString()));
    }

    [Fact]
    public void A_planted_violation_is_found_wherever_it_hides()
    {
        var found = s_planted.Violations(Planted, wiring: null).ToList();

        Assert.All(found, use => Assert.Equal(("Below", "Above"), (s_planted.Of(use.User), s_planted.Of(use.Used))));
        var hiding = found.Select(use => use.User.DeclaringType ?? use.User).Select(type => type.Name).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                nameof(InAField),
                nameof(InALambda),
                nameof(InASignature),
                nameof(InATypeArgument),
                nameof(InAnAsyncMethod),
                nameof(InAnAttribute),
                nameof(InAnExpression),
            ],
            hiding);
    }

    [Fact]
    public void What_looks_downwards_is_allowed() =>
        Assert.Contains(TypeUses.Of(Planted), use => (s_planted.Of(use.User), s_planted.Of(use.Used)) == ("Above", "Below") && use.User == typeof(LooksDown));

    [Fact]
    public void A_planted_area_without_a_line_is_found()
    {
        var withoutALine = new Areas("TrainingPortal.Tests.Shape.Planted", new Dictionary<string, string[]> { ["Below"] = ["Above"] });

        Assert.Equal(["Above", "Below"], withoutALine.FoundIn(Planted));
        Assert.All(withoutALine.Violations(Planted, wiring: null), use => Assert.Equal("Above", withoutALine.Of(use.User)));
        Assert.NotEmpty(withoutALine.Violations(Planted, wiring: null));
    }

    [Fact]
    public void A_planted_use_of_the_wiring_is_found() =>
        Assert.Contains(s_planted.Violations(Planted, typeof(NothingWrong)), use => use.User == typeof(LooksDown));

    [Fact]
    public void The_use_of_the_web_would_be_seen() =>
        Assert.Contains(TypeUses.Of(Planted), use => use.Used == typeof(Microsoft.AspNetCore.Http.HttpContext));
}
