using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using TrainingPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>A certificate on the page and on paper, judged by programs that know nothing of this portal; and its check.</summary>
[Collection(WithAGraduate.Name)]
public sealed class CertificateTests(RunningPortal portal, Chromium chromium, Graduate graduate) : BrowserTest(portal, chromium)
{
    private string CheckAddress => $"{Portal.Url}/verify/{graduate.Serial}";

    [Fact]
    public async Task The_pdf_names_the_holder_and_its_code_leads_to_the_check()
    {
        foreach (var (program, package) in new[] { ("pdftotext", "poppler-utils"), ("pdftoppm", "poppler-utils"), ("zbarimg", "zbar-tools") })
        {
            Assert.SkipUnless(ExternalProgram.IsInstalled(program), $"{program} is not installed (apt-get install -y {package}).");
        }

        var holder = await graduate.Trainee.AtAsync(await DeviceAsync(Screen.Desk));
        await holder.Device.GoAsync($"/me/certificates/{graduate.Serial}");
        var pdf = await holder.DownloadPdfAsync();
        Assert.Contains(holder.Name, ExternalProgram.Run("pdftotext", "-layout", pdf, "-").Output, StringComparison.Ordinal);

        var picture = $"{pdf}-page";
        ExternalProgram.Run("pdftoppm", "-png", "-r", "150", "-singlefile", pdf, picture);
        Assert.Equal(CheckAddress, CodeIn($"{picture}.png"));
    }

    [Fact]
    public async Task The_code_on_the_page_leads_to_the_check()
    {
        Assert.SkipUnless(ExternalProgram.IsInstalled("zbarimg"), "zbarimg is not installed (apt-get install -y zbar-tools).");
        var holder = await graduate.Trainee.AtAsync(await DeviceAsync(Screen.Phone));
        await holder.Device.GoAsync($"/me/certificates/{graduate.Serial}");
        var picture = Path.Combine(Portal.DataDirectory, $"{graduate.Serial}.png");
        await holder.Page.Locator(".certificate").ScreenshotAsync(new() { Path = picture });
        Assert.Equal(CheckAddress, CodeIn(picture));
    }

    [Fact]
    public async Task A_certificate_of_somebody_else_is_not_there()
    {
        var stranger = Trainee.OfTheDemo(await DeviceAsync(Screen.Phone), Portal.Records);
        await stranger.SignInAsync();
        foreach (var address in new[] { $"/me/certificates/{graduate.Serial}", $"/me/certificates/{graduate.Serial}/pdf", $"/attempts/{graduate.AttemptId}/result" })
        {
            Assert.Equal(404, await stranger.Device.GoAsync(address));
            await Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_serial_may_be_typed_as_people_type(bool scripting)
    {
        var employer = await DeviceAsync(Screen.Phone, scripting);
        await employer.GoAsync("/");
        await employer.Page.GetByRole(AriaRole.Textbox, new() { Name = "Certificate serial" }).FillAsync($" {graduate.Serial.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} ");
        await new Visitor(employer).PressAsync("Check");
        await Expect(employer.Page).ToHaveURLAsync(CheckAddress);
        await Expect(employer.Page.Locator(".verdict")).ToContainTextAsync(graduate.Trainee.Name);
    }

    [Fact]
    public async Task A_slip_is_told_and_nothing_is_said_about_the_certificate()
    {
        // Two neighbours that differ change places: what the check letter is there for.
        var letters = graduate.Serial.ToCharArray();
        var place = Enumerable.Range(0, letters.Length - 1).First(index => letters[index] != letters[index + 1] && letters[index] != '-' && letters[index + 1] != '-');
        (letters[place], letters[place + 1]) = (letters[place + 1], letters[place]);

        var employer = await DeviceAsync(Screen.Desk, scripting: true, album: "scripting-on");
        await employer.GoAsync("/verify");
        await employer.Page.GetByRole(AriaRole.Textbox, new() { Name = "Certificate serial" }).FillAsync(new string(letters));
        await new Visitor(employer).PressAsync("Check");
        await Expect(employer.Page.GetByRole(AriaRole.Textbox, new() { Name = "Certificate serial" })).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(employer.Page.GetByRole(AriaRole.Textbox, new() { Name = "Certificate serial" })).ToHaveValueAsync(new string(letters));
        await employer.SeeAsync("verify-slip");
        Assert.Equal(400, await employer.GoAsync($"/verify/{new string(letters)}"));
        await employer.SeeAsync("verify-mistyped");
    }

    [Fact]
    public async Task A_serial_that_was_never_given_is_not_found()
    {
        var employer = await DeviceAsync(Screen.Phone, scripting: true, album: "scripting-on");
        Assert.Equal(404, await employer.GoAsync($"/verify/{Certifications.Serial.Draw()}"));
        await Expect(employer.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not found");
        await employer.SeeAsync("verify-not-found");
    }

    private static string CodeIn(string picture) => ExternalProgram.Run("zbarimg", "--quiet", "--raw", picture).Output.Trim();
}
