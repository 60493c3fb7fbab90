using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Courses;
using TrainingPortal.Enrollments;

namespace TrainingPortal.Persistence;

/// <summary>Keys, lengths and indexes of items, quizzes and attempts.</summary>
internal sealed class AssessmentMapping :
    IEntityTypeConfiguration<Item>,
    IEntityTypeConfiguration<ItemVersion>,
    IEntityTypeConfiguration<Quiz>,
    IEntityTypeConfiguration<Attempt>,
    IEntityTypeConfiguration<AttemptItem>
{
    public void Configure(EntityTypeBuilder<Item> item)
    {
        item.HasOne<Course>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Restrict);
        item.HasIndex(row => new { row.CourseId, row.Code }).IsUnique();
        item.Property(row => row.Code).HasMaxLength(60);
        item.Property(row => row.Domain).HasMaxLength(60);
        item.Property(row => row.ModuleFolder).HasMaxLength(100);
        item.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ItemVersion> version)
    {
        version.HasOne<Item>().WithMany(item => item.Versions).HasForeignKey(row => row.ItemId);
        version.HasIndex(row => new { row.ItemId, row.Number }).IsUnique();
        version.Property(row => row.Objective).HasMaxLength(500);
        version.Property(row => row.Stem).HasMaxLength(2000);
        version.Property(row => row.Jurisdiction).HasMaxLength(20);
        version.Ignore(row => row.KeyIndex);
        version.Ignore(row => row.Multiple);
    }

    public void Configure(EntityTypeBuilder<Quiz> quiz)
    {
        quiz.HasOne<Course>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Restrict);
        quiz.HasIndex(row => row.Slug).IsUnique();
        quiz.Property(row => row.Slug).HasMaxLength(100);
        quiz.Property(row => row.Title).HasMaxLength(200);
        quiz.Property(row => row.ModuleFolder).HasMaxLength(100);
        quiz.Ignore(row => row.ItemCount);
    }

    public void Configure(EntityTypeBuilder<Attempt> attempt)
    {
        attempt.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Restrict);
        attempt.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId).OnDelete(DeleteBehavior.Restrict);
        attempt.HasOne<Quiz>().WithMany().HasForeignKey(row => row.QuizId).OnDelete(DeleteBehavior.Restrict);

        // One open attempt for a person and a quiz, however often "start" is clicked and on however many devices.
        attempt.HasIndex(row => new { row.PersonId, row.QuizId }, "OneOpenAttempt").IsUnique().HasFilter("\"ClosedAt\" IS NULL");
        attempt.HasIndex(row => row.AwaitsAward).HasFilter("\"AwaitsAward\" = 1");
        attempt.HasIndex(row => row.DeadlineAt).HasFilter("\"ClosedAt\" IS NULL");
        attempt.HasIndex(row => new { row.EnrollmentId, row.QuizId });
        attempt.HasIndex(row => new { row.QuizId, row.ClosedAt });
        attempt.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<AttemptItem> item)
    {
        item.HasKey(row => new { row.AttemptId, row.Slot });
        item.Property(row => row.Chosen).HasConversion(chosen => chosen!.Value.Bits, bits => new ChosenPlaces(bits));
        item.Property(row => row.Scored).HasDefaultValue(true).HasSentinel(true);
        item.HasOne<Attempt>().WithMany(attempt => attempt.Items).HasForeignKey(row => row.AttemptId);
        item.HasOne<ItemVersion>().WithMany().HasForeignKey(row => row.ItemVersionId).OnDelete(DeleteBehavior.Restrict);
        item.Property(row => row.Domain).HasMaxLength(60);
        item.Property(row => row.Revision).IsConcurrencyToken();
    }
}
