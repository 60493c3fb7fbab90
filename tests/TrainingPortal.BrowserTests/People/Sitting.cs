using Microsoft.Playwright;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests.People;

/// <summary>An attempt as one person sits it at one device, with the key from the portal's records.</summary>
public sealed class Sitting
{
    private readonly Trainee trainee;
    private readonly Records records;
    private readonly IReadOnlyList<int> key;

    private Sitting(Trainee trainee, Records records, Guid id, IReadOnlyList<int> key)
    {
        this.trainee = trainee;
        this.records = records;
        this.key = key;
        Id = id;
    }

    public Guid Id { get; }

    /// <summary>Questions, one to a page.</summary>
    public int Pages => key.Count;

    /// <summary>The attempt whose page this person is looking at.</summary>
    public static async Task<Sitting> OnPageAsync(Trainee trainee, Records records)
    {
        await Expect(trainee.Page.Locator(".exam-bar")).ToBeVisibleAsync();
        var id = Guid.Parse(new Uri(trainee.Page.Url).Segments[2].TrimEnd('/'));
        return new Sitting(trainee, records, id, await records.RightPlacesAsync(id));
    }

    /// <summary>The place of the right answer on a page, from 0; pages are numbered from 1.</summary>
    public int Right(int page) => key[page - 1];

    /// <summary>The place of a wrong answer on a page.</summary>
    public int Wrong(int page) => (key[page - 1] + 1) % 4;

    public async Task IsOnAsync(int page) => await Expect(trainee.Page).ToHaveTitleAsync($"Question {page} of {Pages}");

    public ILocator Answer(int place) => trainee.Page.Locator($"input[type=radio][value='{place}']");

    /// <summary>Gives one answer, and sees that it is saved before the next page shows.</summary>
    public async Task AnswerAsync(int page, int place)
    {
        await IsOnAsync(page);
        await Answer(place).CheckAsync();
        await trainee.Device.SeeAsync("question");
        if (page < Pages)
        {
            await trainee.PressAsync("Save and go on");
            await IsOnAsync(page + 1);
        }
        else
        {
            await trainee.PressAsync("Save and finish");
            await Expect(trainee.Page).ToHaveURLAsync($"{trainee.Device.Portal}/attempts/{Id}/finish");
        }

        Assert.Equal(place, (await records.SavedPlacesAsync(Id))[page - 1]);
    }

    /// <summary>Answers the pages of a range, all right.</summary>
    public async Task AnswerRightAsync(int from, int to)
    {
        for (var page = from; page <= to; page++)
        {
            await AnswerAsync(page, Right(page));
        }
    }

    public Task AnswerToTheEndAsync() => AnswerRightAsync(1, Pages);

    public async Task HandInAsync()
    {
        await trainee.Device.SeeAsync("finish");
        await trainee.PressAsync("Hand in now");
        await Expect(trainee.Page).ToHaveURLAsync($"{trainee.Device.Portal}/attempts/{Id}/result");
    }
}
