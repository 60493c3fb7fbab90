using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TrainingPortal.Certifications;

/// <summary>
/// A certificate's serial: 16 random letters of Crockford's base 32 (80 bits) and a check letter of the same alphabet,
/// shown as <c>XXXX-XXXX-XXXX-XXXX-X</c>. The check letter makes the weighted sum of all letters zero in the field of
/// 32 elements; the weights are successive powers of a generator, so every single wrong letter and every swap of
/// neighbours is caught.
/// </summary>
public readonly record struct Serial
{
    /// <summary>Letters in a serial, the check letter included.</summary>
    public const int Length = 17;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Serial(string value) => Value = value;

    /// <summary>17 letters, no hyphens, upper case: what is stored.</summary>
    public string Value { get; }

    /// <summary>A new serial that cannot be guessed.</summary>
    public static Serial Draw()
    {
        Span<char> letters = stackalloc char[Length];
        for (var index = 0; index < Length - 1; index++)
        {
            letters[index] = Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)];
        }

        letters[^1] = Alphabet[WeightedSum(letters[..^1])];
        return new Serial(new string(letters));
    }

    /// <summary>
    /// Reads what a person typed or scanned: any case, hyphens and spaces anywhere, <c>O</c> as 0, <c>I</c> and <c>L</c>
    /// as 1. False when it is not 17 letters of the alphabet or the check letter does not fit, so that a slip is told
    /// before the database is asked.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? typed, out Serial serial)
    {
        serial = default;
        if (typed is null || typed.Length > 64)
        {
            return false;
        }

        Span<char> letters = stackalloc char[Length];
        var count = 0;
        foreach (var character in typed)
        {
            if (character is '-' or ' ' or '\u2010' or '\u2011' or '\u2013' or '\u00A0')
            {
                continue;
            }

            var letter = char.ToUpperInvariant(character) switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                var other => other,
            };
            if (count == Length || !Alphabet.Contains(letter, StringComparison.Ordinal))
            {
                return false;
            }

            letters[count++] = letter;
        }

        if (count != Length || WeightedSum(letters[..^1]) != Alphabet.IndexOf(letters[^1], StringComparison.Ordinal))
        {
            return false;
        }

        serial = new Serial(new string(letters));
        return true;
    }

    /// <summary>A serial that the portal stored itself.</summary>
    /// <exception cref="FormatException">It is no serial.</exception>
    public static Serial Parse(string stored) => TryParse(stored, out var serial) ? serial : throw new FormatException("Not a serial.");

    /// <summary>As people read it: <c>XXXX-XXXX-XXXX-XXXX-X</c>.</summary>
    public override string ToString() =>
        string.Create(21, Value, static (shown, value) =>
        {
            for (int from = 0, to = 0; from < Length; from++)
            {
                if (from is 4 or 8 or 12 or 16)
                {
                    shown[to++] = '-';
                }

                shown[to++] = value[from];
            }
        });

    // Horner's rule: each letter is multiplied by one more power of the generator than its right-hand neighbour, the last
    // by the first power, which leaves weight one for the check letter.
    private static int WeightedSum(ReadOnlySpan<char> letters)
    {
        var sum = 0;
        foreach (var letter in letters)
        {
            sum = TimesGenerator(sum ^ Alphabet.IndexOf(letter, StringComparison.Ordinal));
        }

        return sum;
    }

    // The field of 32 elements is polynomials over two elements modulo x^5 + x^2 + 1, which is primitive: x has order 31,
    // more than a serial has letters, so no two weights are equal.
    private static int TimesGenerator(int element)
    {
        var product = element << 1;
        return (product & 0b100000) == 0 ? product : product ^ 0b100101;
    }
}
