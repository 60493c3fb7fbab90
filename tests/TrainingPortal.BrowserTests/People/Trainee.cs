using Microsoft.Playwright;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests.People;

/// <summary>A person who learns: enrols, reads, sits exams and holds certificates.</summary>
public sealed class Trainee : Member
{
    public const string Course = "safe-practice";
    private readonly Records records;

    private Trainee(Device device, Records records, string name, string email)
        : base(device, email, DemoPassword)
    {
        this.records = records;
        Name = name;
    }

    public string Name { get; }

    /// <summary>The knowledge checks of the course.</summary>
    public static IReadOnlyList<string> Checks { get; } = ["depth-check", "hygiene-check", "contraindications-check"];

    /// <summary>The trainee of the portal's demo accounts: for a portal that sends no mail, and to be a stranger.</summary>
    public static Trainee OfTheDemo(Device device, Records records) => new(device, records, "Tara Trainee", "trainee@portal.test");

    /// <summary>Registers as any person does: the form, the mail, its link, and signing in.</summary>
    public static async Task<Trainee> RegisterAsync(Device device, RunningPortal portal, string name)
    {
        var person = new Trainee(device, portal.Records, name, $"{Guid.NewGuid():N}@example.test");
        await device.GoAsync("/account/register");
        await device.SeeAsync("register");
        await device.Page.GetByLabel("Full name").FillAsync(name);
        await device.Page.GetByLabel("E-mail address").FillAsync(person.Email);
        await device.Page.GetByLabel("Password").FillAsync(DemoPassword);
        await person.PressAsync("Create account");
        await Expect(device.Page).ToHaveURLAsync($"{portal.Url}/account/check-mail");
        await device.SeeAsync("register-check-mail");

        var link = $"{portal.Url}/account/confirm";
        await device.GoAsync((await portal.Mails.ToAsync(person.Email, link)).Link(link));
        await device.SeeAsync("register-confirm");
        await person.PressAsync("Confirm my address");
        await Expect(device.Page.GetByText("Your address is confirmed")).ToBeVisibleAsync();
        await device.SeeAsync("sign-in");
        await person.FillInSignInAsync();
        await Expect(device.Page).ToHaveURLAsync($"{portal.Url}/me");
        await device.SeeAsync("my-learning");
        return person;
    }

    /// <summary>The same person at another device, where they have signed in already.</summary>
    public Trainee SignedInAt(Device other) => new(other, records, Name, Email);

    /// <summary>The same person at another device, where they sign in.</summary>
    public async Task<Trainee> AtAsync(Device other)
    {
        var same = SignedInAt(other);
        await same.SignInAsync();
        return same;
    }

    public async Task EnrolAsync()
    {
        await Device.GoAsync($"/courses/{Course}");
        await Device.SeeAsync("course-before-enrolment");
        await PressAsync("Enrol, free of charge");
        await Expect(Page.Locator(".step-next a")).ToHaveCountAsync(1);
        await Device.SeeAsync("course");
    }

    /// <summary>Reads every lesson from the first to the last, by the button at the end of each.</summary>
    public async Task ReadLessonsAsync()
    {
        await Device.GoAsync($"/courses/{Course}");
        var lessons = Page.Locator($".steps a[href^='/courses/{Course}/']");
        var addresses = await lessons.EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");
        await lessons.First.ClickAsync();
        foreach (var address in addresses)
        {
            await Expect(Page).ToHaveURLAsync(Device.Portal + address);
            await Device.SeeAsync($"lesson-{address.Split('/')[^1]}");
            await Page.GetByRole(AriaRole.Button, new() { Name = "I have read this" }).ClickAsync();
        }

        await Expect(Page).ToHaveURLAsync($"{Device.Portal}/courses/{Course}");
        await Expect(Page.Locator($".step-done a[href^='/courses/{Course}/']")).ToHaveCountAsync(addresses.Length);
    }

    /// <summary>Passes a knowledge check without a mistake.</summary>
    public async Task PassCheckAsync(string check)
    {
        var sitting = await StartAsync(check);
        await sitting.AnswerToTheEndAsync();
        await sitting.HandInAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Passed");
        await Device.SeeAsync("check-result-passed");
    }

    /// <summary>Does all that opens the exam.</summary>
    public async Task PrepareForTheExamAsync()
    {
        await EnrolAsync();
        await ReadLessonsAsync();
        foreach (var check in Checks)
        {
            await PassCheckAsync(check);
        }
    }

    /// <summary>Starts an exam or a knowledge check, or goes on with the one that is open.</summary>
    public async Task<Sitting> StartAsync(string quiz)
    {
        await Device.GoAsync($"/exams/{quiz}");
        await Device.SeeAsync(quiz == Course ? "exam-entry" : "check-entry");
        await Page.Locator("main form button").ClickAsync();
        return await Sitting.OnPageAsync(this, records);
    }

    /// <summary>Waits on the result page until the certificate is there, opens it, and reads its serial.</summary>
    public async Task<string> OpenCertificateAsync()
    {
        await FollowAsync("Open my certificate");
        await Expect(Page.Locator(".certificate-name")).ToHaveTextAsync(Name);
        await Device.SeeAsync("certificate");
        return new Uri(Page.Url).Segments[^1];
    }

    /// <summary>Fetches the PDF of the certificate that is shown.</summary>
    /// <returns>The path of the file, which lives as long as the browser.</returns>
    public async Task<string> DownloadPdfAsync()
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => FollowAsync("Download as PDF"));
        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
        return await download.PathAsync();
    }
}
