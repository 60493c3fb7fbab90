using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;

namespace TrainingPortal.Persistence;

/// <summary>Keys, lengths and indexes of organisations, invitations and cohorts.</summary>
internal sealed class PeopleMapping :
    IEntityTypeConfiguration<Organisation>,
    IEntityTypeConfiguration<OrganisationMember>,
    IEntityTypeConfiguration<Invitation>,
    IEntityTypeConfiguration<Cohort>,
    IEntityTypeConfiguration<CohortMember>
{
    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.HasIndex(row => row.NormalizedName).IsUnique();
        organisation.Property(row => row.Name).HasMaxLength(Organisation.NameLength);
        organisation.Property(row => row.NormalizedName).HasMaxLength(Organisation.NameLength);

        // What every organisation was before there were kinds.
        organisation.Property(row => row.Kind).HasDefaultValue(OrganisationKind.School);
    }

    public void Configure(EntityTypeBuilder<OrganisationMember> member)
    {
        member.HasKey(row => new { row.OrganisationId, row.PersonId });
        member.HasOne<Organisation>().WithMany().HasForeignKey(row => row.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        member.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Restrict);
        member.HasIndex(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.InvitedById).OnDelete(DeleteBehavior.Restrict);
        invitation.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.AcceptedById).OnDelete(DeleteBehavior.Restrict);
        invitation.HasOne<Organisation>().WithMany().HasForeignKey(row => row.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        invitation.HasOne<Cohort>().WithMany().HasForeignKey(row => row.CohortId).OnDelete(DeleteBehavior.Restrict);
        invitation.HasIndex(row => row.TokenHash).IsUnique();

        // One open invitation of an address to one aim, however often and by whomever it is sent.
        invitation.HasIndex(row => new { row.NormalizedEmail, row.Aim }, "OneOpenInvitation").IsUnique().HasFilter("\"AcceptedAt\" IS NULL AND \"WithdrawnAt\" IS NULL");
        invitation.Property(row => row.Email).HasMaxLength(PlainText.EmailLength);
        invitation.Property(row => row.NormalizedEmail).HasMaxLength(PlainText.EmailLength);
        invitation.Property(row => row.Name).HasMaxLength(PortalUser.NameLength);
        invitation.Property(row => row.Language).HasMaxLength(5);
        invitation.Property(row => row.Aim).HasMaxLength(60);
        invitation.Property(row => row.TokenHash).HasMaxLength(64);
        invitation.Ignore(row => row.Open);
        invitation.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Cohort> cohort)
    {
        cohort.HasOne<Organisation>().WithMany().HasForeignKey(row => row.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        cohort.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.CreatedById).OnDelete(DeleteBehavior.Restrict);
        cohort.HasIndex(row => new { row.OrganisationId, row.NormalizedName }).IsUnique();
        cohort.Property(row => row.Name).HasMaxLength(Cohort.NameLength);
        cohort.Property(row => row.NormalizedName).HasMaxLength(Cohort.NameLength);
        cohort.Property(row => row.ProgrammeSlug).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<CohortMember> member)
    {
        member.HasKey(row => new { row.CohortId, row.PersonId });
        member.HasOne<Cohort>().WithMany().HasForeignKey(row => row.CohortId).OnDelete(DeleteBehavior.Restrict);
        member.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Restrict);
        member.HasIndex(row => row.PersonId);
    }
}
