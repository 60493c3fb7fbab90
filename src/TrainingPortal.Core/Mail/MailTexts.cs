using System.Globalization;
using System.Resources;

namespace TrainingPortal.Mail;

/// <summary>
/// The texts of mails in English and Spanish (<c>MailTexts*.resx</c>): for each mail a <c>…Subject</c> and a
/// <c>…Body</c>, filled in by position.
/// </summary>
public static class MailTexts
{
    private static readonly ResourceManager Texts = new(typeof(MailTexts).FullName!, typeof(MailTexts).Assembly);

    /// <param name="name">Of whoever asked to register.</param>
    /// <param name="link">Confirms the address.</param>
    public static MailText ConfirmAddress(string language, string portal, string name, string link) =>
        Compose(language, "ConfirmAddress", portal, name, link);

    /// <summary>To an address that somebody tried to register again.</summary>
    public static MailText AlreadyRegistered(string language, string portal, string name, string resetLink) =>
        Compose(language, "AlreadyRegistered", portal, name, resetLink);

    public static MailText ResetPassword(string language, string portal, string name, string link) =>
        Compose(language, "ResetPassword", portal, name, link);

    /// <param name="name">Of whoever is invited, or the address where no name is known.</param>
    /// <param name="inviter">Of whoever invites.</param>
    /// <param name="link">Leads to the invitation.</param>
    /// <param name="days">For which the link works.</param>
    public static MailText InvitationToPortal(string language, string portal, string name, string inviter, string link, int days) =>
        Compose(language, "InvitationToPortal", portal, name, inviter, link, days);

    /// <param name="name">Of whoever is invited, or the address where no name is known.</param>
    /// <param name="inviter">Of whoever invites.</param>
    /// <param name="cohort">The cohort's name.</param>
    /// <param name="organisation">In which it is run.</param>
    /// <param name="link">Leads to the invitation.</param>
    /// <param name="days">For which the link works.</param>
    public static MailText InvitationToCohort(string language, string portal, string name, string inviter, string cohort, string organisation, string link, int days) =>
        Compose(language, "InvitationToCohort", portal, name, inviter, cohort, organisation, link, days);

    /// <param name="lastValidDay">A day in the programme's zone.</param>
    public static MailText CertificateIssued(string language, string portal, string name, string title, DateOnly lastValidDay, string serial, string link, string checkLink) =>
        Compose(language, "CertificateIssued", portal, name, title, Day(language, lastValidDay), serial, link, checkLink);

    /// <param name="days">Whole days left, 0 on the last day; none when it has expired.</param>
    public static MailText RenewalReminder(string language, string portal, string name, string title, DateOnly lastValidDay, string serial, int? days, string link) =>
        Compose(language, days switch { null => "CertificateExpired", 0 => "RenewalLastDay", 1 => "RenewalOneDay", _ => "RenewalReminder" }, portal, name, title, Day(language, lastValidDay), serial, days ?? 0, link);

    /// <param name="reason">A sentence, see <see cref="Reason"/>.</param>
    public static MailText CertificateSuspended(string language, string portal, string name, string title, string serial, string reason, string link) =>
        Compose(language, "CertificateSuspended", portal, name, title, serial, reason, link);

    /// <param name="reason">A sentence, see <see cref="Reason"/>.</param>
    public static MailText CertificateReinstated(string language, string portal, string name, string title, string serial, string reason, string link) =>
        Compose(language, "CertificateReinstated", portal, name, title, serial, reason, link);

    /// <param name="reason">A sentence, see <see cref="Reason"/>.</param>
    public static MailText CertificateRevoked(string language, string portal, string name, string title, string serial, string reason, string link) =>
        Compose(language, "CertificateRevoked", portal, name, title, serial, reason, link);

    /// <param name="newName">As the certificate says it now.</param>
    /// <param name="serial">Of the corrected certificate.</param>
    public static MailText NameCorrected(string language, string portal, string name, string title, string newName, string serial, string link) =>
        Compose(language, "NameCorrected", portal, name, title, newName, serial, link);

    /// <param name="newName">As it was asked for.</param>
    /// <param name="answer">The administrator's sentence.</param>
    public static MailText NameCorrectionRefused(string language, string portal, string name, string title, string newName, string answer, string link) =>
        Compose(language, "NameCorrectionRefused", portal, name, title, newName, answer, link);

    /// <summary>The sentence for a reason of a closed list, by its name.</summary>
    internal static string Reason(string language, string reason) =>
        Texts.GetString($"Reason_{reason}", CultureInfo.GetCultureInfo(language)) ?? throw new MissingManifestResourceException(reason);

    /// <summary>For whoever holds several certificates that are to be renewed.</summary>
    /// <param name="lines">One for each: the subject of its own reminder.</param>
    public static MailText RenewalDigest(string language, string portal, string name, string lines, string link) =>
        Compose(language, "RenewalDigest", portal, name, lines, link);

    /// <summary>For whoever holds certificates that are to be renewed, and is an employer of others who do.</summary>
    /// <param name="lines">One for each of their own: the subject of its reminder.</param>
    /// <param name="staffLines">One for each of their people's, see <see cref="EmployerLine"/>.</param>
    public static MailText RenewalAndStaff(string language, string portal, string name, string lines, string staffLines, string link) =>
        Compose(language, "RenewalAndStaff", portal, name, lines, staffLines, link);

    /// <summary>For an employer.</summary>
    /// <param name="staffLines">One for each certificate, see <see cref="EmployerLine"/>.</param>
    public static MailText EmployerDigest(string language, string portal, string name, string staffLines) =>
        Compose(language, "EmployerDigest", portal, name, staffLines);

    /// <summary>How one certificate of an employer's people stands.</summary>
    /// <param name="days">Whole days left, 0 on the last day; none when it has expired.</param>
    internal static string EmployerLine(string language, string holder, string title, DateOnly lastValidDay, int? days)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var key = days switch { null => "EmployerLineExpired", 0 => "EmployerLineLastDay", 1 => "EmployerLineOneDay", _ => "EmployerLine" };
        return string.Format(culture, Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key), holder, title, Day(language, lastValidDay), days ?? 0);
    }

    private static MailText Compose(string language, string mail, params object[] values)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return new MailText(Fill(mail + "Subject"), Fill(mail + "Body"));

        string Fill(string key) => string.Format(culture, Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key), values);
    }

    private static string Day(string language, DateOnly day) => day.ToString("D", CultureInfo.GetCultureInfo(language));
}
