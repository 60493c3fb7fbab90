using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingPortal.Accounts;
using TrainingPortal.Courses;
using TrainingPortal.Practicals;

namespace TrainingPortal.Persistence;

/// <summary>Keys, lengths and indexes of practicals and of what assessors mark.</summary>
internal sealed class PracticalMapping :
    IEntityTypeConfiguration<Practical>,
    IEntityTypeConfiguration<PracticalMarking>,
    IEntityTypeConfiguration<PracticalMark>
{
    public void Configure(EntityTypeBuilder<Practical> practical)
    {
        practical.HasOne<Course>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Restrict);
        practical.HasIndex(row => row.Slug).IsUnique();
        practical.Property(row => row.Slug).HasMaxLength(100);
        practical.Property(row => row.Title).HasMaxLength(200);
        practical.Property(row => row.Setup).HasMaxLength(2000);
    }

    public void Configure(EntityTypeBuilder<PracticalMarking> marking)
    {
        marking.HasOne<Practical>().WithMany().HasForeignKey(row => row.PracticalId).OnDelete(DeleteBehavior.Restrict);
        marking.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.CandidateId).OnDelete(DeleteBehavior.Restrict);
        marking.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.AssessorId).OnDelete(DeleteBehavior.Restrict);

        // A candidate's times are counted without a gap and without two of the same number; with it, of two assessors who
        // start at once one does.
        marking.HasIndex(row => new { row.CandidateId, row.PracticalId, row.Number }).IsUnique().HasFilter("\"DoubleOf\" IS NULL");

        // Who has passed what, and when.
        marking.HasIndex(row => new { row.CandidateId, row.PracticalId, row.SignedOffAt }, "Passes").HasFilter("\"Result\" = 'Passed' AND \"DoubleOf\" IS NULL");
        marking.HasIndex(row => row.AwaitsAward).HasFilter("\"AwaitsAward\" = 1");
        marking.HasIndex(row => new { row.CandidateId, row.PracticalId }, "OneOpenMarking").IsUnique().HasFilter("\"Result\" = 'Open' AND \"DoubleOf\" IS NULL");

        // One second marking of a first one, but for those that were broken off.
        marking.HasOne<PracticalMarking>().WithMany().HasForeignKey(row => row.DoubleOf).OnDelete(DeleteBehavior.Restrict);
        marking.HasIndex(row => row.DoubleOf).IsUnique().HasFilter("\"DoubleOf\" IS NOT NULL AND \"Result\" <> 'BrokenOff'");
        marking.HasIndex(row => new { row.PracticalId, row.StartedAt });
        marking.HasIndex(row => row.AssessorId).HasFilter("\"Result\" = 'Open'");
        marking.Property(row => row.Reason).HasMaxLength(PracticalMarking.ReasonLength);
        marking.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<PracticalMark> mark)
    {
        mark.HasKey(row => new { row.MarkingId, row.Step });
        mark.HasOne<PracticalMarking>().WithMany(marking => marking.Marks).HasForeignKey(row => row.MarkingId);
        mark.Property(row => row.Note).HasMaxLength(PracticalMark.NoteLength);
        mark.Property(row => row.Revision).IsConcurrencyToken();
    }
}
