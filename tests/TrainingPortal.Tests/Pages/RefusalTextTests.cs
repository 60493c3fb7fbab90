using System.Reflection;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>Every reason to refuse an act has a sentence in every language.</summary>
public class RefusalTextTests
{
    // The reasons as the school's own code knows them: whatever an act may be refused with.
    private static IReadOnlyList<Type> Refusals { get; } =
    [
        .. typeof(Outcome<,>).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.ReturnType)
            .Select(returned => returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>) ? returned.GenericTypeArguments[0] : returned)
            .Where(returned => returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Outcome<,>))
            .Select(outcome => outcome.GetGenericArguments()[1])
            .Where(refusal => refusal.IsEnum)
            .Append(typeof(StartRefusal))
            .Distinct()
            .OrderBy(refusal => refusal.Name),
    ];

    [Fact]
    public void Acts_that_may_be_refused_are_found() =>
        Assert.Superset(new HashSet<string> { "EnrollRefusal", "ItemRefusal", "RegisterRefusal", "RevokeRefusal", "SaveAnswerRefusal", "StartRenewalRefusal" }, Refusals.Select(refusal => refusal.Name).ToHashSet());

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void Each_has_a_sentence_and_no_sentence_is_left_over(string language)
    {
        var wanted = Refusals.SelectMany(refusal => Enum.GetNames(refusal).Select(reason => $"{refusal.Name}_{reason}")).Order(StringComparer.Ordinal);
        var there = PortalTexts.All(typeof(RefusalTexts), language);

        Assert.Equal(wanted, there.Keys.Order(StringComparer.Ordinal));
        Assert.All(there, row => Assert.True(row.Value.EndsWith('.') && row.Value.Contains(' ', StringComparison.Ordinal), $"{row.Key}: {row.Value}"));
    }
}
