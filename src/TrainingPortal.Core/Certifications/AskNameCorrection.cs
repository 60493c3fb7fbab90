using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

public enum AskNameCorrectionRefusal
{
    NotFound,

    /// <summary>It was revoked, or a newer one took its place.</summary>
    NotStanding,

    /// <summary>Empty, too long, or not one line of letters.</summary>
    NameNotValid,

    /// <summary>The certificate says so already.</summary>
    SameName,
    WhyMissing,

    /// <summary>One is open already.</summary>
    AlreadyAsked,
}

/// <summary>A holder asks that the name on a certificate of theirs be put right.</summary>
public sealed class AskNameCorrection(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, AskNameCorrectionRefusal>> RunAsync(Actor actor, Serial serial, string? typedName, string? typedWhy, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Serial == serial.Value && row.HolderId == actor.PersonId, cancellation);
        if (certificate is null or { IsWithdrawn: true })
        {
            return AskNameCorrectionRefusal.NotFound;
        }

        if (!certificate.Stands)
        {
            return AskNameCorrectionRefusal.NotStanding;
        }

        var (name, why) = (typedName?.Trim() ?? "", typedWhy?.Trim() ?? "");
        if (name.Length is 0 or > PortalUser.NameLength || !PlainText.IsOneLine(name) || PlainText.LooksLikeFormula(name))
        {
            return AskNameCorrectionRefusal.NameNotValid;
        }

        if (name == certificate.HolderName)
        {
            return AskNameCorrectionRefusal.SameName;
        }

        if (why.Length is < NameCorrection.ShortestSentence or > NameCorrection.WhyLength)
        {
            return AskNameCorrectionRefusal.WhyMissing;
        }

        var correction = new NameCorrection
        {
            Id = Guid.CreateVersion7(now),
            CertificateId = certificate.Id,
            HolderId = actor.PersonId,
            OldName = certificate.HolderName,
            NewName = name,
            Why = why,
            AskedAt = now,
        };
        database.NameCorrections.Add(correction);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "name correction asked", serial.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
            return correction.Id;
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            return AskNameCorrectionRefusal.AlreadyAsked;
        }
    }
}
