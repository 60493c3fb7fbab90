using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments;

namespace TrainingPortal.Tests.Assessments;

public class ShorterExamTests
{
    private static Arbitrary<(BlueprintRow[] Rows, int Percent)> Exams { get; } =
        (from rows in (from items in Gen.Choose(0, 40)
                       from gate in Gen.Elements<int?>(null, 70, 75)
                       from pilots in Gen.Choose(0, 3)
                       from tags in Gen.Elements(null, null, "critical")
                       select new BlueprintRow("domain", items, gate, pilots, tags)).NonEmptyListOf()
         from percent in Gen.Choose(1, 100)
         select (rows.Select((row, at) => row with { Domain = $"domain-{at}" }).ToArray(), percent)).ToArbitrary();

    private static void ForEveryExam(Action<BlueprintRow[], int, IReadOnlyList<BlueprintRow>> holds) =>
        Check.QuickThrowOnFailure(Prop.ForAll(Exams, exam => holds(exam.Rows, exam.Percent, ShorterExam.Blueprint(exam.Rows, exam.Percent))));

    [Fact]
    public void Every_subject_stays_with_its_gate_and_at_least_one_item_and_never_more_than_before() => ForEveryExam((whole, _, shorter) =>
        Assert.All(whole.Zip(shorter), row =>
        {
            Assert.Equal(row.First with { Items = row.Second.Items, Pilots = 0 }, row.Second);
            Assert.InRange(row.Second.Items, Math.Min(row.First.Items, 1), row.First.Items);
        }));

    [Fact]
    public void The_whole_has_its_share_but_for_subjects_of_which_one_item_stays() => ForEveryExam((whole, percent, shorter) =>
    {
        var share = ((whole.Sum(row => row.Items) * percent) + 99) / 100;
        var least = whole.Sum(row => row.Items == 0 ? 0 : Math.Max(row.Items * percent / 100, 1));
        Assert.Equal(Math.Max(share, least), shorter.Sum(row => row.Items));
    });

    [Fact]
    public void No_subject_is_more_than_one_item_off_its_own_share() => ForEveryExam((whole, percent, shorter) =>
        Assert.All(whole.Zip(shorter), row => Assert.InRange(row.Second.Items - (row.First.Items * percent / 100), 0, 1)));

    [Fact]
    public void What_rounding_leaves_over_goes_to_rows_with_tags_first() => Assert.Equal(
        [2, 3, 2],
        ShorterExam.Blueprint([new("depth", 5, null), new("depth", 5, null, Tags: "critical"), new("law", 4, null)], 50).Select(row => row.Items));

    [Fact]
    public void Half_of_the_school_exam_has_thirty_items_in_forty_five_minutes()
    {
        BlueprintRow[] whole = [new("depth", 15, 70, 1), new("hygiene", 12, 75, 1), new("contraindications", 12, 75, 1), new("mechanism", 6, null, 1), new("aftercare", 9, null, 1), new("law", 6, null, 1)];

        var shorter = ShorterExam.Blueprint(whole, 50);

        Assert.Equal([8, 6, 6, 3, 4, 3], shorter.Select(row => row.Items));
        Assert.Equal((30, 45), (shorter.Sum(row => row.Items + row.Pilots), ShorterExam.Minutes(90, 50)));
    }

    [Theory]
    [InlineData(90, 50, 45)]
    [InlineData(30, 50, 15)]
    [InlineData(30, 51, 20)]
    [InlineData(90, 33, 30)]
    [InlineData(7, 99, 7)]
    [InlineData(3, 10, 3)]
    public void The_minutes_have_the_same_share_up_to_the_next_five_and_never_more_than_before(int whole, int percent, int minutes) =>
        Assert.Equal(minutes, ShorterExam.Minutes(whole, percent));
}
