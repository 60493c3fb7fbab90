using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Certifications;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>Signs certificates, in the save that makes them: there is never one without the other.</summary>
public sealed class CredentialIssue(KeyRing keys, IOptions<PortalOptions> portal)
{
    /// <summary>Adds the credential of a certificate that is added in the same save.</summary>
    /// <param name="database">Whoever asks saves it.</param>
    /// <param name="certificate">The new certificate.</param>
    /// <param name="now">UTC.</param>
    /// <exception cref="SigningKeyException">Nothing can be signed.</exception>
    public async Task AddAsync(PortalDbContext database, Certificate certificate, DateTime now, CancellationToken cancellation)
    {
        var sheet = await PrepareAsync(database, 1, now, cancellation);
        var programme = await database.Programmes.Where(row => row.Id == certificate.ProgrammeId).Select(row => row.Slug).FirstAsync(cancellation);
        var email = await database.Users.Where(row => row.Id == certificate.HolderId).Select(row => row.Email).FirstAsync(cancellation);
        var first = await database.Certificates.Where(row => row.AwardId == certificate.AwardId).MinAsync(row => (DateTime?)row.ValidFrom, cancellation);
        sheet.Add(database, certificate, new CredentialFacts(email!, programme, first ?? certificate.ValidFrom), now);
    }

    /// <summary>A key and so many free places in a status list, read in a few questions however many they are.</summary>
    /// <param name="database">A new status list is added to it where there is none with room; whoever asks saves it.</param>
    /// <param name="count">Certificates that are going to be signed.</param>
    /// <param name="now">UTC.</param>
    /// <exception cref="SigningKeyException">Nothing can be signed.</exception>
    public async Task<SigningSheet> PrepareAsync(PortalDbContext database, int count, DateTime now, CancellationToken cancellation)
    {
        var signer = await keys.SignerAsync(database, now, cancellation);
        var newest = await database.StatusLists.MaxAsync(list => (int?)list.Id, cancellation) ?? 0;
        if (newest == 0 || await database.Credentials.CountAsync(row => row.StatusListId == newest, cancellation) >= StatusList.Full)
        {
            var list = new StatusList(++newest);
            list.Sign(signer, portal.Value, now);
            database.StatusLists.Add(list);
        }

        return new SigningSheet(signer, portal.Value, newest, await FreePlacesAsync(database, newest, count, cancellation));
    }

    // Random, so that neighbours in the list say nothing of each other. Two jobs may still draw the same place: the unique index
    // refuses one of them, which draws again in its next run.
    private static async Task<Queue<int>> FreePlacesAsync(PortalDbContext database, int list, int count, CancellationToken cancellation)
    {
        var free = new HashSet<int>();
        while (free.Count < count)
        {
            var drawn = Enumerable.Range(0, (2 * count) + 8).Select(_ => RandomNumberGenerator.GetInt32(StatusList.Size)).Distinct().ToList();
            var taken = await database.Credentials
                .Where(row => row.StatusListId == list && drawn.Contains(row.StatusIndex))
                .Select(row => row.StatusIndex)
                .ToListAsync(cancellation);
            free.UnionWith(drawn.Except(taken));
        }

        return new Queue<int>(free);
    }
}

/// <summary>What it takes to sign some certificates.</summary>
public sealed class SigningSheet(Signer signer, PortalOptions portal, int list, Queue<int> places)
{
    private readonly Lock gate = new();

    /// <summary>Signs a certificate and adds the credential to the context.</summary>
    /// <param name="now">UTC.</param>
    public void Add(PortalDbContext database, Certificate certificate, CredentialFacts facts, DateTime now) =>
        database.Credentials.Add(Sign(certificate, facts, now));

    /// <summary>Signs a certificate; may be asked for several at once.</summary>
    /// <param name="now">UTC.</param>
    public Credential Sign(Certificate certificate, CredentialFacts facts, DateTime now)
    {
        var place = new StatusPlace(list, NextPlace());
        var subject = Guid.NewGuid();
        var jws = signer.Sign(CredentialJson.Write(portal, certificate, facts, subject, place));
        return new Credential(certificate, subject, place, jws, signer.Thumbprint, now);
    }

    private int NextPlace()
    {
        lock (gate)
        {
            return places.Dequeue();
        }
    }
}
