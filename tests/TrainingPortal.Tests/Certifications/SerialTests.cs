using TrainingPortal.Certifications;

namespace TrainingPortal.Tests.Certifications;

public class SerialTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static IEnumerable<string> Serials() => Enumerable.Range(0, 200).Select(_ => Serial.Draw().Value);

    [Fact]
    public void A_drawn_serial_reads_back_as_itself_however_it_is_typed()
    {
        foreach (var value in Serials())
        {
            Assert.True(Serial.TryParse(value, out var serial));
            foreach (var typed in new[] { serial.ToString(), value.ToLowerInvariant(), $" {serial} ", value.Replace('0', 'O').Replace('1', 'l') })
            {
                Assert.True(Serial.TryParse(typed, out var again), typed);
                Assert.Equal(value, again.Value);
            }
        }
    }

    [Fact]
    public void It_is_shown_in_groups_of_four_with_the_check_letter_apart()
    {
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-HJKMNP-TV-Z]$", Serial.Draw().ToString());
    }

    [Fact]
    public void Every_single_wrong_letter_is_caught()
    {
        foreach (var value in Serials())
        {
            for (var place = 0; place < Serial.Length; place++)
            {
                foreach (var wrong in Alphabet.Where(letter => letter != value[place]))
                {
                    var typed = value[..place] + wrong + value[(place + 1)..];
                    Assert.False(Serial.TryParse(typed, out _), $"{value} as {typed}");
                }
            }
        }
    }

    [Fact]
    public void Every_swap_of_neighbours_is_caught_at_every_place_for_every_pair_of_letters()
    {
        var stem = Serial.Draw().Value;
        for (var place = 0; place < Serial.Length - 1; place++)
        {
            foreach (var left in Alphabet)
            {
                foreach (var right in Alphabet.Where(letter => letter != left))
                {
                    var value = Completed(stem, place, left, right);
                    var swapped = value[..place] + value[place + 1] + value[place] + value[(place + 2)..];
                    Assert.False(Serial.TryParse(swapped, out _), $"{value} as {swapped}");
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7K4M-Q2XT-9H3W-Z6BD")]
    [InlineData("7K4M-Q2XT-9H3W-Z6BD-XX")]
    [InlineData("7K4M-Q2XT-9H3W-Z6BU-X")]
    [InlineData("………………")]
    public void What_cannot_be_a_serial_is_refused(string? typed) => Assert.False(Serial.TryParse(typed, out _));

    // The one serial with these two letters at this place, the stem elsewhere, and a check letter (or, where the check
    // letter is one of the two, another free letter) that fits.
    private static string Completed(string stem, int place, char left, char right)
    {
        var letters = stem.ToCharArray();
        letters[place] = left;
        letters[place + 1] = right;
        var free = place + 1 == Serial.Length - 1 ? 0 : Serial.Length - 1;
        return Alphabet
            .Select(letter =>
            {
                letters[free] = letter;
                return new string(letters);
            })
            .First(candidate => Serial.TryParse(candidate, out _));
    }
}
