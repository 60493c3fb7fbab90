using TrainingPortal.Assessments;

namespace TrainingPortal.Tests.Assessments;

public class CertaintyTests
{
    [Theory]
    [InlineData(Certainty.Low, 1, 0)]
    [InlineData(Certainty.Middle, 2, -2)]
    [InlineData(Certainty.High, 3, -6)]
    public void The_surer_the_more_a_right_answer_earns_and_a_wrong_one_costs(Certainty certainty, int right, int wrong) =>
        Assert.Equal((right, wrong), (CertaintyMark.Of(certainty, right: true), CertaintyMark.Of(certainty, right: false)));

    [Theory]
    [InlineData(6, 10, Certainty.Low)]
    [InlineData(7, 10, Certainty.Middle)]
    [InlineData(79, 100, Certainty.Middle)]
    [InlineData(81, 100, Certainty.High)]
    public void Saying_what_one_thinks_earns_most(int right, int of, Certainty honest)
    {
        int Marks(Certainty level) => (right * CertaintyMark.Of(level, true)) + ((of - right) * CertaintyMark.Of(level, false));

        Assert.Equal(honest, Enum.GetValues<Certainty>().MaxBy(Marks));
    }

    [Theory]
    [InlineData(5, 9, 0, 0, CalibrationVerdict.TooFew)]
    [InlineData(9, 9, 0, 0, CalibrationVerdict.TooFew)]
    [InlineData(9, 10, 0, 0, CalibrationVerdict.WellJudged)]
    [InlineData(8, 10, 0, 0, CalibrationVerdict.WellJudged)] // at four in five, high and middle earn the same
    [InlineData(7, 10, 0, 0, CalibrationVerdict.TooSure)]
    [InlineData(0, 0, 9, 10, CalibrationVerdict.TooUnsure)]
    [InlineData(0, 0, 5, 10, CalibrationVerdict.WellJudged)]
    [InlineData(3, 6, 8, 10, CalibrationVerdict.TooUnsure)] // most answers decide
    [InlineData(5, 10, 10, 10, CalibrationVerdict.TooSure)] // of equally many, the milder
    public void The_share_right_of_each_level_tells_whether_it_was_the_right_level(int highRight, int high, int lowRight, int low, CalibrationVerdict verdict)
    {
        CertaintyShare[] shares = [new(Certainty.High, highRight, high), new(Certainty.Low, lowRight, low)];

        Assert.Equal(verdict, Calibration.Judge([.. shares.Where(share => share.Of > 0)]));
    }
}
