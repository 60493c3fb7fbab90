using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingPortal.Accounts;
using TrainingPortal.Courses;
using TrainingPortal.Enrollments;
using TrainingPortal.Protocols;

namespace TrainingPortal.Persistence;

/// <summary>Keys, lengths and indexes of what is learned: sources, zones, courses, enrolments.</summary>
internal sealed class LearningMapping :
    IEntityTypeConfiguration<Source>,
    IEntityTypeConfiguration<SkinZone>,
    IEntityTypeConfiguration<Course>,
    IEntityTypeConfiguration<CourseModule>,
    IEntityTypeConfiguration<Lesson>,
    IEntityTypeConfiguration<Figure>,
    IEntityTypeConfiguration<StoredCase>,
    IEntityTypeConfiguration<ProtocolEdition>,
    IEntityTypeConfiguration<Enrollment>,
    IEntityTypeConfiguration<LessonRead>
{
    public void Configure(EntityTypeBuilder<Source> source)
    {
        source.HasKey(row => row.Code);
        source.Property(row => row.Code).HasMaxLength(20);
        source.Property(row => row.Title).HasMaxLength(500);
        source.Property(row => row.Kind).HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<SkinZone> zone)
    {
        zone.HasKey(row => row.Zone);
        zone.Property(row => row.Zone).HasMaxLength(60);
        zone.Property(row => row.Name).HasMaxLength(100);
        zone.Property(row => row.Note).HasMaxLength(500);
    }

    public void Configure(EntityTypeBuilder<Course> course)
    {
        course.HasIndex(row => row.Slug).IsUnique();
        course.Property(row => row.Slug).HasMaxLength(100);
        course.Property(row => row.Title).HasMaxLength(200);
        course.Property(row => row.Summary).HasMaxLength(1000);
        course.Property(row => row.ContentHash).HasMaxLength(64);
        course.Property(row => row.ProgrammeSlug).HasMaxLength(100);
        course.Property(row => row.TimeZone).HasMaxLength(60);
        course.HasIndex(row => row.ProgrammeSlug);
    }

    public void Configure(EntityTypeBuilder<CourseModule> module)
    {
        module.HasOne<Course>().WithMany(course => course.Modules).HasForeignKey(row => row.CourseId);
        module.HasIndex(row => new { row.CourseId, row.Folder }).IsUnique();
        module.Property(row => row.Folder).HasMaxLength(100);
        module.Property(row => row.Title).HasMaxLength(200);
        module.Property(row => row.Summary).HasMaxLength(1000);
        module.Property(row => row.Domain).HasMaxLength(60);
    }

    public void Configure(EntityTypeBuilder<Lesson> lesson)
    {
        lesson.HasOne<CourseModule>().WithMany(module => module.Lessons).HasForeignKey(row => row.ModuleId);
        lesson.HasIndex(row => new { row.ModuleId, row.Slug }).IsUnique();
        lesson.Property(row => row.Slug).HasMaxLength(100);
        lesson.Property(row => row.Title).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<Figure> figure)
    {
        figure.HasOne<Course>().WithMany(course => course.Figures).HasForeignKey(row => row.CourseId);
        figure.HasIndex(row => new { row.CourseId, row.Path }).IsUnique();
        figure.Property(row => row.Path).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<StoredCase> stored)
    {
        stored.HasOne<Course>().WithMany(course => course.Cases).HasForeignKey(row => row.CourseId);
        stored.HasIndex(row => new { row.CourseId, row.Name }).IsUnique();
        stored.Property(row => row.Name).HasMaxLength(100);
        stored.Property(row => row.Case).HasConversion<JsonConverter<ConsultationCase>, JsonComparer<ConsultationCase>>();
    }

    public void Configure(EntityTypeBuilder<ProtocolEdition> edition)
    {
        edition.HasKey(row => row.Number);
        edition.Property(row => row.Number).ValueGeneratedNever();
        edition.Property(row => row.Book).HasConversion<JsonConverter<ProtocolBook>, JsonComparer<ProtocolBook>>();
    }

    public void Configure(EntityTypeBuilder<Enrollment> enrollment)
    {
        enrollment.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Restrict);
        enrollment.HasOne<Course>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Restrict);
        enrollment.HasIndex(row => new { row.PersonId, row.CourseId, row.Cycle }).IsUnique();
        enrollment.HasIndex(row => row.RenewsCertificateId).HasFilter("\"RenewsCertificateId\" IS NOT NULL");
        enrollment.Property(row => row.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<LessonRead> read)
    {
        read.HasKey(row => new { row.EnrollmentId, row.LessonId });
        read.HasOne<Enrollment>().WithMany(enrollment => enrollment.LessonsRead).HasForeignKey(row => row.EnrollmentId);
        read.HasOne<Lesson>().WithMany().HasForeignKey(row => row.LessonId).OnDelete(DeleteBehavior.Restrict);
    }
}
