using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Certifications;
using TrainingPortal.Courses;
using TrainingPortal.Credentials;
using TrainingPortal.Enrollments;
using TrainingPortal.Mail;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;

namespace TrainingPortal.Tests.Support;

/// <summary>
/// A small school on a database of its own: one course of three domains with checks, an exam and a programme. Tests say
/// what people intend, and the real use cases do it at the time of <see cref="Clock"/>.
/// </summary>
/// <remarks>
/// The exam: 10 items (depth 4 with gate 75, hygiene 3 with gate 60, contraindications 3), 80 per cent to pass, 30 minutes,
/// three attempts in 30 days, 24 hours between two. Every contraindications item is critical, no other is.
/// </remarks>
internal sealed class School : IAsyncDisposable
{
    public const string Course = "safe-practice";
    public const string Exam = "safe-practice-exam";
    public const string Depth = "depth";
    public const string Hygiene = "hygiene";
    public const string Contraindications = "contraindications";

    /// <summary>Morning of 2 November 2026 in Denver, where the programme's days are counted.</summary>
    public static readonly DateTime Opening = new(2026, 11, 2, 9, 30, 0, DateTimeKind.Utc);

    private static readonly string[] s_domains = [Depth, Hygiene, Contraindications];

    private ItemBank? bank;
    private Actor? assessor;
    private SaveAnswer? saveAnswer;
    private ReadAttemptPage? readAttemptPage;

    private School(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public SetClock Clock { get; } = new(Opening);

    /// <summary>UTC.</summary>
    public DateTime Now
    {
        get => Clock.GetUtcNow().UtcDateTime;
        set => Clock.Now = value;
    }

    public IOptions<PortalOptions> Portal { get; } = Options.Create(new PortalOptions { Name = "Skin School", PublicUrl = new Uri("https://school.example") });

    public StartAttempt StartAttempt => new(Database, Bank, Clock);

    public ItemBank Bank => bank ??= new ItemBank(Database);

    public SaveAnswer SaveAnswer => saveAnswer ??= new SaveAnswer(Database, Bank, Clock);

    public SubmitAttempt SubmitAttempt => new(Database, Bank, Clock);

    public ReadAttemptPage ReadAttemptPage => readAttemptPage ??= new ReadAttemptPage(Database, Bank, Clock);

    public ReadAttemptResult ReadAttemptResult => new(Database, Bank, Clock);

    public Enroll Enroll => new(Database, Clock);

    public MarkLessonRead MarkLessonRead => new(Database, Clock);

    public IssueCertificates IssueCertificates => new(Database, Portal, TestKeys.Issue(Portal), Clock);

    public SignStatusLists SignStatusLists => new(Database, TestKeys.Ring(Portal), Portal);

    public SendRenewalReminders SendRenewalReminders => new(Database, Portal, Clock);

    public StartRenewal StartRenewal => new(Database, Clock);

    public SuspendCertificate SuspendCertificate => new(Database, Portal, Clock);

    public ReinstateCertificate ReinstateCertificate => new(Database, Portal, Clock);

    public AskNameCorrection AskNameCorrection => new(Database, Clock);

    public ReadNameCorrections ReadNameCorrections => new(Database);

    public SettleNameCorrection SettleNameCorrection => new(Database, Portal, TestKeys.Issue(Portal), Clock);

    public ErasePerson ErasePerson => new(Database, Clock);

    public RevokeCertificate RevokeCertificate => new(Database, Portal, Clock);

    public ReadCertificateFile ReadCertificateFile => new(Database, TestKeys.Ring(Portal), Clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<School> OpenAsync()
    {
        var school = new School(await TestDatabase.CreateAsync());
        await using var database = school.Database.CreateDbContext();
        database.Sources.Add(new Source { Code = "S1", Title = "A label", Kind = "primary" });
        var course = new Course { Id = NewId(), Slug = Course, Title = "Safe practice", Summary = "Depth, hygiene, people.", Hours = 6, ContentHash = "0" };
        database.Courses.Add(course);
        foreach (var (position, domain) in s_domains.Index())
        {
            var module = new CourseModule { Id = NewId(), CourseId = course.Id, Folder = $"0{position + 1}-{domain}", Position = position, Title = $"All about {domain}", Summary = domain, Domain = domain };
            foreach (var lesson in new[] { 1, 2 })
            {
                module.Lessons.Add(new Lesson { Id = NewId(), ModuleId = module.Id, Slug = $"{domain}-{lesson}", Position = lesson, Title = $"{domain} {lesson}", Minutes = 10, Html = "<p>Read me.</p>", Sources = ["S1"] });
            }

            database.Modules.Add(module);
            database.Quizzes.Add(new Quiz { Id = NewId(), CourseId = course.Id, Slug = $"{domain}-check", Kind = QuizKind.Check, Title = $"Check: {domain}", ModuleFolder = module.Folder, PassPercent = 50, Review = ReviewPolicy.Everything, Blueprint = [new BlueprintRow(domain, 2, null)] });
            foreach (var number in Enumerable.Range(1, 2))
            {
                database.Items.Add(NewItem(course.Id, $"{domain}-c{number}", domain, ItemUse.Check, critical: false));
            }

            foreach (var number in Enumerable.Range(1, 5))
            {
                database.Items.Add(NewItem(course.Id, $"{domain}-e{number}", domain, ItemUse.Exam, critical: domain == Contraindications));
            }
        }

        var exam = new Quiz
        {
            Id = NewId(),
            CourseId = course.Id,
            Slug = Exam,
            Kind = QuizKind.Exam,
            Title = "Exam: safe practice",
            Minutes = 30,
            PassPercent = 80,
            Review = ReviewPolicy.Score,
            Blueprint = [new(Depth, 4, 75), new(Hygiene, 3, 60), new(Contraindications, 3, null)],
            MostAttempts = 3,
            AttemptDays = 30,
            WaitHours = 24,
        };
        database.Quizzes.Add(exam);
        exam.ProgrammeId = NewId();
        database.Programmes.Add(new Programme
        {
            Id = exam.ProgrammeId.Value,
            Slug = "competence",
            Title = "Microneedling competence",
            Level = "Foundation",
            Exams = [Exam],
            ValidityMonths = 24,
            RenewalWindowDays = 90,
            ReminderDays = [90, 30, 7, 0],
            TimeZone = "America/Denver",
            Covers = [new Cover("Microneedling with a pen", 1.0m)],
            Scope = "Theory only.",
        });
        await database.SaveChangesAsync(Cancellation);
        return school;
    }

    public Task<Actor> TraineeAsync(string name = "Ana Lucía Peña", string language = "en") => PersonAsync(name, language, Roles.Trainee);

    public Task<Actor> InstructorAsync(string name = "Ines Roth") => PersonAsync(name, "en", Roles.Trainee, Roles.Instructor);

    /// <summary>Instructor and administrator in one, who therefore sees everybody.</summary>
    public Task<Actor> StaffAsync() => PersonAsync("Ines Roth", "en", Roles.Trainee, Roles.Instructor, Roles.Administrator);

    public Task<Actor> AdministratorAsync() => PersonAsync("Ada Moss", "en", Roles.Trainee, Roles.Administrator);

    public async Task EnrolAsync(Actor person) => Assert.True((await Enroll.RunAsync(person, Course, Cancellation)).Succeeded);

    public async Task ReadEverythingAsync(Actor person)
    {
        foreach (var domain in s_domains)
        {
            foreach (var lesson in new[] { 1, 2 })
            {
                Assert.True((await MarkLessonRead.RunAsync(person, Course, $"{domain}-{lesson}", Cancellation)).Succeeded);
            }
        }
    }

    public async Task PassChecksAsync(Actor person)
    {
        foreach (var domain in s_domains)
        {
            var attempt = await StartAsync(person, $"{domain}-check");
            await AnswerAllAsync(person, attempt);
            await SubmitAsync(person, attempt);
        }
    }

    /// <summary>Enrolled, everything read, every check passed: nothing is in the way of the exam.</summary>
    public async Task<Actor> PreparedTraineeAsync(string name = "Ana Lucía Peña", string language = "en")
    {
        var person = await TraineeAsync(name, language);
        await EnrolAsync(person);
        await ReadEverythingAsync(person);
        await PassChecksAsync(person);
        return person;
    }

    public async Task<Guid> StartAsync(Actor person, string quiz)
    {
        var (attempt, refused) = await StartAttempt.RunAsync(person, quiz, Cancellation);
        Assert.Null(refused);
        return attempt!.Value;
    }

    public Task<Guid> StartExamAsync(Actor person) => StartAsync(person, Exam);

    /// <summary>The questions of an attempt, with what only the database knows: where the key is.</summary>
    public async Task<IReadOnlyList<Question>> QuestionsAsync(Guid attemptId)
    {
        await using var database = Database.CreateDbContext();
        return await Question.AllAsync(database, attemptId, Cancellation);
    }

    public async Task<Outcome<int, SaveAnswerRefusal>> AnswerAsync(Actor person, Guid attemptId, int slot, bool right)
    {
        var question = (await QuestionsAsync(attemptId))[slot - 1];
        return await SaveAnswer.ChooseAsync(person, attemptId, slot, [right ? question.RightPlace : question.WrongPlace], question.Row.Revision, Cancellation);
    }

    /// <summary>Answers every question: right, but for so many wrong ones of each domain named.</summary>
    public async Task AnswerAllAsync(Actor person, Guid attemptId, params (string Domain, int Count)[] wrong)
    {
        var left = wrong.ToDictionary(row => row.Domain, row => row.Count);
        foreach (var question in await QuestionsAsync(attemptId))
        {
            var right = left.GetValueOrDefault(question.Row.Domain) == 0;
            if (!right)
            {
                left[question.Row.Domain]--;
            }

            var place = right ? question.RightPlace : question.WrongPlace;
            Assert.True((await SaveAnswer.ChooseAsync(person, attemptId, question.Row.Slot, [place], question.Row.Revision, Cancellation)).Succeeded);
        }
    }

    public async Task SubmitAsync(Actor person, Guid attemptId) =>
        Assert.True((await SubmitAttempt.RunAsync(person, attemptId, twinsShown: true, Cancellation)).Succeeded);

    /// <summary>Starts the exam, answers with so many wrong of each domain named, and submits.</summary>
    public async Task<Guid> SitExamAsync(Actor person, params (string Domain, int Count)[] wrong)
    {
        var attempt = await StartExamAsync(person);
        await AnswerAllAsync(person, attempt, wrong);
        await SubmitAsync(person, attempt);
        return attempt;
    }

    public Task<Guid> PassExamAsync(Actor person) => SitExamAsync(person);

    /// <summary>Runs the job that issues certificates.</summary>
    /// <returns>How many it made.</returns>
    public Task<int> IssueAsync() => IssueCertificates.RunAsync(Now, Cancellation);

    /// <summary>From nothing to a certificate, all at the present instant.</summary>
    public async Task<(Actor Holder, Certificate Certificate)> CertifyAsync(string name = "Ana Lucía Peña", string language = "en")
    {
        var holder = await PreparedTraineeAsync(name, language);
        await PassExamAsync(holder);
        await IssueAsync();
        return (holder, await NewestCertificateAsync(holder));
    }

    /// <summary>Starts a renewal and passes the whole cycle, all at the present instant.</summary>
    public async Task<Certificate> RenewAsync(Actor holder, Certificate certificate)
    {
        Assert.True((await StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation)).Succeeded);
        await ReadEverythingAsync(holder);
        await PassChecksAsync(holder);
        await PassExamAsync(holder);
        await IssueAsync();
        return await NewestCertificateAsync(holder);
    }

    public async Task<Certificate> NewestCertificateAsync(Actor holder)
    {
        await using var database = Database.CreateDbContext();
        return await database.Certificates
            .AsNoTracking()
            .Where(row => row.HolderId == holder.PersonId)
            .OrderByDescending(row => row.IssuedAt)
            .FirstAsync(Cancellation);
    }

    public async Task<Attempt> AttemptAsync(Guid attemptId)
    {
        await using var database = Database.CreateDbContext();
        return await database.Attempts.AsNoTracking().Include(row => row.Paper).Include(row => row.Answers.OrderBy(answer => answer.Slot)).FirstAsync(row => row.Id == attemptId, Cancellation);
    }

    public async Task<IReadOnlyList<OutboxMail>> OutboxAsync(string kind)
    {
        await using var database = Database.CreateDbContext();
        return await database.Outbox.AsNoTracking().Where(mail => mail.Key.StartsWith(kind + "/")).OrderBy(mail => mail.CreatedAt).ToListAsync(Cancellation);
    }

    /// <summary>A changed course file, as the next import would bring it.</summary>
    public async Task ChangeQuizAsync(string slug, Action<Quiz> change)
    {
        await using var database = Database.CreateDbContext();
        change(await database.Quizzes.FirstAsync(quiz => quiz.Slug == slug, Cancellation));
        await database.SaveChangesAsync(Cancellation);
    }

    /// <summary>A changed programme file, as the next import would bring it.</summary>
    public async Task ChangeProgrammeAsync(Action<Programme> change)
    {
        await using var database = Database.CreateDbContext();
        change(await database.Programmes.FirstAsync(programme => programme.Slug == "competence", Cancellation));
        await database.SaveChangesAsync(Cancellation);
    }

    /// <summary>Another programme beside the school's own, with the same dates.</summary>
    public async Task AddProgrammeAsync(string slug, Action<Programme> change)
    {
        await using var database = Database.CreateDbContext();
        var programme = new Programme { Id = NewId(), Slug = slug, Title = slug, Level = "Practitioner", ValidityMonths = 24, RenewalWindowDays = 90, TimeZone = "America/Denver", Scope = "More." };
        change(programme);
        database.Programmes.Add(programme);
        await database.SaveChangesAsync(Cancellation);
    }

    /// <summary>A second exam on the school's course: one question, at any time and as often as one likes.</summary>
    public async Task AddExamAsync(string slug)
    {
        await using var database = Database.CreateDbContext();
        var course = await database.Courses.FirstAsync(row => row.Slug == Course, Cancellation);
        database.Quizzes.Add(new Quiz { Id = NewId(), CourseId = course.Id, Slug = slug, Kind = QuizKind.Exam, Title = $"Exam: {slug}", Minutes = 10, PassPercent = 80, Review = ReviewPolicy.Score, Blueprint = [new(Depth, 1, null)] });
        await database.SaveChangesAsync(Cancellation);
    }

    public async Task AddPracticalAsync(string slug)
    {
        await using var database = Database.CreateDbContext();
        var course = await database.Courses.FirstAsync(row => row.Slug == Course, Cancellation);
        database.Practicals.Add(new Practical { Id = NewId(), Slug = slug, CourseId = course.Id, Title = $"Practical: {slug}", Setup = "A pad.", PassPercent = 80, Steps = [] });
        await database.SaveChangesAsync(Cancellation);
    }

    /// <summary>An assessor watches the candidate, who passes, and signs it off.</summary>
    public async Task<Guid> SignOffAsync(Actor candidate, string practicalSlug)
    {
        await using var database = Database.CreateDbContext();
        var practical = await database.Practicals.FirstAsync(row => row.Slug == practicalSlug, Cancellation);
        var before = await database.PracticalMarkings.CountAsync(row => row.CandidateId == candidate.PersonId && row.PracticalId == practical.Id, Cancellation);
        assessor ??= await PersonAsync("Asa Roy", "en", Roles.Trainee, Roles.Assessor);
        var marking = new PracticalMarking(practical, candidate.PersonId, assessor.PersonId, before + 1, Now);
        marking.SignOff(Now);
        database.PracticalMarkings.Add(marking);
        await database.SaveChangesAsync(Cancellation);
        return marking.Id;
    }

    /// <summary>Each critical item of the exam gets a twin, which no blueprint asks for by itself.</summary>
    public async Task AddTwinsAsync()
    {
        await using var database = Database.CreateDbContext();
        var items = await database.Items.Where(item => item.Use == ItemUse.Exam && item.Domain == Contraindications).OrderBy(item => item.Code).ToListAsync(Cancellation);
        foreach (var item in items)
        {
            // The bank stays as large as it was for the draw: five items, of which three are asked.
            var twin = NewItem(item.CourseId, $"twin-{item.Code}", "twins", ItemUse.Exam, critical: true, twinOf: item.Code);
            database.Items.Add(twin);
        }

        (await database.Courses.SingleAsync(Cancellation)).BankStamp = Guid.NewGuid();
        await database.SaveChangesAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static Guid NewId() => Guid.CreateVersion7(Opening);

    private static Item NewItem(Guid courseId, string code, string domain, ItemUse use, bool critical, string? twinOf = null)
    {
        var item = new Item { Id = NewId(), CourseId = courseId, Code = code, Domain = domain, Use = use, Origin = ItemOrigin.CourseFiles, CurrentVersion = 1 };
        item.Versions.Add(new ItemVersion
        {
            Id = NewId(),
            ItemId = item.Id,
            Number = 1,
            Critical = critical,
            Objective = $"Objective of {code}",
            Stem = $"Stem of {code}?",
            Interaction = new ChoiceInteraction([
                new ItemOption($"Answer a of {code}", false, $"Reason a of {code}"),
                new ItemOption($"Answer b of {code}", true, $"Reason b of {code}"),
                new ItemOption($"Answer c of {code}", false, $"Reason c of {code}"),
                new ItemOption($"Answer d of {code}", false, $"Reason d of {code}"),
            ]),
            Sources = ["S1"],
            Twin = twinOf,
            CreatedAt = Opening,
        });
        return item;
    }

    private async Task<Actor> PersonAsync(string name, string language, params string[] roles)
    {
        var id = NewId();
        var email = $"{id:N}@people.example";
        await using var database = Database.CreateDbContext();
        database.Users.Add(new PortalUser
        {
            Id = id,
            Name = name,
            Language = language,
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            EmailConfirmed = true,
            CreatedAt = Opening,
        });
        await database.SaveChangesAsync(Cancellation);
        return new Actor(id, roles.ToHashSet());
    }
}
