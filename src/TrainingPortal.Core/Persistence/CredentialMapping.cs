using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;

namespace TrainingPortal.Persistence;

/// <summary>Keys, lengths and indexes of what is signed.</summary>
internal sealed class CredentialMapping :
    IEntityTypeConfiguration<SigningKey>,
    IEntityTypeConfiguration<Credential>,
    IEntityTypeConfiguration<StatusList>
{
    private const int Thumbprint = 43;

    public void Configure(EntityTypeBuilder<SigningKey> key)
    {
        key.HasKey(row => row.Thumbprint);
        key.Property(row => row.Thumbprint).HasMaxLength(Thumbprint);
        key.Property(row => row.PublicJwk).HasMaxLength(1000);
    }

    public void Configure(EntityTypeBuilder<Credential> credential)
    {
        credential.HasKey(row => row.CertificateId);
        credential.HasOne<Certificate>().WithOne().HasForeignKey<Credential>(row => row.CertificateId).OnDelete(DeleteBehavior.Restrict);
        credential.HasOne<StatusList>().WithMany().HasForeignKey(row => row.StatusListId).OnDelete(DeleteBehavior.Restrict);
        credential.HasOne<SigningKey>().WithMany().HasForeignKey(row => row.KeyThumbprint).OnDelete(DeleteBehavior.Restrict);

        // No two credentials share a bit, however many copies of the job draw at once.
        credential.HasIndex(row => new { row.StatusListId, row.StatusIndex }).IsUnique();
        credential.HasIndex(row => row.AwardId);
        credential.HasIndex(row => row.ListDueAt).HasFilter("\"ListDueAt\" IS NOT NULL");
        credential.Property(row => row.Jws).IsUnicode(false);
        credential.Property(row => row.Sha256).HasMaxLength(64).IsUnicode(false);
        credential.Property(row => row.KeyThumbprint).HasMaxLength(Thumbprint);
    }

    public void Configure(EntityTypeBuilder<StatusList> list)
    {
        list.Property(row => row.Id).ValueGeneratedNever();
        list.Property(row => row.Jwt).IsUnicode(false);
        list.Property(row => row.Version).IsConcurrencyToken();
    }
}
