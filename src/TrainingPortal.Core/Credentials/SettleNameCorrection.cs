using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Certifications;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

public enum SettleNameCorrectionRefusal
{
    NotFound,
    AlreadySettled,

    /// <summary>The certificate was revoked, or a newer one took its place.</summary>
    NotStanding,

    /// <summary>A refusal without the sentence that the holder reads.</summary>
    AnswerMissing,
}

/// <summary>
/// Answers a holder who asked for another name. Approved, the certificate is issued anew under the same award with the new
/// name, the account is renamed, and the old name stays on record; refused, the holder reads why. Either way with a mail.
/// </summary>
public sealed class SettleNameCorrection(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, CredentialIssue credentials, TimeProvider clock)
{
    /// <param name="typedAnswer">Why not, for the holder; not asked for where it is approved.</param>
    /// <returns>The serial of the certificate as it stands now.</returns>
    public async Task<Outcome<Serial, SettleNameCorrectionRefusal>> RunAsync(Actor actor, Guid correctionId, bool approve, string? typedAnswer, CancellationToken cancellation)
    {
        actor.Demand(Act.CorrectNames);
        var now = clock.GetUtcNow().UtcDateTime;
        var answer = typedAnswer?.Trim() ?? "";
        if (!approve && answer.Length is < NameCorrection.ShortestSentence or > NameCorrection.AnswerLength)
        {
            return SettleNameCorrectionRefusal.AnswerMissing;
        }

        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var correction = await database.NameCorrections.FirstOrDefaultAsync(row => row.Id == correctionId, cancellation);
            if (correction is null)
            {
                return SettleNameCorrectionRefusal.NotFound;
            }

            if (correction.SettledAt is not null)
            {
                return SettleNameCorrectionRefusal.AlreadySettled;
            }

            var certificate = await database.Certificates.FirstAsync(row => row.Id == correction.CertificateId, cancellation);
            if (approve && !certificate.Stands)
            {
                return SettleNameCorrectionRefusal.NotStanding;
            }

            var holder = await database.Users.FirstAsync(row => row.Id == correction.HolderId, cancellation);
            var standing = approve
                ? await ApproveAsync(database, correction, certificate, holder, actor, now, cancellation)
                : Refuse(database, correction, certificate, holder, answer, actor, now);
            try
            {
                await database.SaveChangesAsync(cancellation);
                return standing;
            }
            catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
            {
                // Somebody else answered it or changed the certificate meanwhile: look again.
            }
        }
    }

    private async Task<Serial> ApproveAsync(PortalDbContext database, NameCorrection correction, Certificate wrong, PortalUser holder, Actor actor, DateTime now, CancellationToken cancellation)
    {
        var corrected = Certificate.Corrected(wrong, correction.NewName, now);
        database.Certificates.Add(corrected);
        await credentials.AddAsync(database, corrected, now, cancellation);
        await StatusLists.RevokeAsync(database, [wrong.Id], now, cancellation);

        // A repetition of a part that is under way goes on for the certificate that now stands.
        foreach (var cycle in await database.Enrollments.Where(row => row.RenewsCertificateId == wrong.Id).ToListAsync(cancellation))
        {
            cycle.RenewInstead(corrected.Id);
        }

        holder.Name = correction.NewName;
        correction.Approve(corrected, actor.PersonId, now);
        var serial = Serial.Parse(corrected.Serial);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "name correction approved", $"{Serial.Parse(wrong.Serial)} → {serial}"));
        database.Outbox.Add(new OutboxMail(
            $"name-correction/{correction.Id}",
            holder.Email!,
            MailTexts.NameCorrected(holder.Language, portal.Value.Name, holder.Name, corrected.Title, corrected.HolderName, serial.ToString(), portal.Value.Link($"/me/certificates/{serial}")),
            confidential: false,
            now));
        return serial;
    }

    private Serial Refuse(PortalDbContext database, NameCorrection correction, Certificate certificate, PortalUser holder, string answer, Actor actor, DateTime now)
    {
        correction.Refuse(answer, actor.PersonId, now);
        var serial = Serial.Parse(certificate.Serial);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "name correction refused", serial.ToString()));
        database.Outbox.Add(new OutboxMail(
            $"name-correction/{correction.Id}",
            holder.Email!,
            MailTexts.NameCorrectionRefused(holder.Language, portal.Value.Name, holder.Name, certificate.Title, correction.NewName, answer, portal.Value.Link($"/me/certificates/{serial}")),
            confidential: false,
            now));
        return serial;
    }
}
