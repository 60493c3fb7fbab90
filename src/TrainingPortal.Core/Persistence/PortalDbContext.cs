using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Audit;
using TrainingPortal.Certifications;
using TrainingPortal.Courses;
using TrainingPortal.Credentials;
using TrainingPortal.Enrollments;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;

namespace TrainingPortal.Persistence;

/// <summary>
/// The school's one database. Use cases open a context per operation through <see cref="IDbContextFactory{TContext}"/>;
/// each provider has a thin derived context with its own migrations.
/// </summary>
public abstract class PortalDbContext(DbContextOptions options)
    : IdentityDbContext<PortalUser, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Source> Sources => Set<Source>();

    public DbSet<SkinZone> SkinZones => Set<SkinZone>();

    public DbSet<ProtocolEdition> ProtocolEditions => Set<ProtocolEdition>();

    public DbSet<Course> Courses => Set<Course>();

    public DbSet<CourseModule> Modules => Set<CourseModule>();

    public DbSet<Lesson> Lessons => Set<Lesson>();

    public DbSet<Figure> Figures => Set<Figure>();

    public DbSet<StoredCase> Cases => Set<StoredCase>();

    public DbSet<Enrollment> Enrollments => Set<Enrollment>();

    public DbSet<LessonRead> LessonsRead => Set<LessonRead>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<ItemVersion> ItemVersions => Set<ItemVersion>();

    public DbSet<Quiz> Quizzes => Set<Quiz>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<Answer> Answers => Set<Answer>();

    public DbSet<AttemptEvent> AttemptEvents => Set<AttemptEvent>();

    public DbSet<Accommodation> Accommodations => Set<Accommodation>();

    public DbSet<ItemReport> ItemReports => Set<ItemReport>();

    public DbSet<PracticeCard> PracticeCards => Set<PracticeCard>();

    public DbSet<Pulse> Pulses => Set<Pulse>();

    public DbSet<Outage> Outages => Set<Outage>();

    public DbSet<Practical> Practicals => Set<Practical>();

    public DbSet<PracticalMarking> PracticalMarkings => Set<PracticalMarking>();

    public DbSet<PracticalMark> PracticalMarks => Set<PracticalMark>();

    public DbSet<Programme> Programmes => Set<Programme>();

    public DbSet<Certificate> Certificates => Set<Certificate>();

    public DbSet<CertificateEvent> CertificateEvents => Set<CertificateEvent>();

    public DbSet<NameCorrection> NameCorrections => Set<NameCorrection>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<StatusList> StatusLists => Set<StatusList>();

    public DbSet<CertificateFile> CertificateFiles => Set<CertificateFile>();

    public DbSet<ReminderNotice> ReminderNotices => Set<ReminderNotice>();

    public DbSet<EmployerNotice> EmployerNotices => Set<EmployerNotice>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<OrganisationMember> OrganisationMembers => Set<OrganisationMember>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Cohort> Cohorts => Set<Cohort>();

    public DbSet<CohortMember> CohortMembers => Set<CohortMember>();

    public DbSet<OutboxMail> Outbox => Set<OutboxMail>();

    public DbSet<JobRecord> Jobs => Set<JobRecord>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    /// <summary>Begins a transaction for writes that many people make at once.</summary>
    public virtual async Task<WriteTurn> BeginWriteAsync(CancellationToken cancellation) =>
        new(await Database.BeginTransactionAsync(cancellation), turn: null);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<decimal>().HavePrecision(6, 2);
        configurationBuilder.Properties<IReadOnlyList<string>>().HaveConversion<JsonListConverter<string>, ListComparer<string>>();
        configurationBuilder.Properties<IReadOnlyList<int>>().HaveConversion<JsonListConverter<int>, ListComparer<int>>();
        configurationBuilder.Properties<IReadOnlyList<AskedItem>>().HaveConversion<JsonListConverter<AskedItem>, ListComparer<AskedItem>>();
        configurationBuilder.Properties<IReadOnlyList<BlueprintRow>>().HaveConversion<JsonListConverter<BlueprintRow>, ListComparer<BlueprintRow>>();
        configurationBuilder.Properties<IReadOnlyList<DomainScore>>().HaveConversion<JsonListConverter<DomainScore>, ListComparer<DomainScore>>();
        configurationBuilder.Properties<IReadOnlyList<PracticalStep>>().HaveConversion<JsonListConverter<PracticalStep>, ListComparer<PracticalStep>>();
        configurationBuilder.Properties<IReadOnlyList<ProgrammePart>>().HaveConversion<JsonListConverter<ProgrammePart>, ListComparer<ProgrammePart>>();
        configurationBuilder.Properties<IReadOnlyList<RequirementFact>>().HaveConversion<JsonListConverter<RequirementFact>, ListComparer<RequirementFact>>();
        configurationBuilder.Properties<IReadOnlyList<CertificatePart>>().HaveConversion<JsonListConverter<CertificatePart>, ListComparer<CertificatePart>>();
        configurationBuilder.Properties<IReadOnlyList<Cover>>().HaveConversion<JsonListConverter<Cover>, ListComparer<Cover>>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        builder.Entity<PortalUser>().Property(user => user.Name).HasMaxLength(PortalUser.NameLength);
        builder.Entity<PortalUser>().Property(user => user.Language).HasMaxLength(5);
        builder.Entity<PortalUser>().Property(user => user.TimeZone).HasMaxLength(60);
        builder.Entity<IdentityRole<Guid>>().HasData(Accounts.Roles.All.Select((role, index) => new IdentityRole<Guid>(role)
        {
            // Fixed, since they are part of the migrations.
            Id = new Guid(0x7011, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(index + 1)),
            NormalizedName = role.ToUpperInvariant(),
            ConcurrencyStamp = role,
        }));
    }
}
