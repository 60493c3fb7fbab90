namespace TrainingPortal.Accounts;

/// <summary>A school or an employer: it bounds what the instructors and employers in it see.</summary>
public sealed class Organisation
{
    /// <summary>Letters at most.</summary>
    public const int NameLength = 100;

    private Organisation()
    {
    }

    public Organisation(string name, DateTime now, OrganisationKind kind = OrganisationKind.School)
    {
        Id = Guid.CreateVersion7(now);
        CreatedAt = now;
        Kind = kind;
        Rename(name);
    }

    public Guid Id { get; private init; }

    /// <summary>Unique in the portal, whatever the capitals.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name in capitals, which the unique index is on.</summary>
    public string NormalizedName { get; private set; } = "";

    public OrganisationKind Kind { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private init; }

    public void Rename(string name)
    {
        Name = name;
        NormalizedName = Normalize(name);
    }

    /// <summary>As names are compared.</summary>
    public static string Normalize(string name) => name.ToUpperInvariant();

    /// <returns>What is wrong with a name, or null.</returns>
    public static OrganisationRefusal? RefusalOfName(string name) =>
        name.Length is 0 or > NameLength || !PlainText.IsOneLine(name) ? OrganisationRefusal.NameMissing : null;
}

/// <summary>What an organisation is.</summary>
public enum OrganisationKind
{
    /// <summary>It runs cohorts, which its instructors see.</summary>
    School,

    /// <summary>Certificate holders work for it, and whoever in it has that role is told when their certificates end.</summary>
    Employer,
}

/// <summary>Why an organisation is not added or renamed.</summary>
public enum OrganisationRefusal
{
    NotFound,

    /// <summary>Empty, too long, or more than one line.</summary>
    NameMissing,

    NameTaken,
}

/// <summary>A person who works for an organisation. Trainees of its cohorts are no members.</summary>
public sealed class OrganisationMember
{
    public Guid OrganisationId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime Since { get; init; }
}
