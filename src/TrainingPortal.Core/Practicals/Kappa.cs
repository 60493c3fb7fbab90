namespace TrainingPortal.Practicals;

/// <summary>How two assessors marked one step over and over, each either done or otherwise.</summary>
public sealed record AgreementCounts(int BothDone, int FirstOnly, int SecondOnly, int Neither)
{
    public int Pairs => BothDone + FirstOnly + SecondOnly + Neither;

    public int Agreeing => BothDone + Neither;

    /// <summary>From 0 to 1; 0 without any pair.</summary>
    public double Share => Pairs == 0 ? 0 : (double)Agreeing / Pairs;
}

/// <summary>
/// Cohen's kappa: agreement beyond what two assessors would reach by chance with their own shares of done,
/// (observed − chance) / (1 − chance) (Cohen, 1960). The interval holds 95 of 100 and rests on the large-sample standard
/// error of Fleiss, Cohen and Everitt (1969).
/// </summary>
/// <param name="Value">From −1 to 1.</param>
/// <param name="Low">The interval's ends, within −1 and 1; none where every pair agrees, since the formula then gives no width and would feign certainty.</param>
/// <param name="High">See <paramref name="Low"/>.</param>
public sealed record Kappa(double Value, double? Low, double? High)
{
    /// <summary>Pairs at least: the interval is one of large samples, and below this it says more about chance. Our own choice.</summary>
    public const int LeastPairs = 20;

    private const double Normal95 = 1.959964;

    /// <returns>Null where there are fewer than <see cref="LeastPairs"/>, or where both assessors always marked the same, so that chance alone explains all of it.</returns>
    public static Kappa? Of(AgreementCounts counts) => counts.Pairs < LeastPairs ? null : Compute(counts);

    /// <summary>The figure for any number of pairs.</summary>
    /// <returns>Null where chance alone explains all agreement.</returns>
    internal static Kappa? Compute(AgreementCounts counts)
    {
        double n = counts.Pairs;
        var (both, first, second, neither) = (counts.BothDone / n, counts.FirstOnly / n, counts.SecondOnly / n, counts.Neither / n);

        // Row: the first assessor's share of done and otherwise; column: the second one's.
        var (rowDone, rowOther) = (both + first, second + neither);
        var (columnDone, columnOther) = (both + second, first + neither);
        var observed = both + neither;
        var chance = (rowDone * columnDone) + (rowOther * columnOther);

        // Whole numbers decide whether one assessor, both the same, marked only one thing.
        if (counts.BothDone == counts.Pairs || counts.Neither == counts.Pairs || counts.Pairs == 0)
        {
            return null;
        }

        var value = (observed - chance) / (1 - chance);
        if (counts.Agreeing == counts.Pairs)
        {
            return new Kappa(value, null, null);
        }

        var diagonal = (both * Square(1 - chance - ((rowDone + columnDone) * (1 - observed))))
            + (neither * Square(1 - chance - ((rowOther + columnOther) * (1 - observed))));
        var off = Square(1 - observed) * ((first * Square(columnDone + rowOther)) + (second * Square(columnOther + rowDone)));
        var variance = (diagonal + off - Square((observed * chance) - (2 * chance) + observed)) / (n * Math.Pow(1 - chance, 4));
        var half = Normal95 * Math.Sqrt(Math.Max(0, variance));
        return new Kappa(value, Math.Max(-1, value - half), Math.Min(1, value + half));
    }

    private static double Square(double number) => number * number;
}
