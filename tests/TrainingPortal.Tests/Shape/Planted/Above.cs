using TrainingPortal.Tests.Shape.Planted.Below;

namespace TrainingPortal.Tests.Shape.Planted.Above;

/// <summary>Stands above; what is below must not know it.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed class HighAttribute : Attribute
{
    public static int Height => 3;

    public int Own { get; init; }
}

internal static class LooksDown
{
    public static int Look(NothingWrong low) => low.Depth;

    public static string? Path(Microsoft.AspNetCore.Http.HttpContext context) => context.Request.Path.Value;
}
