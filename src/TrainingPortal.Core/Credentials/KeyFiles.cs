using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrainingPortal.Credentials;

/// <summary>
/// Private keys on disk: one PEM file a key, named for its thumbprint, encrypted (PKCS#8 with PBES2) and readable by its
/// owner only. A key for PDF files has its certificate in the same file.
/// </summary>
internal static class KeyFiles
{
    // OWASP's figure for PBKDF2 with SHA-512.
    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA512, 210_000);

    public static string Path(KeyOptions options, string thumbprint) => System.IO.Path.Combine(options.Directory!, $"{thumbprint}.pem");

    public static void Write(KeyOptions options, string thumbprint, RSA key, X509Certificate2? certificate)
    {
        var folder = Directory.CreateDirectory(options.Directory!);
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(Path(options, thumbprint), file);
        writer.Write(key.ExportEncryptedPkcs8PrivateKeyPem(options.Passphrase, s_encryption));
        writer.Write('\n');
        if (certificate is not null)
        {
            writer.Write(certificate.ExportCertificatePem());
            writer.Write('\n');
        }
    }

    /// <exception cref="SigningKeyException">The file is not there or the passphrase does not open it.</exception>
    public static RSA Open(KeyOptions options, string thumbprint) => Read(options, thumbprint, (pem, passphrase) =>
    {
        var key = RSA.Create();
        key.ImportFromEncryptedPem(pem, passphrase);
        return key;
    });

    /// <summary>The certificate of a key for PDF files, with its private key.</summary>
    /// <exception cref="SigningKeyException">The file is not there or the passphrase does not open it.</exception>
    public static X509Certificate2 OpenCertificate(KeyOptions options, string thumbprint) =>
        Read(options, thumbprint, (pem, passphrase) => X509Certificate2.CreateFromEncryptedPem(pem, pem, passphrase));

    private static T Read<T>(KeyOptions options, string thumbprint, Func<string, string, T> open)
    {
        if (string.IsNullOrEmpty(options.Passphrase))
        {
            throw new SigningKeyException("The setting Keys:Passphrase, which opens the signing keys, is missing.");
        }

        var path = Path(options, thumbprint);
        try
        {
            return open(File.ReadAllText(path), options.Passphrase);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException($"The signing key {path} cannot be read; put the key file back into Keys:Directory, or make a new key with \"keys rotate\".", failure);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new SigningKeyException($"The signing key {path} cannot be opened with Keys:Passphrase; give the passphrase with which it was made.", failure);
        }
    }
}
