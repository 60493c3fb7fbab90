using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials.Images;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

public enum ReadCertificateFileRefusal
{
    NotFound,

    /// <summary>A revoked certificate has no copy that looks good.</summary>
    Revoked,

    /// <summary>A certificate from before there were signed credentials gets its own within a minute.</summary>
    NotSignedYet,
}

/// <summary>
/// Gives the holder a file of their certificate. The first download makes it from what was frozen at issue and keeps it;
/// every later one gives the same bytes.
/// </summary>
public sealed class ReadCertificateFile(IDbContextFactory<PortalDbContext> databases, KeyRing keys, TimeProvider clock)
{
    /// <param name="actor">The holder.</param>
    /// <param name="serial">Of the certificate.</param>
    /// <param name="kind">What is wanted.</param>
    /// <param name="language">Language tag of the words of a PDF; a badge has none of its own.</param>
    /// <param name="contentOf">What the certificate says in that language; asked only where the file is made.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="CertificateNotPrintableException">A PDF cannot be printed faithfully; nothing is kept.</exception>
    public async Task<Outcome<CertificateFile, ReadCertificateFileRefusal>> RunAsync(
        Actor actor,
        Serial serial,
        CertificateFileKind kind,
        string language,
        Func<Certificate, CertificatePdfContent> contentOf,
        CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Serial == serial.Value && row.HolderId == actor.PersonId, cancellation);
        if (certificate is null)
        {
            return ReadCertificateFileRefusal.NotFound;
        }

        if (certificate.StatusAt(now) == CertificateStatus.Revoked)
        {
            return ReadCertificateFileRefusal.Revoked;
        }

        var wording = kind == CertificateFileKind.Pdf ? language : "";
        var kept = database.CertificateFiles.AsNoTracking().Where(row => row.CertificateId == certificate.Id && row.Kind == kind && row.Language == wording);
        if (await kept.FirstOrDefaultAsync(cancellation) is { } before)
        {
            return before;
        }

        if (await database.Credentials.Where(row => row.CertificateId == certificate.Id).Select(row => row.Jws).FirstOrDefaultAsync(cancellation) is not { } credential)
        {
            return ReadCertificateFileRefusal.NotSignedYet;
        }

        var proof = new CertificateProof(credential, await keys.DocumentCertificateAsync(database, now, cancellation));
        var made = new CertificateFile(certificate.Id, kind, wording, Make(kind, contentOf(certificate), proof), now);
        database.CertificateFiles.Add(made);
        try
        {
            await database.SaveChangesAsync(cancellation);
            return made;
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // Another download was first; its bytes are the ones that stay.
            return await kept.FirstAsync(cancellation);
        }
    }

    private static byte[] Make(CertificateFileKind kind, CertificatePdfContent content, CertificateProof proof) => kind switch
    {
        CertificateFileKind.Pdf => CertificatePdf.Render(content, proof),
        CertificateFileKind.Png => BakedPng.Bake(BadgePng.Draw(), proof.Credential),
        CertificateFileKind.Svg => BakedSvg.Bake(BadgeSvg.Draw(content.Certification, content.Level, content.Issuer), proof.Credential),
    };
}
