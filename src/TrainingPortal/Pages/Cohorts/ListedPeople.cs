using TrainingPortal.Cohorts;

namespace TrainingPortal.Web.Pages.Cohorts;

internal static class ListedPeople
{
    /// <summary>Those who are invited when the list is sent.</summary>
    public static IEnumerable<ListedPerson> Good(this IReadOnlyList<ListedPerson>? people) => (people ?? []).Where(person => person.Verdict == RowVerdict.Good);

    public static bool AnyGood(this IReadOnlyList<ListedPerson>? people) => people.Good().Any();
}
