using TrainingPortal.Enrollments;

namespace TrainingPortal.Tests;

public class OutcomeTests
{
    [Fact]
    public void A_refusal_has_a_reason_and_no_value()
    {
        Outcome<Guid, EnrollRefusal> outcome = EnrollRefusal.CourseNotFound;

        Assert.Equal((false, EnrollRefusal.CourseNotFound), (outcome.Succeeded, outcome.Refusal));
        Assert.Throws<InvalidOperationException>(() => outcome.Value);
    }

    [Fact]
    public void A_refusal_can_be_written_to_a_log()
    {
        Outcome<Guid, EnrollRefusal> outcome = EnrollRefusal.CourseNotFound;

        Assert.Contains("CourseNotFound", outcome.ToString(), StringComparison.Ordinal);
    }
}
