using System.Text.Json;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>
/// The whole way, from a person's first page to a certificate that was revoked: a trainee with a phone, an employer and an
/// administrator at their desks. Once with scripting on, where axe looks at every page, and once with it off.
/// </summary>
public sealed class StoryTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_trainee_earns_a_certificate_an_employer_checks_it_an_administrator_revokes_it(bool scripting)
    {
        var album = scripting ? "scripting-on" : "scripting-off";

        // The course: enrol, read every lesson, pass the three knowledge checks.
        var phone = await DeviceAsync(Screen.Phone, scripting, album);
        await phone.GoAsync("/");
        await phone.SeeAsync("home");
        var trainee = await Trainee.RegisterAsync(phone, Portal, $"Nora Núñez-Ōkubo {album}");
        await trainee.EnrolAsync();
        await trainee.ReadLessonsAsync();
        foreach (var check in Trainee.Checks)
        {
            await trainee.PassCheckAsync(check);
        }

        // The exam: begun on the phone, where each answer is saved before the next page shows ...
        var onPhone = await trainee.StartAsync(Trainee.Course);
        Assert.Equal(20, onPhone.Pages);
        await onPhone.AnswerRightAsync(1, 7);

        // ... gone on with on a tablet, at the first page without an answer ...
        var tablet = await DeviceAsync(Screen.Desk, scripting, album);
        var onTablet = await (await trainee.AtAsync(tablet)).StartAsync(Trainee.Course);
        Assert.Equal(onPhone.Id, onTablet.Id);
        await onTablet.AnswerRightAsync(8, 14);

        // ... while the phone still shows page 8, as it was before: its other answer is refused in words.
        await onPhone.Answer(onPhone.Wrong(8)).CheckAsync();
        await trainee.PressAsync("Save and go on");
        await Expect(phone.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("This question was answered on another page");
        await Expect(onPhone.Answer(onPhone.Right(8))).ToBeCheckedAsync();
        await phone.SeeAsync("question-stale");
        var resumed = await trainee.StartAsync(Trainee.Course);
        await resumed.AnswerRightAsync(15, 20);
        await resumed.HandInAsync();

        // The certificate, within seconds: on the page, by mail, as a PDF.
        await Expect(phone.Page.GetByText("It is ready.")).ToBeVisibleAsync();
        await phone.SeeAsync("exam-result-passed");
        var serial = await trainee.OpenCertificateAsync();
        Assert.StartsWith("%PDF-", await File.ReadAllTextAsync(await trainee.DownloadPdfAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var mail = await Portal.Mails.ToAsync(trainee.Email, $"/verify/{serial}");
        Assert.StartsWith("Your certificate is ready", mail.Subject, StringComparison.Ordinal);
        await phone.GoAsync("/me/certificates");
        await phone.SeeAsync("my-certificates");
        Assert.Equal(1, await Portal.Records.CertificatesAsync(trainee.Email));

        // An employer types the serial, and a machine asks for it: the same answer.
        var employer = new Visitor(await DeviceAsync(Screen.Desk, scripting, album));
        var good = await employer.CheckAsync(serial);
        Assert.Equal("Active", good.Word);
        Assert.Contains(trainee.Name, good.Sentence, StringComparison.Ordinal);
        var machine = await AskAsync(serial);
        Assert.Equal("active", machine.GetProperty("status").GetString());
        Assert.Equal(trainee.Name, machine.GetProperty("holder").GetString());

        // An administrator revokes it: whoever looks next reads so, with the reason.
        var administrator = new Administrator(await DeviceAsync(Screen.Desk, scripting, album));
        await administrator.SignInAsync();
        await administrator.RevokeAsync(serial, "The requirements were not met.");
        var revoked = await employer.CheckAsync(serial);
        Assert.Equal("Revoked", revoked.Word);
        Assert.Contains("The requirements were not met.", revoked.Sentence, StringComparison.Ordinal);
        machine = await AskAsync(serial);
        Assert.Equal("revoked", machine.GetProperty("status").GetString());
        Assert.Equal("requirements_not_met", machine.GetProperty("revoked").GetProperty("reason").GetString());
        await phone.GoAsync($"/me/certificates/{serial}");
        await phone.SeeAsync("certificate-revoked");
    }

    private async Task<JsonElement> AskAsync(string serial)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Portal.Url) };
        return JsonElement.Parse(await client.GetStringAsync($"/api/v1/certificates/{serial}", TestContext.Current.CancellationToken));
    }
}
