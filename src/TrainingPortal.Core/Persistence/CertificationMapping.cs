using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Audit;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;

namespace TrainingPortal.Persistence;

/// <summary>Keys, lengths and indexes of certificates and of what the jobs do for them.</summary>
internal sealed class CertificationMapping :
    IEntityTypeConfiguration<Programme>,
    IEntityTypeConfiguration<Certificate>,
    IEntityTypeConfiguration<CertificateEvent>,
    IEntityTypeConfiguration<NameCorrection>,
    IEntityTypeConfiguration<CertificateFile>,
    IEntityTypeConfiguration<ReminderNotice>,
    IEntityTypeConfiguration<EmployerNotice>,
    IEntityTypeConfiguration<OutboxMail>,
    IEntityTypeConfiguration<JobRecord>,
    IEntityTypeConfiguration<JobRun>,
    IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<Programme> programme)
    {
        programme.HasIndex(row => row.Slug).IsUnique();
        programme.Property(row => row.Slug).HasMaxLength(100);
        programme.Property(row => row.Title).HasMaxLength(200);
        programme.Property(row => row.Level).HasMaxLength(60);
        programme.Property(row => row.TimeZone).HasMaxLength(60);
        programme.Property(row => row.FixedDay).HasMaxLength(5);
        programme.Property(row => row.Scope).HasMaxLength(1000);
        programme.Ignore(row => row.Requirements);
    }

    public void Configure(EntityTypeBuilder<Certificate> certificate)
    {
        certificate.HasOne<Programme>().WithMany().HasForeignKey(row => row.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        certificate.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.HolderId).OnDelete(DeleteBehavior.Restrict);
        certificate.HasOne<Attempt>().WithMany().HasForeignKey(row => row.AttemptId).OnDelete(DeleteBehavior.Restrict);
        certificate.HasOne<Certificate>().WithMany().HasForeignKey(row => row.ReplacesId).OnDelete(DeleteBehavior.Restrict);

        // Its status depends on them, so it is never read without.
        certificate.HasMany(row => row.Events).WithOne().HasForeignKey(row => row.CertificateId).OnDelete(DeleteBehavior.Restrict);
        certificate.Navigation(row => row.Events).AutoInclude();
        certificate.HasOne(row => row.Revocation).WithOne().HasForeignKey<Certificate>("RevocationId").OnDelete(DeleteBehavior.Restrict);
        certificate.Navigation(row => row.Revocation).AutoInclude();
        certificate.HasIndex(row => row.Serial).IsUnique();

        // Exactly one certificate of a person, a programme and a cycle but for repeated parts and corrected names, and one
        // renewal of a certificate, however many copies of the job race and whichever requirement came last.
        certificate.HasIndex(row => new { row.HolderId, row.ProgrammeId, row.Cycle }, "OneAward").IsUnique().HasFilter("\"Cause\" <> 'Corrected' AND \"Cause\" <> 'PartRepeated'");
        certificate.HasIndex(row => new { row.AttemptId, row.ProgrammeId }).IsUnique().HasFilter("\"AttemptId\" IS NOT NULL AND \"Cause\" <> 'Corrected'");
        certificate.HasIndex(row => row.ReplacesId).IsUnique().HasFilter("\"ReplacesId\" IS NOT NULL");
        certificate.HasIndex(row => new { row.HolderId, row.ProgrammeId });
        certificate.HasIndex(row => row.AwardId);
        certificate.HasIndex(row => row.ValidUntil).HasFilter("\"SupersededAt\" IS NULL AND \"RevocationId\" IS NULL");
        certificate.HasIndex(row => row.NextReminderAt).HasFilter("\"NextReminderAt\" IS NOT NULL");
        certificate.Property(row => row.Serial).HasMaxLength(Serial.Length);
        certificate.Property(row => row.HolderName).HasMaxLength(PortalUser.NameLength);
        certificate.Property(row => row.Title).HasMaxLength(200);
        certificate.Property(row => row.Level).HasMaxLength(60);
        certificate.Property(row => row.TimeZone).HasMaxLength(60);
        certificate.Property(row => row.Scope).HasMaxLength(1000);
        certificate.Ignore(row => row.EndingPart);
        certificate.Ignore(row => row.Suspension);
        certificate.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<CertificateEvent> happened)
    {
        // Never made by the database, so that one in a certificate's list is known as new.
        happened.Property(row => row.Id).ValueGeneratedNever();
        happened.HasIndex(row => new { row.CertificateId, row.Number }).IsUnique();
        happened.HasIndex(row => row.At);
        happened.Property(row => row.Reason).HasMaxLength(40);
        happened.Property(row => row.Note).HasMaxLength(CertificateEvent.NoteLength);
    }

    public void Configure(EntityTypeBuilder<NameCorrection> correction)
    {
        correction.HasOne<Certificate>().WithMany().HasForeignKey(row => row.CertificateId).OnDelete(DeleteBehavior.Restrict);
        correction.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.HolderId).OnDelete(DeleteBehavior.Restrict);

        // One at a time, so that nobody approves what the holder has asked anew meanwhile.
        correction.HasIndex(row => row.HolderId, "OneOpenCorrection").IsUnique().HasFilter("\"SettledAt\" IS NULL");
        correction.Property(row => row.OldName).HasMaxLength(PortalUser.NameLength);
        correction.Property(row => row.NewName).HasMaxLength(PortalUser.NameLength);
        correction.Property(row => row.Why).HasMaxLength(NameCorrection.WhyLength);
        correction.Property(row => row.Answer).HasMaxLength(NameCorrection.AnswerLength);
        correction.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<CertificateFile> file)
    {
        // One file of a kind and language, whichever of two first downloads is faster.
        file.HasKey(row => new { row.CertificateId, row.Kind, row.Language });
        file.HasOne<Certificate>().WithMany().HasForeignKey(row => row.CertificateId).OnDelete(DeleteBehavior.Restrict);
        file.Property(row => row.Language).HasMaxLength(5);
        file.Property(row => row.Sha256).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<ReminderNotice> notice)
    {
        notice.HasKey(row => new { row.CertificateId, row.DaysBefore });
        notice.HasOne<Certificate>().WithMany().HasForeignKey(row => row.CertificateId);
    }

    public void Configure(EntityTypeBuilder<EmployerNotice> notice)
    {
        notice.HasKey(row => new { row.EmployerId, row.CertificateId, row.DaysBefore });
        notice.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.EmployerId).OnDelete(DeleteBehavior.Restrict);
        notice.HasOne<Certificate>().WithMany().HasForeignKey(row => row.CertificateId).OnDelete(DeleteBehavior.Restrict);
        notice.HasIndex(row => row.WaitsUntil).HasFilter("\"WaitsUntil\" IS NOT NULL");

        // Two runs never put the same one into two mails.
        notice.Property(row => row.WaitsUntil).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<OutboxMail> mail)
    {
        mail.HasIndex(row => row.Key).IsUnique();
        mail.HasIndex(row => row.NextTryAt).HasFilter("\"NextTryAt\" IS NOT NULL");
        mail.HasIndex(row => row.DeadAt).HasFilter("\"DeadAt\" IS NOT NULL");
        mail.HasIndex(row => row.CreatedAt);
        mail.Ignore(row => row.State);
        mail.Property(row => row.Key).HasMaxLength(200);
        mail.Property(row => row.To).HasMaxLength(256);
        mail.Property(row => row.Subject).HasMaxLength(300);
        mail.Property(row => row.QuietZone).HasMaxLength(60);
        mail.Property(row => row.LastError).HasMaxLength(1000);
    }

    public void Configure(EntityTypeBuilder<JobRecord> job)
    {
        job.HasKey(row => row.Name);
        job.Property(row => row.Name).HasMaxLength(60);
        job.Property(row => row.LastFailure).HasMaxLength(2000);
    }

    public void Configure(EntityTypeBuilder<JobRun> run)
    {
        run.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.SetNull);
        run.HasIndex(row => new { row.Name, row.StartedAt });
        run.Property(row => row.Name).HasMaxLength(60);
        run.Property(row => row.Failure).HasMaxLength(2000);
    }

    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.HasIndex(row => row.At);
        entry.Property(row => row.Act).HasMaxLength(100);
        entry.Property(row => row.Subject).HasMaxLength(300);
    }
}
