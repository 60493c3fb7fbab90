using System.Net;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Admin;
using TrainingPortal.Web.Pages.Certificates;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>What administrators do to a certificate and what its holder sees of it, by the pages themselves.</summary>
public class CertificateStandingPageTests(SharedPortal shared)
{
    private static async Task<(string Trainee, Certificate Certificate, PortalVisitor Administrator)> CertifiedAsync(PortalHttp portal)
    {
        var (trainee, chief) = ($"{Guid.NewGuid():N}@example.org", $"{Guid.NewGuid():N}@example.org");
        var certificate = await portal.Data.AddCertifiedTraineeAsync(trainee, portal.Data.Now.AddMonths(-2));
        await portal.Data.AddPersonAsync(chief, Roles.Administrator);
        return (trainee, certificate, await portal.SignInAsync(chief));
    }

    [Fact]
    public async Task An_administrator_suspends_and_reinstates_and_the_page_says_why_it_is_so()
    {
        var portal = await shared.GetAsync();
        var (trainee, certificate, administrator) = await CertifiedAsync(portal);
        using var signedIn = administrator;
        var address = $"/admin/certificates/{Serial.Parse(certificate.Serial)}";
        Assert.NotNull((await administrator.OpenAsync(address)).Document.QuerySelector("svg.timeline circle"));
        var form = await administrator.OpenAsync($"{address}/suspend");
        Assert.NotNull((await administrator.SubmitAsync(form, "suspend")).Document.QuerySelector("#reason-0-error"));

        var explained = await administrator.SubmitAsync(form, "suspend", ("Input.Reason", nameof(SuspensionReason.ConductInQuestion)), ("Input.Note", "See letter 7"));

        Assert.StartsWith(address, explained.Address, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<AdminTexts>("SuspendedNotice"), explained.Words, StringComparison.Ordinal);
        Assert.Contains("See letter 7", explained.Words, StringComparison.Ordinal);
        Assert.NotNull(explained.Document.QuerySelector(".badge-suspended"));
        var again = await administrator.SubmitAsync(form, "suspend", ("Input.Reason", nameof(SuspensionReason.UnderReview)));
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"StandingRefusal_{StandingRefusal.AlreadySuspended}"), again.Words, StringComparison.Ordinal);
        using var holder = await portal.SignInAsync(trainee);
        var own = await holder.OpenAsync($"/me/certificates/{Serial.Parse(certificate.Serial)}");
        Assert.Contains(PortalTexts.Of<CommonTexts>("Reason_ConductInQuestion"), own.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("See letter 7", own.Text, StringComparison.Ordinal);

        var back = await administrator.SubmitAsync(await administrator.OpenAsync($"{address}/reinstate"), "reinstate", ("Input.Reason", nameof(ReinstatementReason.QuestionCleared)));

        Assert.NotNull(back.Document.QuerySelector(".badge-active"));
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync($"/admin/certificates/{Serial.Draw()}")).Status);
    }

    [Fact]
    public async Task A_holder_asks_for_another_name_and_gets_the_certificate_anew_once_it_is_approved()
    {
        var portal = await shared.GetAsync();
        var (trainee, certificate, administrator) = await CertifiedAsync(portal);
        using var signedIn = administrator;
        using var holder = await portal.SignInAsync(trainee);
        var name = $"Ana Ruiz {Guid.NewGuid():N}";
        var page = await holder.OpenAsync($"/me/certificates/{Serial.Parse(certificate.Serial)}");
        var slip = await holder.SubmitAsync(page, "name-correction", ("Input.Name", certificate.HolderName), ("Input.Why", "I married."));
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"AskNameCorrectionRefusal_{AskNameCorrectionRefusal.SameName}"), slip.Words, StringComparison.Ordinal);

        var asked = await holder.SubmitAsync(page, "name-correction", ("Input.Name", name), ("Input.Why", "I married."));
        Assert.Contains(PortalTexts.Of<CertificateTexts>("NameAsked"), asked.Words, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"AskNameCorrectionRefusal_{AskNameCorrectionRefusal.AlreadyAsked}"), (await holder.SubmitAsync(page, "name-correction", ("Input.Name", "Else"), ("Input.Why", "I married."))).Words, StringComparison.Ordinal);
        var list = await administrator.OpenAsync("/admin/name-corrections");
        var id = list.Document.QuerySelectorAll("section.card").Single(card => card.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("button[name='Input.Approve']")!.GetAttribute("value")!;
        var silent = await administrator.SubmitAsync(list, "settle-name", ("Input.Refuse", id));
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"SettleNameCorrectionRefusal_{SettleNameCorrectionRefusal.AnswerMissing}"), silent.Words, StringComparison.Ordinal);

        var done = await administrator.SubmitAsync(list, "settle-name", ("Input.Approve", id));

        Assert.Contains(PortalTexts.Of<AdminTexts>("NameApproved"), done.Words, StringComparison.Ordinal);
        var old = await holder.OpenAsync($"/verify/{Serial.Parse(certificate.Serial)}");
        Assert.NotNull(old.Document.QuerySelector(".verdict-superseded"));
        Assert.Contains(name, (await administrator.OpenAsync($"/admin/certificates/{Serial.Parse(certificate.Serial)}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_name_is_answered_with_a_sentence_beside_the_certificate()
    {
        var portal = await shared.GetAsync();
        var (trainee, certificate, administrator) = await CertifiedAsync(portal);
        using var signedIn = administrator;
        using var holder = await portal.SignInAsync(trainee);
        var address = $"/me/certificates/{Serial.Parse(certificate.Serial)}";
        var name = $"Ana Ruiz {Guid.NewGuid():N}";
        await holder.SubmitAsync(await holder.OpenAsync(address), "name-correction", ("Input.Name", name), ("Input.Why", "I married."));
        var list = await administrator.OpenAsync("/admin/name-corrections");
        var id = list.Document.QuerySelectorAll("section.card").Single(card => card.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("button[name='Input.Refuse']")!.GetAttribute("value")!;

        await administrator.SubmitAsync(list, "settle-name", ("Input.Refuse", id), ($"Input.Answers[{id}]", "Send us a document first."));

        var own = await holder.OpenAsync(address);
        Assert.Contains("Send us a document first.", own.Words, StringComparison.Ordinal);
        Assert.NotNull(own.Document.QuerySelector("#new-name"));
    }
}
