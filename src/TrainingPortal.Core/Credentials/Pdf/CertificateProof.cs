using System.Security.Cryptography.X509Certificates;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>What makes a printed certificate more than paper: it can be checked with no call to the issuer.</summary>
/// <param name="Credential">The signed credential, a compact JWS; attached to the file as it is.</param>
/// <param name="SigningCertificate">
/// The certificate of documents, with its private key, an RSA key used for nothing else. RSA, since its PKCS #1 signatures
/// of equal bytes are equal.
/// </param>
public sealed record CertificateProof(string Credential, X509Certificate2 SigningCertificate);
