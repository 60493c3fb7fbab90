using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Certificates;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>A person's own certificates: the page, the file, the renewal.</summary>
public class OwnCertificateTests(SharedPortal shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task A_holder_sees_the_certificate_and_takes_it_home_as_a_pdf()
    {
        var (_, certificate, holder) = await CertifiedAsync(Now.AddMonths(-2));

        var list = await holder.OpenAsync("/me/certificates");
        var page = await holder.OpenAsync($"/me/certificates/{Serial.Parse(certificate.Serial)}");
        var file = await holder.GetAsync($"/me/certificates/{Serial.Parse(certificate.Serial)}/pdf");

        Assert.All([list, page], answer => Assert.Contains(Serial.Parse(certificate.Serial).ToString(), answer.Words, StringComparison.Ordinal));
        Assert.Contains("Ana Lucía Peña", page.Words, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "application/pdf", "%PDF-"), (file.Status, file.MediaType, file.Text[..5]));
        Assert.Contains("no-store", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_warning_stands_before_the_downloads_and_each_gives_a_file()
    {
        var (_, certificate, holder) = await CertifiedAsync(Now.AddMonths(-2));
        var address = $"/me/certificates/{Serial.Parse(certificate.Serial)}";

        var page = await holder.OpenAsync(address);

        var links = page.Document.QuerySelectorAll("main a[aria-describedby=files-warning]").Select(link => link.GetAttribute("href")).ToList();
        Assert.Equal([$"{address}/pdf", $"{address}/png", $"{address}/svg", $"{address}/jwt"], links);
        var warning = PortalTexts.Of<CertificateTexts>("FilesWarning");
        Assert.Equal(warning, page.Document.QuerySelector("#files-warning")!.TextContent);
        Assert.True(page.Text.IndexOf("files-warning", StringComparison.Ordinal) < page.Text.IndexOf($"{address}/pdf", StringComparison.Ordinal));
        foreach (var (link, mediaType) in links.Zip(["application/pdf", "image/png", "image/svg+xml", "text/plain"]))
        {
            var file = await holder.GetAsync(link!);
            Assert.Equal((HttpStatusCode.OK, mediaType), (file.Status, file.MediaType));
            Assert.Equal("attachment", file.ContentHeaders.ContentDisposition?.DispositionType);
            Assert.Equal(file.Bytes, (await holder.GetAsync(link!)).Bytes);
        }
    }

    [Fact]
    public async Task Somebody_elses_certificate_is_as_unknown_as_one_that_never_was()
    {
        var (portal, certificate, _) = await CertifiedAsync(Now.AddMonths(-2));
        await portal.Data.AddPersonAsync($"{certificate.Serial}@example.org");
        var stranger = await portal.SignInAsync($"{certificate.Serial}@example.org");

        foreach (var rest in new[] { "", "/pdf", "/png", "/svg" })
        {
            var unknown = await stranger.GetAsync($"/me/certificates/{Serial.Draw()}{rest}");
            var foreign = await stranger.GetAsync($"/me/certificates/{Serial.Parse(certificate.Serial)}{rest}");
            Assert.Equal((HttpStatusCode.NotFound, PortalTexts.Of<CommonTexts>("Problem404Title")), (unknown.Status, unknown.Heading));
            Assert.Equal((unknown.Status, SameBytes.Masked(unknown)), (foreign.Status, SameBytes.Masked(foreign)));
        }
    }

    [Fact]
    public async Task A_renewal_opens_a_new_cycle_once_however_often_it_is_asked_for()
    {
        var (portal, certificate, holder) = await CertifiedAsync(Now.AddMonths(-23));
        var list = await holder.OpenAsync("/me/certificates");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => holder.SubmitAsync(list, "renewal", ("Input.Serial", Serial.Parse(certificate.Serial).ToString()))));

        Assert.All(answers, answer => Assert.Equal(($"/courses/{DataFolder.Course}", HttpStatusCode.OK), (answer.Address, answer.Status)));
        await using var database = portal.Data.CreateDbContext();
        Assert.Equal([1, 2], await database.Enrollments.Where(row => row.PersonId == certificate.HolderId).OrderBy(row => row.Cycle).Select(row => row.Cycle).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_renewal_that_cannot_be_is_refused_in_words()
    {
        var (portal, certificate, holder) = await CertifiedAsync(Now.AddMonths(-2));
        var (_, foreign, _) = await CertifiedAsync(Now.AddMonths(-23));
        var list = await holder.OpenAsync("/me/certificates");
        foreach (var (typed, refusal) in new[]
        {
            (certificate.Serial, StartRenewalRefusal.TooEarly),
            (foreign.Serial, StartRenewalRefusal.NotFound),
            ("slip", StartRenewalRefusal.NotFound),
            (null, StartRenewalRefusal.NotFound),
        })
        {
            var answer = await holder.SubmitAsync(list, "renewal", ("Input.Serial", typed));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains(PortalTexts.Of<RefusalTexts>($"StartRenewalRefusal_{refusal}"), answer.Words, StringComparison.Ordinal);
        }

        await using var database = portal.Data.CreateDbContext();
        Assert.False(await database.Enrollments.AnyAsync(row => (row.PersonId == certificate.HolderId || row.PersonId == foreign.HolderId) && row.Cycle > 1, Cancellation));
    }

    private async Task<(PortalHttp Portal, Certificate Certificate, PortalVisitor Holder)> CertifiedAsync(DateTime passedAt)
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var certificate = await portal.Data.AddCertifiedTraineeAsync(email, passedAt);
        return (portal, certificate, await portal.SignInAsync(email));
    }
}
