using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>
/// What employers are told of the certificates of their people, in one mail a day. Who is whose employer is asked when a
/// notice is decided and again when it is mailed, so that nobody learns of a person who has left.
/// </summary>
internal sealed class EmployerDigests(IOptions<PortalOptions> portal)
{
    /// <summary>Lines of a mail at most; the rest comes the next morning.</summary>
    public const int MostLines = 200;

    /// <summary>Whoever has that role, with each other person of an organisation that is an employer and that both are in.</summary>
    public static IQueryable<Employment> Employments(PortalDbContext database) => database.OrganisationMembers
        .Where(member => database.Organisations.Any(row => row.Id == member.OrganisationId && row.Kind == OrganisationKind.Employer))
        .Join(database.OrganisationMembers, member => member.OrganisationId, chief => chief.OrganisationId, (member, chief) => new { member.PersonId, EmployerId = chief.PersonId })
        .Where(row => row.PersonId != row.EmployerId)
        .Where(row => database.UserRoles.Any(held => held.UserId == row.EmployerId && database.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.Employer)))
        .Distinct()
        .Join(
            database.Users,
            row => row.EmployerId,
            user => user.Id,
            (row, user) => new Employment { PersonId = row.PersonId, EmployerId = row.EmployerId, Name = user.Name, Language = user.Language, TimeZone = user.TimeZone });

    /// <summary>One notice for each certificate and employer of its holder, to be told by day where the employer is.</summary>
    /// <param name="due">Certificates that are reminded of, each with its most urgent stage.</param>
    public async Task<List<ToldOf>> DecideAsync(PortalDbContext database, IReadOnlyList<(Certificate Certificate, int Stage)> due, DateTime now, CancellationToken cancellation)
    {
        var holderIds = due.Select(row => row.Certificate.HolderId).Distinct().ToList();
        var employers = (await Employments(database).Where(row => holderIds.Contains(row.PersonId)).ToListAsync(cancellation)).ToLookup(row => row.PersonId);
        return
        [
            .. due.SelectMany(row => employers[row.Certificate.HolderId].Select(employer => new ToldOf(
                new EmployerNotice(employer.EmployerId, row.Certificate.Id, row.Stage, now, QuietHours.NextOpen(now, Zone(employer.TimeZone, row.Certificate))),
                row.Certificate,
                employer.Name,
                employer.Language))),
        ];
    }

    /// <summary>The notices of some employers that wait, the oldest first, <see cref="MostLines"/> at most.</summary>
    /// <param name="until">UTC: only what is to be looked at by then; none for all.</param>
    /// <returns>Without a certificate where there is nothing to tell any more.</returns>
    public static async Task<List<ToldOf>> WaitingAsync(PortalDbContext database, IReadOnlyList<Guid> employerIds, DateTime? until, CancellationToken cancellation)
    {
        var notices = await database.EmployerNotices
            .Where(row => row.WaitsUntil != null && employerIds.Contains(row.EmployerId) && (until == null || row.WaitsUntil <= until))
            .OrderBy(row => row.DecidedAt)
            .ThenBy(row => row.CertificateId)
            .Take(MostLines)
            .ToListAsync(cancellation);
        if (notices.Count == 0)
        {
            return [];
        }

        var ids = notices.Select(notice => notice.CertificateId).Distinct().ToList();
        var certificates = await database.Certificates.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        var holderIds = certificates.Values.Select(row => row.HolderId).Distinct().ToList();
        var employed = (await Employments(database)
            .Where(row => employerIds.Contains(row.EmployerId) && holderIds.Contains(row.PersonId))
            .ToListAsync(cancellation)).ToDictionary(row => (row.EmployerId, row.PersonId));
        return
        [
            .. notices.Select(notice => certificates[notice.CertificateId] is { Stands: true } certificate && employed.TryGetValue((notice.EmployerId, certificate.HolderId), out var employment)
                ? new ToldOf(notice, certificate, employment.Name, employment.Language)
                : new ToldOf(notice, null, "", "en")),
        ];
    }

    /// <summary>A line for each certificate, the one that ends first above, with a link to how it then stands.</summary>
    /// <param name="at">UTC: when the mail is to be read.</param>
    public string Lines(string language, IEnumerable<ToldOf> told, DateTime at) => string.Join(
        '\n',
        told.Select(row => row.Certificate!)
            .DistinctBy(certificate => certificate.Id)
            .OrderBy(certificate => certificate.LastValidDay)
            .ThenBy(certificate => certificate.HolderName, StringComparer.Ordinal)
            .Select(certificate => $"- {Line(language, certificate, at)}\n  {portal.Value.Link($"/verify/{Serial.Parse(certificate.Serial)}")}"));

    /// <param name="at">UTC: when it is to be read.</param>
    public static string Line(string language, Certificate certificate, DateTime at) => MailTexts.EmployerLine(
        language,
        certificate.HolderName,
        certificate.EndingPart is { } part ? $"{certificate.Title}: {part.Name}" : certificate.Title,
        certificate.LastValidDay,
        certificate.DaysLeft(at) is >= 0 and var days ? days : null);

    /// <param name="chosen">The zone that the employer chose, or none.</param>
    public string Zone(string? chosen, Certificate certificate) => chosen ?? portal.Value.TimeZone ?? certificate.TimeZone;
}

/// <summary>That one person is an employer of another.</summary>
internal sealed class Employment
{
    public Guid PersonId { get; init; }

    public Guid EmployerId { get; init; }

    /// <summary>Of the employer.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of the employer's mails.</summary>
    public string Language { get; init; } = "";

    /// <summary>That the employer chose, or none.</summary>
    public string? TimeZone { get; init; }
}

/// <param name="Certificate">None where there is nothing to tell any more.</param>
/// <param name="Employer">Their name.</param>
/// <param name="Language">Of their mails.</param>
internal sealed record ToldOf(EmployerNotice Notice, Certificate? Certificate, string Employer, string Language);
