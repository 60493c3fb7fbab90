using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Web.Pages.Certificates;

/// <summary>What a certificate says of itself to its holder and on paper, in the language of the request.</summary>
internal static class CertificateWords
{
    public static CertificatePdfContent Content(Certificate certificate, PortalOptions portal, IStringLocalizer<CertificateTexts> texts)
    {
        var serial = Serial.Parse(certificate.Serial).ToString();
        return new CertificatePdfContent(
            new CertificatePdfWords(
                CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                texts["Heading"],
                texts["BeforeName"],
                texts["BeforeCertification"],
                texts["CoversLabel"],
                certificate.Scope,
                texts["IssuedLabel"],
                texts["ValidUntilLabel"],
                texts["SerialLabel"],
                texts["CheckLabel"],
                texts["QrDescription"],
                texts["ConvenienceSentence"],
                texts["CredentialDescription"],
                texts["SignatureDescription"]),
            portal.Name,
            certificate.HolderName,
            certificate.Title,
            certificate.Level,
            [.. certificate.Covers.Select(cover => cover.Service + texts["UpTo", cover.GreatestDepthMm])],
            Day(LocalDay.Of(certificate.IssuedAt, certificate.TimeZone), texts),
            Day(certificate.LastValidDay, texts),
            serial,
            portal.Link($"/verify/{serial}"),
            certificate.Id.ToString(),
            WholeSecond(certificate.IssuedAt));
    }

    /// <summary>What the status means to the holder; nothing while the certificate is simply good.</summary>
    public static string? StatusSentence(
        Certificate certificate,
        CertificateStatus status,
        IStringLocalizer<CertificateTexts> texts,
        IStringLocalizer<CommonTexts> common)
    {
        var reason = (certificate.Revocation ?? certificate.Suspension) is { } cause ? common[$"Reason_{cause.Reason}"].Value : "";
        return status == CertificateStatus.Active ? null : texts[$"Status_{status}", reason].Value;
    }

    /// <summary>A day as a certificate prints it: without the weekday, which the long form of a language has.</summary>
    public static string Day(DateOnly day, IStringLocalizer<CertificateTexts> texts) =>
        day.ToString(texts["DayFormat"], CultureInfo.CurrentCulture);

    public static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateTime WholeSecond(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
