using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Tests.Support;

/// <summary>A question of an attempt, seen with the key in hand.</summary>
internal sealed record Question(string Code, AskedRow Row, ItemVersion Version)
{
    public int RightPlace => RightPlaces[0];

    /// <summary>More than one where several options are right; none where the item is no choice.</summary>
    public IReadOnlyList<int> RightPlaces => Version.Options.Count == 0 ? [] : [.. Row.OptionOrder.Index().Where(place => Version.Options[place.Item].Correct).Select(place => place.Index)];

    public int WrongPlace => Row.OptionOrder.Index().First(place => !Version.Options[place.Item].Correct).Index;

    /// <summary>The text of the right option, of an item that has one.</summary>
    public string RightText => Version.Options.Single(option => option.Correct).Text;

    /// <summary>Where the option with this index in the version stands on the page.</summary>
    public int PlaceOf(int option) => Row.OptionOrder.Index().First(place => place.Item == option).Index;

    public static async Task<IReadOnlyList<Question>> AllAsync(PortalDbContext database, Guid attemptId, CancellationToken cancellation)
    {
        var attempt = await database.Attempts.AsNoTracking().Include(row => row.Paper).Include(row => row.Answers).FirstAsync(row => row.Id == attemptId, cancellation);
        var ids = attempt.Paper.Items.Select(item => item.ItemVersionId).ToList();
        var versions = await database.ItemVersions.AsNoTracking().Where(version => ids.Contains(version.Id)).ToDictionaryAsync(version => version.Id, cancellation);
        var codes = await database.Items.ToDictionaryAsync(item => item.Id, item => item.Code, cancellation);
        return
        [
            .. attempt.Paper.Items.Select(item => new Question(
                codes[versions[item.ItemVersionId].ItemId],
                new AskedRow(item, attempt.Answers.Find(answer => answer.Slot == item.Slot)),
                versions[item.ItemVersionId])),
        ];
    }
}

/// <summary>A question of a paper with the answer to it, if there is one.</summary>
internal sealed record AskedRow(AskedItem Item, Answer? Answer)
{
    public int Slot => Item.Slot;

    public string Domain => Item.Domain;

    public IReadOnlyList<int> OptionOrder => Item.Order;

    public int Revision => Answer?.Revision ?? 0;

    public DateTime? AnsweredAt => Answer?.AnsweredAt;

    /// <summary>The places that were chosen, with commas between them; null while nothing is.</summary>
    public string? Chosen => Answer?.Response is { } response
        ? string.Join(',', Item.Order.Index().Where(place => response.Values.Contains(place.Item)).Select(place => place.Index))
        : null;
}

internal static class Choosing
{
    /// <summary>Answers a choice by places on the page.</summary>
    public static Task<Outcome<int, SaveAnswerRefusal>> ChooseAsync(
        this SaveAnswer save, Actor person, Guid attempt, int slot, IReadOnlyCollection<int> places, int revision, CancellationToken cancellation) =>
        save.RunAsync(person, attempt, new PostedAnswer(slot, [.. places.Select(place => place.ToString(System.Globalization.CultureInfo.InvariantCulture))], revision), cancellation);
}
