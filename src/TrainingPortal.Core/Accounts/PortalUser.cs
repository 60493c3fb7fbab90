using Microsoft.AspNetCore.Identity;

namespace TrainingPortal.Accounts;

/// <summary>A person with an account. The user name is the e-mail address.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>Letters in a name at most; the certificate has room for as many.</summary>
    public const int NameLength = 100;

    /// <summary>What stands in the place of the name of whoever was erased.</summary>
    public const string ErasedName = "(erased)";

    /// <summary>The name as it is printed on certificates.</summary>
    public required string Name { get; set; }

    /// <summary>The language of mails: <c>en</c> or <c>es</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>IANA name of the zone in which reminders come by day; none: the school's own.</summary>
    public string? TimeZone { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC: name and address are gone and nobody signs in any more; none for everyone else.</summary>
    public DateTime? ErasedAt { get; set; }
}
