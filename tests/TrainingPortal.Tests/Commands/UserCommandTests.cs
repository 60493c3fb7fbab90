using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Commands;

/// <summary>The first administrator of a portal, from the command line to the administration pages.</summary>
public partial class UserCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_is_added_gets_a_mail_and_by_its_link_comes_in()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var folder = $"--Portal:DataDirectory={data.Path}";

        var added = await PortalProcess.RunAsync("users", "add", "ada@example.org", "--role", "administrator", folder);
        Assert.Equal((0, ""), (added.ExitCode, added.Errors));
        var delivered = await PortalProcess.RunAsync("jobs", "run", "deliver-mail", folder);
        Assert.Equal((0, ""), (delivered.ExitCode, delivered.Errors));

        var mail = Assert.Single(data.Mails);
        Assert.Contains("To: ada@example.org", await File.ReadAllTextAsync(mail, Cancellation), StringComparison.Ordinal);
        var link = Link().Match(TextOf(await File.ReadAllTextAsync(mail, Cancellation))).Value;
        await using var portal = await PortalHttp.StartAsync(data);
        using var browser = portal.Visit();
        await browser.SubmitAsync(await browser.OpenAsync(link), "reset-password", ("Input.Password", "calm-hands-steady-pen"));
        await browser.SignInAsync("ada@example.org", "calm-hands-steady-pen");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).Status);

        // The link lets its reader in: once it is delivered it is kept nowhere else.
        await using var database = data.CreateDbContext();
        Assert.Equal("", (await database.Outbox.SingleAsync(Cancellation)).Body);
    }

    [Fact]
    public async Task Adding_somebody_again_adds_the_role_and_nobody_new()
    {
        using var data = await DataFolder.WithCoursesAsync();
        await data.AddPersonAsync("ines@example.org");

        var added = await PortalProcess.RunAsync("users", "add", "ines@example.org", "--role", "Instructor", $"--Portal:DataDirectory={data.Path}");

        Assert.Equal((0, ""), (added.ExitCode, added.Errors));
        await using var database = data.CreateDbContext();
        Assert.Equal(1, await database.Users.CountAsync(Cancellation));
        Assert.Equal(["Instructor", "Trainee"], await database.UserRoles.Join(database.Roles, held => held.RoleId, role => role.Id, (held, role) => role.Name!).OrderBy(name => name).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData("There is no role Wizard; known are Trainee, Instructor, Reviewer, Assessor, Employer, Administrator.", "ada@example.org", "--role", "Wizard")]
    [InlineData("not-an-address", "not-an-address", "--role", "Trainee")]
    public async Task What_cannot_be_added_is_refused_in_a_sentence(string says, params string[] arguments)
    {
        using var data = await DataFolder.WithCoursesAsync();

        var refused = await PortalProcess.RunAsync(["users", "add", .. arguments, $"--Portal:DataDirectory={data.Path}"]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(says, Assert.Single(refused.Errors.Split('\n')), StringComparison.Ordinal);
        await using var database = data.CreateDbContext();
        Assert.False(await database.Users.AnyAsync(Cancellation));
    }

    // The body as a mail program shows it.
    private static string TextOf(string mail)
    {
        var (headers, body) = (mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)], mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        return headers.Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : Regex.Replace(body.Replace("=\r\n", "", StringComparison.Ordinal), "=([0-9A-F]{2})", match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString());
    }

    [GeneratedRegex(@"(?<=https?://[^/\s]+)/account/\S+")]
    private static partial Regex Link();
}
