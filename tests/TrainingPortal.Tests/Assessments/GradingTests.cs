using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Tests.Assessments;

/// <summary>How a paper is judged: the pass mark, the gates in whole points, and the critical items.</summary>
public class GradingTests
{
    private static readonly DateTime s_start = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Dictionary<Guid, int> s_unseen = [];

    // As many items and the same gates as the exam of the course safe-practice.
    private static readonly BlueprintRow[] s_blueprint = [new("depth", 8, 70), new("hygiene", 6, 75), new("contraindications", 6, 75)];

    [Theory]
    [InlineData(6, 8, 75, true)]
    [InlineData(5, 8, 75, false)]
    [InlineData(6, 8, 70, true)]
    [InlineData(5, 8, 70, false)]
    [InlineData(5, 6, 75, true)]
    [InlineData(4, 6, 75, false)]
    [InlineData(2, 3, 66, true)]
    [InlineData(2, 3, 67, false)]
    [InlineData(7, 7, 100, true)]
    [InlineData(6, 7, 100, false)]
    [InlineData(0, 5, 0, true)]
    [InlineData(0, 5, null, true)]
    public void A_gate_is_compared_in_whole_points(int points, int of, int? gate, bool passed) =>
        Assert.Equal(passed, new DomainScore("depth", points, of, gate).GatePassed);

    [Theory]
    [InlineData(0, 0, 0, AttemptResult.Passed)]
    [InlineData(2, 1, 1, AttemptResult.Passed)] // 16 of 20 is 80 per cent
    [InlineData(2, 2, 1, AttemptResult.FailedScore)] // 15 of 20
    [InlineData(3, 1, 0, AttemptResult.FailedGate)] // 16 of 20, depth 5 of 8 is below 70 per cent
    [InlineData(0, 2, 0, AttemptResult.FailedGate)] // 18 of 20, hygiene 4 of 6 is below 75 per cent
    [InlineData(0, 0, 2, AttemptResult.FailedGate)]
    [InlineData(8, 6, 6, AttemptResult.FailedScore)]
    public void The_pass_mark_decides_and_then_the_gates(int wrongDepth, int wrongHygiene, int wrongContraindications, AttemptResult result)
    {
        var paper = new Sitting(s_blueprint, passPercent: 80);
        paper.AnswerAll(("depth", wrongDepth), ("hygiene", wrongHygiene), ("contraindications", wrongContraindications));
        var attempt = paper.Close();

        Assert.Equal(result, attempt.Result);
        Assert.Equal((20 - wrongDepth - wrongHygiene - wrongContraindications) * Score.Full, attempt.Points);
        Assert.Equal(
            [new DomainScore("depth", (8 - wrongDepth) * 60, 8 * 60, 70, 60), new("hygiene", (6 - wrongHygiene) * 60, 6 * 60, 75, 60), new("contraindications", (6 - wrongContraindications) * 60, 6 * 60, 75, 60)],
            attempt.Domains);
    }

    [Fact]
    public void One_wrong_critical_item_fails_at_nineteen_of_twenty()
    {
        var paper = new Sitting(s_blueprint, passPercent: 80, critical: "hygiene-1");
        paper.AnswerAll();
        paper.AnswerWrong("hygiene-1");
        var attempt = paper.Close();

        Assert.Equal((AttemptResult.FailedCritical, 19 * Score.Full), (attempt.Result, attempt.Points));
    }

    [Fact]
    public void A_critical_item_left_open_is_wrong()
    {
        var paper = new Sitting(s_blueprint, passPercent: 80, critical: "hygiene-1");
        paper.AnswerAll();
        paper.LeaveOpen("hygiene-1");

        Assert.Equal(AttemptResult.FailedCritical, paper.Close().Result);
    }

    [Fact]
    public void A_critical_item_that_is_right_fails_nobody()
    {
        var paper = new Sitting(s_blueprint, passPercent: 80, critical: "hygiene-1");
        paper.AnswerAll(("depth", 2), ("contraindications", 1));

        Assert.Equal(AttemptResult.Passed, paper.Close().Result);
    }

    [Fact]
    public void A_missed_critical_item_is_named_before_a_low_score()
    {
        var paper = new Sitting(s_blueprint, passPercent: 80, critical: "hygiene-1");

        Assert.Equal(AttemptResult.FailedCritical, paper.Close().Result);
    }

    [Fact]
    public void In_a_knowledge_check_no_item_is_critical()
    {
        var paper = new Sitting(s_blueprint, passPercent: 80, critical: "hygiene-1", kind: QuizKind.Check);
        paper.AnswerAll();
        paper.AnswerWrong("hygiene-1");

        Assert.Equal(AttemptResult.Passed, paper.Close().Result);
    }

    [Theory]
    [InlineData(QuizKind.Exam, 0, true)]
    [InlineData(QuizKind.Exam, 8, false)]
    [InlineData(QuizKind.Check, 0, false)]
    public void Only_a_passed_exam_awaits_a_certificate(QuizKind kind, int wrong, bool awaits)
    {
        var paper = new Sitting(s_blueprint, passPercent: 80, kind: kind);
        paper.AnswerAll(("depth", wrong));

        Assert.Equal(awaits, paper.Close().AwaitsAward);
    }

    [Fact]
    public void A_closed_attempt_is_not_closed_again()
    {
        var paper = new Sitting(s_blueprint, passPercent: 80);
        paper.Close();

        Assert.Throws<InvalidOperationException>(paper.Close);
    }

    [Fact]
    public void The_points_are_the_right_answers_and_never_more_than_there_are() => ForEveryPaper((paper, places) =>
    {
        var right = paper.Answer(places);
        var attempt = paper.Close();

        Assert.Equal(right * Score.Full, attempt.Points);
        Assert.InRange(attempt.Points!.Value, 0, attempt.Paper.Items.Count * Score.Full);
        Assert.Equal(attempt.Paper.Items.Count * Score.Full, attempt.Of);
        Assert.Equal(attempt.Of, attempt.Domains.Sum(domain => domain.Of));
        Assert.All(attempt.Domains, domain => Assert.InRange(domain.Points, 0, domain.Of));
    });

    [Fact]
    public void Everything_right_always_passes() => ForEveryPaper((paper, _) =>
    {
        paper.AnswerAll();

        Assert.Equal(AttemptResult.Passed, paper.Close().Result);
    });

    [Fact]
    public void One_more_right_answer_never_costs_the_pass() => ForEveryPaper((paper, places) =>
    {
        paper.Answer(places);
        var better = paper.Again();
        better.Answer(places);
        better.AnswerRight(slot: 1);

        Assert.True(paper.Close().Result != AttemptResult.Passed || better.Close().Result == AttemptResult.Passed);
    });

    [Fact]
    public void The_order_of_answering_makes_no_difference() => ForEveryPaper((paper, places) =>
    {
        var backwards = paper.Again();
        paper.Answer(places);
        backwards.Answer(places, backwards: true);
        var (one, other) = (paper.Close(), backwards.Close());

        Assert.Equal((one.Result, one.Points), (other.Result, other.Points));
        Assert.Equal(one.Domains, other.Domains);
        Assert.Equal(one.Answers.OrderBy(answer => answer.Slot).Select(answer => answer.Correct), other.Answers.OrderBy(answer => answer.Slot).Select(answer => answer.Correct));
    });

    [Fact]
    public void A_pilot_item_counts_for_nothing_even_if_it_is_critical()
    {
        var (scored, pilot) = (Version("depth-1", critical: false), Version("depth-p1", critical: true));
        BlueprintRow[] blueprint = [new("depth", 1, 100, Pilots: 1)];
        var quiz = new Quiz { Slug = "exam", Title = "Exam", Kind = QuizKind.Exam, PassPercent = 100, Blueprint = blueprint };
        var paper = Paper.Draw(blueprint, new([new DrawableItem(Guid.NewGuid(), "depth-1", "depth", scored), new DrawableItem(Guid.NewGuid(), "depth-p1", "depth", pilot, Pilot: true)]), s_unseen, seed: 5)!;
        var attempt = new Attempt(Guid.NewGuid(), Guid.NewGuid(), quiz, paper, seed: 5, s_start);
        attempt.Answers.Add(new Answer(attempt.Id, paper.Single(row => row.Scored), scored.Interaction.Key, scored, null, s_start));

        attempt.Close(s_start);

        Assert.Equal(2, attempt.Answers.Count);
        Assert.Equal((AttemptResult.Passed, 60, new DomainScore("depth", 60, 60, 100, 60)), (attempt.Result, attempt.Points, attempt.Domains.Single()));
    }

    private static ItemVersion Version(string code, bool critical) => new()
    {
        Id = Guid.CreateVersion7(s_start),
        Critical = critical,
        Objective = code,
        Stem = code,
        Interaction = new ChoiceInteraction([new("a", false, "no"), new("b", false, "no"), new("c", true, "yes"), new("d", false, "no")]),
    };

    // Any seed, pass mark and gates; each question left open or answered at any of the four places.
    private static void ForEveryPaper(Action<Sitting, IReadOnlyList<int?>> holds) => Check.QuickThrowOnFailure(Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue)
         from pass in Gen.Choose(0, 100)
         from gates in Gen.Choose(0, 100).ListOf(s_blueprint.Length)
         from places in Gen.Choose(-1, 3).ListOf(20)
         select (Seed: seed, Pass: pass, Gates: gates.ToList(), Places: places.Select(place => place < 0 ? (int?)null : place).ToList())).ToArbitrary(),
        drawn => holds(
            new Sitting([.. s_blueprint.Zip(drawn.Gates, (row, gate) => row with { GatePercent = gate })], drawn.Pass, critical: "hygiene-1", seed: drawn.Seed),
            drawn.Places)));

    /// <summary>A drawn paper with the key in hand; the bank is exactly as large as the blueprint, so every item is asked.</summary>
    private sealed class Sitting
    {
        private readonly BlueprintRow[] blueprint;
        private readonly int passPercent;
        private readonly string? critical;
        private readonly QuizKind kind;
        private readonly int seed;
        private readonly Dictionary<string, ItemVersion> bank;
        private readonly Attempt attempt;

        public Sitting(BlueprintRow[] blueprint, int passPercent, string? critical = null, QuizKind kind = QuizKind.Exam, int seed = 1)
        {
            (this.blueprint, this.passPercent, this.critical, this.kind, this.seed) = (blueprint, passPercent, critical, kind, seed);
            bank = blueprint
                .SelectMany(row => Enumerable.Range(1, row.Items).Select(number => $"{row.Domain}-{number}"))
                .ToDictionary(code => code, code => Version(code, code == critical));
            var quiz = new Quiz { Slug = "exam", Title = "Exam", Kind = kind, PassPercent = passPercent, Blueprint = blueprint, Minutes = 30 };
            var paper = Paper.Draw(blueprint, new(bank.Select(item => new DrawableItem(Guid.NewGuid(), item.Key, item.Key.Split('-')[0], item.Value))), s_unseen, seed)!;
            attempt = new Attempt(Guid.CreateVersion7(s_start), Guid.CreateVersion7(s_start), quiz, paper, seed, s_start);
        }

        public Sitting Again() => new(blueprint, passPercent, critical, kind, seed);

        /// <returns>How many of them are right.</returns>
        public int Answer(IReadOnlyList<int?> places, bool backwards = false)
        {
            foreach (var item in backwards ? attempt.Paper.Items.Reverse() : attempt.Paper.Items)
            {
                Choose(item, places[item.Slot - 1]);
            }

            return attempt.Paper.Items.Count(item => places[item.Slot - 1] == KeyPlace(item));
        }

        public void AnswerAll(params (string Domain, int Count)[] wrong)
        {
            foreach (var domain in attempt.Paper.Items.GroupBy(item => item.Domain))
            {
                var wrongHere = wrong.FirstOrDefault(row => row.Domain == domain.Key).Count;
                foreach (var (index, item) in domain.Index())
                {
                    Choose(item, index < wrongHere ? (KeyPlace(item) + 1) % 4 : KeyPlace(item));
                }
            }
        }

        public void AnswerRight(int slot) => Choose(attempt.Paper.Items[slot - 1], KeyPlace(attempt.Paper.Items[slot - 1]));

        public void AnswerWrong(string code) => Choose(Item(code), (KeyPlace(Item(code)) + 1) % 4);

        public void LeaveOpen(string code) => Choose(Item(code), null);

        public Attempt Close()
        {
            attempt.Close(s_start.AddMinutes(10));
            return attempt;
        }

        private AskedItem Item(string code) => attempt.Paper.Items.Single(item => item.ItemVersionId == bank[code].Id);

        private static int KeyPlace(AskedItem item) => item.Order.Index().Single(place => place.Item == 2).Index;

        // Saving an answer is SaveAnswerTests' matter; here only what it leaves in the row counts.
        private void Choose(AskedItem item, int? place)
        {
            attempt.Answers.RemoveAll(answer => answer.Slot == item.Slot);
            if (place is { } at)
            {
                var version = bank.Values.Single(version => version.Id == item.ItemVersionId);
                attempt.Answers.Add(new Answer(attempt.Id, item, Response.Of([item.Order[at]]), version, null, s_start));
            }
        }
    }
}
