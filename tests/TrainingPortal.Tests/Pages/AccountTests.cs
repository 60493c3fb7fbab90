using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Account;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>Registering, confirming, signing in and out, and a new password, as a person with a mailbox does it.</summary>
public partial class AccountTests(SharedPortal shared)
{
    private const string GoodPassword = "calm-hands-steady-pen";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_registers_confirms_the_address_and_signs_in()
    {
        var portal = await shared.GetAsync();
        using var browser = portal.Visit();
        var email = NewAddress();

        var told = await browser.RegisterAsync("Ana Lucía Peña", email, GoodPassword);
        Assert.Equal(("/account/check-mail", HttpStatusCode.OK), (told.Address, told.Status));

        var link = await LinkToAsync(portal, email);
        Assert.StartsWith("/account/confirm?", link, StringComparison.Ordinal);
        Assert.Equal("/account/sign-in", (await browser.SubmitAsync(await browser.OpenAsync(link), "confirm")).Address.Split('?')[0]);
        Assert.Equal("/me", (await browser.SignInAsync(email, GoodPassword)).Address);
        await using var database = portal.Data.CreateDbContext();
        var person = await database.Users.SingleAsync(row => row.Email == email, Cancellation);
        Assert.Equal(("Ana Lucía Peña", "en", true), (person.Name, person.Language, person.EmailConfirmed));
    }

    [Fact]
    public async Task Before_the_address_is_confirmed_the_right_password_offers_the_mail_anew()
    {
        var portal = await shared.GetAsync();
        using var browser = portal.Visit();
        var email = NewAddress();
        await browser.RegisterAsync("Ana", email, GoodPassword);

        var page = await browser.SubmitAsync(await browser.OpenAsync("/account/sign-in"), "sign-in", ("Input.Email", email), ("Input.Password", GoodPassword));
        Assert.Contains(PortalTexts.Of<AccountTexts>("NotConfirmedText"), page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(page, page.Form("send-again"), (PortalVisitor.TokenField, null))).Status);
        await browser.SubmitAsync(page, "send-again");

        await using var database = portal.Data.CreateDbContext();
        Assert.Equal(2, await database.Outbox.CountAsync(mail => mail.To == email && mail.Key.StartsWith("confirm-address/"), Cancellation));
    }

    [Fact]
    public async Task Registering_a_known_address_answers_the_same_and_tells_only_its_owner()
    {
        var portal = await shared.GetAsync();
        var email = NewAddress();
        await portal.Data.AddPersonAsync(email);
        using var browser = portal.Visit();

        var unknown = await browser.RegisterAsync("Ana", NewAddress(), GoodPassword);
        var known = await browser.RegisterAsync("Mallory", email, GoodPassword);

        Assert.Equal((unknown.Address, unknown.Status, SameBytes.Masked(unknown)), (known.Address, known.Status, SameBytes.Masked(known)));
        await using var database = portal.Data.CreateDbContext();
        Assert.Equal("Ana Lucía Peña", (await database.Users.SingleAsync(row => row.Email == email, Cancellation)).Name);
        Assert.Equal(1, await database.Outbox.CountAsync(mail => mail.To == email && mail.Key.StartsWith("already-registered/"), Cancellation));
    }

    [Theory]
    [InlineData("", "good@example.org", GoodPassword, "name")]
    [InlineData("   ", "good@example.org", GoodPassword, "name")]
    [InlineData(null, "good@example.org", GoodPassword, "name")]
    [InlineData("Ana", "", GoodPassword, "email")]
    [InlineData("Ana", "nobody", GoodPassword, "email")]
    [InlineData("Ana", "a@b@c", GoodPassword, "email")]
    [InlineData("Ana", null, GoodPassword, "email")]
    [InlineData("Ana", "good@example.org", "short", "password")]
    [InlineData("Ana", "good@example.org", "aaaaaaaaaaaaaaaa", "password")]
    [InlineData("Ana", "good@example.org", null, "password")]
    public async Task A_registration_with_a_fault_says_which_field_and_keeps_what_was_typed(string? name, string? email, string? password, string field)
    {
        var portal = await shared.GetAsync();
        using var browser = portal.Visit();

        var page = await browser.SubmitAsync(await browser.OpenAsync("/account/register"), "register", ("Input.Name", name), ("Input.Email", email), ("Input.Password", password));

        Assert.Equal("/account/register", page.Address);
        var refused = Assert.Single(page.Document.QuerySelectorAll("[aria-invalid=true]"));
        Assert.Equal(field, refused.Id);
        Assert.NotNull(page.Document.QuerySelector($".error-summary a[href$='#{field}']"));
        Assert.All(refused.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(page.Document.GetElementById(id)));
        Assert.Equal((name ?? "", email ?? "", ""), (Value(page, "name"), Value(page, "email"), Value(page, "password")));
        await using var database = portal.Data.CreateDbContext();
        Assert.False(await database.Users.AnyAsync(row => row.Email == "good@example.org", Cancellation));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var portal = await shared.GetAsync();
        var email = NewAddress();
        await portal.Data.AddPersonAsync(email);
        using var browser = portal.Visit();

        var wrong = await TryAsync(browser, email, "not-the-password");
        var unknown = await TryAsync(browser, NewAddress(), "not-the-password");

        Assert.Contains(PortalTexts.Of<AccountTexts>("WrongSignIn"), wrong.Words, StringComparison.Ordinal);
        Assert.Equal((wrong.Status, wrong.Words), (unknown.Status, unknown.Words));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_while_also_for_the_right_one()
    {
        var portal = await shared.GetAsync();
        var email = NewAddress();
        await portal.Data.AddPersonAsync(email);
        using var browser = portal.Visit();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await TryAsync(browser, email, "not-the-password");
        }

        var page = await TryAsync(browser, email, DataFolder.Password);

        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, PortalTexts.Of<AccountTexts>("LockedMinutes"), 5), page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_from_the_mail_which_works_once()
    {
        var portal = await shared.GetAsync();
        var email = NewAddress();
        await portal.Data.AddPersonAsync(email);
        using var browser = portal.Visit();
        var known = await browser.SubmitAsync(await browser.OpenAsync("/account/forgot-password"), "forgot-password", ("Input.Email", email));
        var unknown = await browser.SubmitAsync(await browser.OpenAsync("/account/forgot-password"), "forgot-password", ("Input.Email", NewAddress()));
        Assert.Equal((known.Address, SameBytes.Masked(known)), (unknown.Address, SameBytes.Masked(unknown)));

        var link = await LinkToAsync(portal, email);
        var form = await browser.OpenAsync(link);
        Assert.Equal(link, (await browser.SubmitAsync(form, "reset-password", ("Input.Password", "short"))).Address);
        Assert.Equal("/account/sign-in", (await browser.SubmitAsync(form, "reset-password", ("Input.Password", GoodPassword))).Address.Split('?')[0]);
        var again = await browser.SubmitAsync(form, "reset-password", ("Input.Password", "another-good-password"));

        Assert.Contains(PortalTexts.Of<RefusalTexts>($"ResetPasswordRefusal_{ResetPasswordRefusal.LinkNotValid}"), again.Words, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<AccountTexts>("WrongSignIn"), (await TryAsync(browser, email, DataFolder.Password)).Words, StringComparison.Ordinal);
        await browser.SignInAsync(email, GoodPassword);
    }

    [Fact]
    public async Task Signing_out_ends_it_and_a_link_cannot_do_it()
    {
        var portal = await shared.GetAsync();
        var email = NewAddress();
        await portal.Data.AddPersonAsync(email);
        using var browser = await portal.SignInAsync(email);

        await browser.GetAsync("/account/sign-out");
        var page = await browser.OpenAsync("/me");
        Assert.Equal("/me", page.Address);

        Assert.Equal("/", (await browser.SubmitAsync(page, "/account/sign-out")).Address);
        Assert.StartsWith("/account/sign-in", (await browser.OpenAsync("/me")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_switch_leads_back_to_this_portal_only()
    {
        var portal = await shared.GetAsync();
        using var browser = portal.Visit();
        var page = await browser.OpenAsync("/verify");

        Assert.Equal("/verify", (await browser.SubmitAsync(page, "/account/language", ("culture", "es"))).Address);
        foreach (var elsewhere in new[] { "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)" })
        {
            var answer = await browser.PostAsync(page, page.Form("/account/language"), ("culture", "es"), ("returnUrl", elsewhere));
            Assert.Equal(new Uri(portal.Address, "/"), new Uri(portal.Address, answer.Headers.Location!));
        }

        var unknown = await browser.SubmitAsync(page, "/account/language", ("culture", "xx-nonsense"));
        Assert.Equal((HttpStatusCode.OK, "es"), (unknown.Status, unknown.Document.DocumentElement.GetAttribute("lang")));
    }

    private static Task<PortalPage> SendAsync(PortalVisitor browser, PortalPage page, string email, string password) =>
        browser.SubmitAsync(page, "sign-in", ("Input.Email", email), ("Input.Password", password));

    private static async Task<PortalPage> TryAsync(PortalVisitor browser, string email, string password) =>
        await SendAsync(browser, await browser.OpenAsync("/account/sign-in"), email, password);

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    private static string Value(PortalPage page, string id) => page.Document.GetElementById(id)!.GetAttribute("value") ?? "";

    // The newest mail to an address, as its reader would follow it.
    private static async Task<string> LinkToAsync(PortalHttp portal, string email)
    {
        await using var database = portal.Data.CreateDbContext();
        var mail = await database.Outbox.Where(mail => mail.To == email).OrderByDescending(mail => mail.CreatedAt).FirstAsync(Cancellation);
        return new Uri(Link().Match(mail.Body).Value).PathAndQuery;
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
