using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TrainingPortal.Accounts;

/// <summary>Why an invitation is not sent again or withdrawn.</summary>
public enum InvitationRefusal
{
    NotFound,

    /// <summary>It was accepted or withdrawn meanwhile.</summary>
    NotOpen,

    /// <summary>A mail went out less than <see cref="Invitation.MailEvery"/> ago.</summary>
    SentJustNow,
}

/// <summary>
/// An address that was asked to come in: to the portal with roles and an organisation, or to a cohort. The secret of its
/// link is in the mail only; here is what tells the right one from a wrong one.
/// </summary>
public sealed class Invitation
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Between two mails for the same invitation.</summary>
    public static readonly TimeSpan MailEvery = TimeSpan.FromMinutes(5);

    private const string ToPortal = "portal";
    private const int TokenBytes = 32;

    private Invitation()
    {
    }

    /// <param name="email">As typed.</param>
    /// <param name="name">Of whoever is invited; none where only the address is known.</param>
    /// <param name="language">Of the mail.</param>
    /// <param name="roles">Given on acceptance.</param>
    /// <param name="organisationId">Joined on acceptance.</param>
    /// <param name="cohortId">Joined on acceptance.</param>
    /// <param name="invitedById">Who invites.</param>
    /// <param name="now">UTC.</param>
    public Invitation(string email, string? name, string language, IReadOnlyList<string> roles, Guid? organisationId, Guid? cohortId, Guid invitedById, DateTime now)
    {
        Id = Guid.CreateVersion7(now);
        Email = email;
        NormalizedEmail = Normalize(email);
        Name = name;
        Language = language;
        Roles = roles;
        OrganisationId = organisationId;
        CohortId = cohortId;
        Aim = cohortId is { } cohort ? AimOfCohort(cohort) : ToPortal;
        InvitedById = invitedById;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public string Email { get; private init; } = "";

    /// <summary>In capitals, as accounts keep theirs.</summary>
    public string NormalizedEmail { get; private init; } = "";

    public string? Name { get; private init; }

    /// <summary><c>en</c> or <c>es</c>.</summary>
    public string Language { get; private init; } = "en";

    public IReadOnlyList<string> Roles { get; private set; } = [];

    public Guid? OrganisationId { get; private set; }

    public Guid? CohortId { get; private init; }

    /// <summary>What it leads to: the portal, or one cohort. Of one aim an address has one open invitation, which a unique index holds.</summary>
    public string Aim { get; private init; } = "";

    /// <summary>SHA-256 of the link's secret, in hex; unique. A new mail has a new secret, and the old link ends.</summary>
    public string TokenHash { get; private set; } = "";

    public Guid InvitedById { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private init; }

    /// <summary>UTC: when the newest mail was written.</summary>
    public DateTime SentAt { get; private set; }

    /// <summary>UTC; from this instant on the link is refused.</summary>
    public DateTime ExpiresAt { get; private set; }

    /// <summary>UTC; none while it is open.</summary>
    public DateTime? AcceptedAt { get; private set; }

    public Guid? AcceptedById { get; private set; }

    /// <summary>UTC; none unless it was withdrawn.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>Counts the changes: of two clicks at once, one accepts, sends or withdraws.</summary>
    public int Revision { get; private set; }

    public bool Open => AcceptedAt is null && WithdrawnAt is null;

    public bool IsExpired(DateTime now) => now >= ExpiresAt;

    /// <summary>As addresses are compared, the same as accounts do.</summary>
    public static string Normalize(string email) => email.Normalize().ToUpperInvariant();

    public static string AimOfCohort(Guid cohortId) => $"cohort/{cohortId}";

    /// <summary>The value by which the row of a link is found.</summary>
    public static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Draws the secret of a new link, which works from now on in place of any before it.</summary>
    /// <returns>The secret: for the mail, and kept nowhere else.</returns>
    public string DrawToken(DateTime now)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        TokenHash = HashOf(token);
        SentAt = now;
        ExpiresAt = now + Lifetime;
        Revision++;
        return token;
    }

    /// <summary>Takes the place of an invitation to the portal that nobody answered in time.</summary>
    public void AskAnew(IReadOnlyList<string> roles, Guid? organisationId, Guid invitedById)
    {
        Roles = roles;
        OrganisationId = organisationId;
        InvitedById = invitedById;
    }

    public InvitationRefusal? RefusalToSendAgain(DateTime now) =>
        !Open ? InvitationRefusal.NotOpen : now < SentAt + MailEvery ? InvitationRefusal.SentJustNow : null;

    public void Accept(Guid personId, DateTime now)
    {
        if (!Open)
        {
            throw new InvalidOperationException("The invitation is not open.");
        }

        AcceptedAt = now;
        AcceptedById = personId;
        Revision++;
    }

    public void Withdraw(DateTime now)
    {
        if (!Open)
        {
            throw new InvalidOperationException("The invitation is not open.");
        }

        WithdrawnAt = now;
        Revision++;
    }
}
