using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Courses;
using TrainingPortal.Enrollments;

namespace TrainingPortal.Persistence;

/// <summary>Keys, lengths and indexes of items, quizzes and attempts.</summary>
internal sealed class AssessmentMapping :
    IEntityTypeConfiguration<Item>,
    IEntityTypeConfiguration<ItemVersion>,
    IEntityTypeConfiguration<Quiz>,
    IEntityTypeConfiguration<Attempt>,
    IEntityTypeConfiguration<AttemptPaper>,
    IEntityTypeConfiguration<Answer>,
    IEntityTypeConfiguration<AttemptEvent>,
    IEntityTypeConfiguration<Accommodation>,
    IEntityTypeConfiguration<ItemReport>,
    IEntityTypeConfiguration<PracticeCard>,
    IEntityTypeConfiguration<Pulse>
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
        version.Property(row => row.Twin).HasMaxLength(60);
        version.Property(row => row.Lesson).HasMaxLength(200);
        version.Property(row => row.Interaction).HasConversion<JsonConverter<Interaction>, JsonComparer<Interaction>>();
        version.Ignore(row => row.Options);
    }

    public void Configure(EntityTypeBuilder<Quiz> quiz)
    {
        quiz.HasOne<Course>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Restrict);
        quiz.HasIndex(row => row.Slug).IsUnique();
        quiz.Property(row => row.Slug).HasMaxLength(100);
        quiz.Property(row => row.Title).HasMaxLength(200);
        quiz.Property(row => row.ModuleFolder).HasMaxLength(100);
        quiz.Property(row => row.KeptUp).HasConversion<JsonConverter<KeptUpRule>, JsonComparer<KeptUpRule>>();
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

    public void Configure(EntityTypeBuilder<AttemptPaper> paper)
    {
        paper.ToTable("AttemptPapers");
        paper.HasKey(row => row.AttemptId);
        paper.HasOne<Attempt>().WithOne(attempt => attempt.Paper).HasForeignKey<AttemptPaper>(row => row.AttemptId);
    }

    public void Configure(EntityTypeBuilder<Answer> answer)
    {
        answer.HasKey(row => new { row.AttemptId, row.Slot });
        answer.HasOne<Attempt>().WithMany(attempt => attempt.Answers).HasForeignKey(row => row.AttemptId);
        answer.HasOne<ItemVersion>().WithMany().HasForeignKey(row => row.ItemVersionId).OnDelete(DeleteBehavior.Restrict);
        answer.Property(row => row.Response).HasConversion(response => response!.Value.Text, text => new Response(text)).HasMaxLength(Response.MostLetters);
        answer.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<AttemptEvent> happened)
    {
        happened.HasOne<Attempt>().WithMany().HasForeignKey(row => row.AttemptId);
        happened.HasIndex(row => row.AttemptId);
        happened.Property(row => row.Reason).HasMaxLength(AttemptEvent.ReasonLength);
    }

    public void Configure(EntityTypeBuilder<Accommodation> accommodation)
    {
        accommodation.HasOne<Enrollment>().WithMany().HasForeignKey(row => row.EnrollmentId);
        accommodation.HasOne<Quiz>().WithMany().HasForeignKey(row => row.QuizId);
        accommodation.HasIndex(row => new { row.EnrollmentId, row.QuizId });
        accommodation.Property(row => row.Reason).HasMaxLength(Accommodation.ReasonLength);
        accommodation.Property(row => row.WithdrawnReason).HasMaxLength(Accommodation.ReasonLength);

        // Of two people who take it back at once, one does.
        accommodation.Property(row => row.WithdrawnAt).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ItemReport> report)
    {
        report.HasOne<Attempt>().WithMany().HasForeignKey(row => row.AttemptId);
        report.HasOne<ItemVersion>().WithMany().HasForeignKey(row => row.ItemVersionId).OnDelete(DeleteBehavior.Restrict);

        // One report of a question in an attempt: writing again changes it.
        report.HasIndex(row => new { row.AttemptId, row.Slot }).IsUnique();
        report.HasIndex(row => row.ItemVersionId);
        report.Property(row => row.Text).HasMaxLength(ItemReport.TextLength);
    }

    public void Configure(EntityTypeBuilder<PracticeCard> card)
    {
        card.HasKey(row => new { row.PersonId, row.ItemId });
        card.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.PersonId);
        card.HasOne<Item>().WithMany().HasForeignKey(row => row.ItemId);
        card.HasIndex(row => new { row.PersonId, row.DueOn });
        card.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Pulse> pulse)
    {
        pulse.Property(row => row.Id).ValueGeneratedNever();
        pulse.Property(row => row.BeatAt).IsConcurrencyToken();
    }
}
