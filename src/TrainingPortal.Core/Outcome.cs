using System.Diagnostics.CodeAnalysis;

namespace TrainingPortal;

/// <summary>
/// What became of an act that may be refused: its value, or the reason why not. Reasons are data, one enum an act, each
/// with a sentence in every language; exceptions are for bugs and broken machinery.
/// </summary>
public readonly record struct Outcome<TValue, TRefusal>
    where TRefusal : struct, Enum
{
    private readonly TValue? value;

    private Outcome(TValue? value, TRefusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    public TRefusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <exception cref="InvalidOperationException">The act was refused; ask <see cref="Succeeded"/> first.</exception>
    public TValue Value => Succeeded ? value! : throw new InvalidOperationException($"Refused: {Refusal}");

    public override string ToString() => Succeeded ? $"{value}" : $"Refused: {Refusal}";

    public static implicit operator Outcome<TValue, TRefusal>(TValue value) => new(value, null);

    public static implicit operator Outcome<TValue, TRefusal>(TRefusal refusal) => new(default, refusal);
}
