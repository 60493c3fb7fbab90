using Microsoft.Playwright;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests.People;

/// <summary>The instructor of the portal's demo accounts.</summary>
public sealed class Instructor(Device device) : Member(device, "instructor@portal.test", DemoPassword)
{
    /// <summary>Makes a cohort in the organisation of the demo accounts.</summary>
    /// <returns>The address of its page.</returns>
    public async Task<string> MakeCohortAsync(string name)
    {
        await Device.GoAsync("/teach/cohorts/new");
        await Page.GetByLabel("Name").FillAsync(name);
        await PressAsync("Make a cohort");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        return new Uri(Page.Url).AbsolutePath;
    }
}

/// <summary>An assessor of the portal's demo accounts.</summary>
public sealed class Assessor(Device device) : Member(device, "assessor@portal.test", DemoPassword)
{
    /// <summary>Who waits for the practicals of the demo school.</summary>
    public const string Candidate = "Cora Candidate";

    /// <summary>Presses start beside the candidate, on the page of those who wait.</summary>
    public Task StartAsync() => Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Candidate }).GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

    /// <summary>Starts to mark the candidate.</summary>
    /// <param name="practical">Its slug.</param>
    /// <returns>The address of the marking.</returns>
    public async Task<string> StartMarkingAsync(string practical)
    {
        await Device.GoAsync($"/teach/practicals/{practical}");
        await StartAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Step 1 of");
        return new Uri(Page.Url).AbsolutePath;
    }
}

/// <summary>The administrator of the portal's demo accounts.</summary>
public sealed class Administrator(Device device) : Member(device, "admin@portal.test", DemoPassword)
{
    /// <summary>Finds a certificate by its serial and revokes it.</summary>
    /// <param name="serial">As it is printed.</param>
    /// <param name="reason">One of the sentences to choose from.</param>
    public async Task RevokeAsync(string serial, string reason)
    {
        await Device.GoAsync("/admin");
        await Device.SeeAsync("admin");
        await FollowAsync("Certificates");
        await Device.SeeAsync("admin-certificates");
        await Page.GetByRole(AriaRole.Searchbox).FillAsync(serial);
        await PressAsync("Search");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Revoke" }).ClickAsync();
        await Device.SeeAsync("admin-revoke");
        await Page.GetByLabel(reason).CheckAsync();
        await PressAsync("Revoke for good");
        await Expect(Page.GetByText("The certificate is revoked.")).ToBeVisibleAsync();
        await Device.SeeAsync("admin-revoked");
    }
}
