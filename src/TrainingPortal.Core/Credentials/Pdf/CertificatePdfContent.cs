namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// Everything that one printed certificate says. All texts arrive in the language of the certificate, ready to print;
/// the writer adds no word of its own.
/// </summary>
/// <param name="Words">The fixed words of the certificate in its language.</param>
/// <param name="Issuer">Name of the portal or school that issues the certificate.</param>
/// <param name="HolderName">The holder's full name; up to about 100 letters, over which it may be refused as too long.</param>
/// <param name="Certification">Title of the certification.</param>
/// <param name="Level">Level in words; empty if the certification has none.</param>
/// <param name="Covers">What the certificate covers, one service with its greatest depth trained per line; may be empty.</param>
/// <param name="IssuedDate">Day of issue, as it is printed.</param>
/// <param name="ValidUntilDate">Last day of validity, as it is printed.</param>
/// <param name="Serial">The serial as shown, <c>XXXX-XXXX-XXXX-XXXX-X</c>.</param>
/// <param name="CheckUrl">Absolute http or https address of the check page, at most 200 ASCII letters; printed, linked and in the QR code.</param>
/// <param name="DocumentId">Identifier of the document, written into its metadata.</param>
/// <param name="CreatedAt">Instant of creation, UTC, to the second; handed in so that equal content gives equal bytes.</param>
public sealed record CertificatePdfContent(
    CertificatePdfWords Words,
    string Issuer,
    string HolderName,
    string Certification,
    string Level,
    IReadOnlyList<string> Covers,
    string IssuedDate,
    string ValidUntilDate,
    string Serial,
    string CheckUrl,
    string DocumentId,
    DateTime CreatedAt);
