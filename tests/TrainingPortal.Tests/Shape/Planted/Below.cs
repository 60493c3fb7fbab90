using System.Linq.Expressions;
using TrainingPortal.Tests.Shape.Planted.Above;

namespace TrainingPortal.Tests.Shape.Planted.Below;

/// <summary>Each of these but the first knows upwards, each in another hiding place.</summary>
internal sealed class NothingWrong
{
    public int Depth { get; init; }
}

internal sealed class InASignature
{
    public static int Measure(HighAttribute? high) => high is null ? 0 : 1;
}

internal sealed class InAField
{
    private readonly HighAttribute[]? kept = null;

    public bool Any => kept is not null;
}

internal sealed class InATypeArgument : List<HighAttribute>;

[High]
internal sealed class InAnAttribute;

internal sealed class InALambda
{
    public static IEnumerable<int> Heights(IEnumerable<int> numbers) => numbers.Select(number => number + HighAttribute.Height);
}

internal sealed class InAnAsyncMethod
{
    public static async Task<int> HeightAsync()
    {
        await Task.Yield();
        return HighAttribute.Height;
    }
}

internal sealed class InAnExpression
{
    public static Expression<Func<object, bool>> IsHigh() => thing => ((HighAttribute)thing).Own > 1;
}
