namespace TrainingPortal.Credentials;

/// <summary>What a key signs. One key never serves two uses.</summary>
public enum KeyUse
{
    /// <summary>Credentials and status lists, as RS256 JSON Web Signatures.</summary>
    VcJwt,

    /// <summary>PDF files, with an X.509 certificate.</summary>
    Pdf,
}

/// <summary>
/// The public half of a signing key and its life. The private half is a file outside the database and its backups. A key is
/// served for ever, so that no certificate dies because the key that signed it was retired; only a compromised one is not.
/// </summary>
public sealed class SigningKey
{
    private SigningKey()
    {
    }

    /// <param name="thumbprint">RFC 7638, SHA-256, base64url.</param>
    /// <param name="use">What it signs.</param>
    /// <param name="publicJwk">The members <c>e</c>, <c>kty</c> and <c>n</c> and no other, in that order.</param>
    /// <param name="now">UTC.</param>
    /// <param name="activeFrom">UTC: it signs from then on.</param>
    public SigningKey(string thumbprint, KeyUse use, string publicJwk, DateTime now, DateTime activeFrom)
    {
        Thumbprint = thumbprint;
        Use = use;
        PublicJwk = publicJwk;
        CreatedAt = now;
        ActiveFrom = activeFrom;
    }

    public string Thumbprint { get; private init; } = "";

    public KeyUse Use { get; private init; }

    public string PublicJwk { get; private init; } = "";

    /// <summary>UTC; published from then on.</summary>
    public DateTime CreatedAt { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime ActiveFrom { get; private init; }

    /// <summary>UTC: its successor signs from then on; none while there is no successor.</summary>
    public DateTime? RetiredAt { get; private set; }

    /// <summary>UTC: from then on nobody can tell who signs with it, and it is served no more.</summary>
    public DateTime? CompromisedAt { get; private set; }

    public void RetireAt(DateTime instant) => RetiredAt ??= instant;

    public void MarkCompromised(DateTime now)
    {
        CompromisedAt ??= now;
        RetiredAt = now;
    }
}
