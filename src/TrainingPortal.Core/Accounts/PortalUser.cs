using Microsoft.AspNetCore.Identity;

namespace TrainingPortal.Accounts;

/// <summary>A person with an account. The user name is the e-mail address.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>Letters in a name at most; the certificate has room for as many.</summary>
    public const int NameLength = 100;

    /// <summary>The name as it is printed on certificates.</summary>
    public required string Name { get; set; }

    /// <summary>The language of mails: <c>en</c> or <c>es</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }
}
