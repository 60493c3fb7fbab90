namespace TrainingPortal.Credentials.Pdf;

/// <summary>The words of a certificate that are the same for every holder, in one language.</summary>
/// <param name="Language">Language tag (BCP 47) of all texts, such as <c>en</c> or <c>es</c>; screen readers choose their voice by it.</param>
/// <param name="Heading">Heading of the page, such as "Certificate of competence".</param>
/// <param name="BeforeName">Line above the holder's name, such as "This certifies that".</param>
/// <param name="BeforeCertification">Line between the name and the certification, such as "has shown competence in".</param>
/// <param name="CoversLabel">Label before what the certificate covers, such as "Covers".</param>
/// <param name="ScopeSentence">Says what the certificate is and is not; empty to leave it out.</param>
/// <param name="IssuedLabel">Label of the day of issue.</param>
/// <param name="ValidUntilLabel">Label of the last day of validity.</param>
/// <param name="SerialLabel">Label of the serial.</param>
/// <param name="CheckLabel">Label of the check page's address, such as "Check this certificate at".</param>
/// <param name="QrDescription">What the QR code is, for people who do not see it.</param>
/// <param name="ConvenienceSentence">Says that the page is a convenience copy and the check page the authority.</param>
/// <param name="CredentialDescription">What the attached credential is, for the list of attachments.</param>
/// <param name="SignatureDescription">What the signature is, for people who do not see it.</param>
public sealed record CertificatePdfWords(
    string Language,
    string Heading,
    string BeforeName,
    string BeforeCertification,
    string CoversLabel,
    string ScopeSentence,
    string IssuedLabel,
    string ValidUntilLabel,
    string SerialLabel,
    string CheckLabel,
    string QrDescription,
    string ConvenienceSentence,
    string CredentialDescription,
    string SignatureDescription);
