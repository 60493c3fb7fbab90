using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Audit;
using TrainingPortal.Certifications;
using TrainingPortal.Cohorts;
using TrainingPortal.CourseFiles;
using TrainingPortal.Courses;
using TrainingPortal.Credentials;
using TrainingPortal.Enrollments;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;
using TrainingPortal.Verification;

namespace TrainingPortal;

/// <summary>Registers the school's use cases, one line an area. The context, the clock and the settings come from the host.</summary>
public static class SchoolServices
{
    public static IServiceCollection AddSchool(this IServiceCollection services) => services
        .AddAccounts()
        .AddLearning()
        .AddAssessments()
        .AddPracticals()
        .AddCertifications()
        .AddCredentials()
        .AddCohorts()
        .AddJobs();

    // Scoped, since ASP.NET Identity's own services are.
    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddScoped<RegisterPerson>()
        .AddScoped<ConfirmAddress>()
        .AddScoped<RequestPasswordReset>()
        .AddScoped<ResetPassword>()
        .AddSingleton<ReadPeople>()
        .AddSingleton<ChooseTimeZone>()
        .AddSingleton<ChangeRole>()
        .AddSingleton<ChangeMembership>()
        .AddSingleton<AddOrganisation>()
        .AddSingleton<RenameOrganisation>()
        .AddSingleton<ReadOrganisations>()
        .AddSingleton<InvitePerson>()
        .AddSingleton<ReadInvitations>();

    private static IServiceCollection AddLearning(this IServiceCollection services) => services
        .AddSingleton<ImportCourses>()
        .AddSingleton<ReadCatalogue>()
        .AddSingleton<ReadFigure>()
        .AddSingleton<ReadStaleContent>()
        .AddSingleton<ReadSkinZones>()
        .AddSingleton<ReadProtocols>()
        .AddSingleton<Enroll>()
        .AddSingleton<ReadMyCourses>()
        .AddSingleton<ReadLesson>()
        .AddSingleton<MarkLessonRead>();

    private static IServiceCollection AddAssessments(this IServiceCollection services) => services
        .AddSingleton<ItemBank>()
        .AddSingleton<ReadCourseProgress>()
        .AddSingleton<ReadProgramme>()
        .AddSingleton<ReadExamEntry>()
        .AddSingleton<ReadPractice>()
        .AddSingleton<StartAttempt>()
        .AddSingleton<ReadAttemptPage>()
        .AddSingleton<SaveAnswer>()
        .AddSingleton<SubmitAttempt>()
        .AddSingleton<ReadAttemptResult>()
        .AddSingleton<AddItem>()
        .AddSingleton<ReviseItem>()
        .AddSingleton<ReadItem>()
        .AddSingleton<ReadItems>()
        .AddSingleton<ReadItemForm>()
        .AddSingleton<ReadExamResults>()
        .AddSingleton<ReportItem>()
        .AddSingleton<ReadItemReports>()
        .AddSingleton<SettleItemReport>()
        .AddSingleton<KeepPulse>()
        .AddSingleton<ReadCriticalShare>()
        .AddSingleton<ReadExamRooms>()
        .AddSingleton<ReadExamBoard>()
        .AddSingleton<ReadInvigilatedAttempt>()
        .AddSingleton<PauseAttempt>()
        .AddSingleton<ResumeAttempt>()
        .AddSingleton<ExtendAttempt>()
        .AddSingleton<VoidAttempt>()
        .AddSingleton<PauseAll>()
        .AddSingleton<ResumeAll>()
        .AddSingleton<MarkSeen>()
        .AddSingleton<ReadAccommodations>()
        .AddSingleton<ReadPersonAccommodations>()
        .AddSingleton<GiveAccommodation>()
        .AddSingleton<WithdrawAccommodation>();

    private static IServiceCollection AddPracticals(this IServiceCollection services) => services
        .AddSingleton<ReadPracticals>()
        .AddSingleton<ReadCandidates>()
        .AddSingleton<ReadCandidateRecord>()
        .AddSingleton<StartMarking>()
        .AddSingleton<StartSecondMarking>()
        .AddSingleton<ReadMarking>()
        .AddSingleton<SaveMark>()
        .AddSingleton<SignOffMarking>()
        .AddSingleton<BreakOffMarking>()
        .AddSingleton<ReadOwnPracticals>()
        .AddSingleton<ReadAgreement>();

    private static IServiceCollection AddCertifications(this IServiceCollection services) => services
        .AddSingleton<ReadOwnCertificates>()
        .AddSingleton<ReadCertificateFile>()
        .AddSingleton<FindCertificates>()
        .AddSingleton<ExplainCertificate>()
        .AddSingleton<SuspendCertificate>()
        .AddSingleton<ReinstateCertificate>()
        .AddSingleton<RevokeCertificate>()
        .AddSingleton<AskNameCorrection>()
        .AddSingleton<ReadNameCorrections>()
        .AddSingleton<SettleNameCorrection>()
        .AddSingleton<ErasePerson>()
        .AddSingleton<ReadRequirements>()
        .AddSingleton<StartRenewal>()
        .AddSingleton<CheckCertificate>();

    private static IServiceCollection AddCredentials(this IServiceCollection services) => services
        .AddSingleton<KeyRing>()
        .AddSingleton<RotateKeys>()
        .AddSingleton<ReadKeys>()
        .AddSingleton<CredentialIssue>()
        .AddSingleton<ReadCredential>()
        .AddSingleton<ReadStatusList>()
        .AddSingleton<ReadAchievement>();

    private static IServiceCollection AddCohorts(this IServiceCollection services) => services
        .AddSingleton<MakeCohort>()
        .AddSingleton<ReadCohortForm>()
        .AddSingleton<ReadCohorts>()
        .AddSingleton<ReadCohort>()
        .AddSingleton<PreviewInvitations>()
        .AddSingleton<InviteToCohort>()
        .AddSingleton<SendInvitationAgain>()
        .AddSingleton<WithdrawInvitation>()
        .AddSingleton<ReadInvitation>()
        .AddScoped<AcceptInvitation>();

    private static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<IPortalJob, IssueCertificates>()
        .AddSingleton<IPortalJob, SendRenewalReminders>()
        .AddSingleton<IPortalJob, SignStatusLists>()
        .AddSingleton<IPortalJob, NotifyOfExpiry>()
        .AddSingleton<IPortalJob, CheckInvariants>()
        .AddSingleton<IPortalJob, DeliverMail>()
        .AddSingleton<IPortalJob, CloseOverdueAttempts>()
        .AddSingleton<IPortalJob, EraseOldRows>()
        .AddSingleton<RunJob>()
        .AddSingleton<PreviewJob>()
        .AddSingleton<StopJob>()
        .AddSingleton<ReadJobs>()
        .AddSingleton<ReadJobRuns>()
        .AddSingleton<ReadMails>()
        .AddSingleton<ResendMails>()
        .AddSingleton<ReadAudit>();
}
