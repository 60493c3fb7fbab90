using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

/// <summary>
/// A year of a school with a thousand people, four times a day, by the real jobs: from June 2027, so that it has a leap day
/// and every change of the clocks. They pass, renew early, late or never, are suspended, reinstated and revoked, have their
/// names put right, one is erased, and for three days no mail can be sent. Certificates are good for six months, so that
/// each is seen from its issue to its end. <c>YEAR_PEOPLE</c> asks for another number of people.
/// </summary>
public class YearTests
{
    private const int TickHours = 6;
    private static readonly DateTime s_from = new(2027, 6, 1, 0, 10, 0, DateTimeKind.Utc);
    private static readonly DateTime s_until = new(2028, 6, 1, 0, 10, 0, DateTimeKind.Utc);

    // Among them clocks that change at midnight, by half an hour, and not at all.
    private static readonly string[] s_programmeZones = ["America/Denver", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe"];
    private static readonly string?[] s_zones = [null, null, "America/New_York", "Europe/Madrid", "Australia/Sydney", "Asia/Tokyo", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int People => int.TryParse(Environment.GetEnvironmentVariable("YEAR_PEOPLE"), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : 1000;

    [Theory]
    [InlineData(20270601)]
    public async Task A_year_of_a_thousand_people_keeps_every_rule_and_tells_every_notice_once(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var school = await School.OpenAsync();
        using var year = await Year.BeginAsync(school, new Random(seed));
        for (school.Now = s_from; school.Now <= s_until; school.Now = school.Now.AddHours(TickHours))
        {
            await year.LiveAsync();
            await year.RunJobsAsync();
        }

        school.Now = school.Now.AddHours(-TickHours);
        await year.ExpectEveryNoticeOnceAsync();
        await year.ExpectNoMailByNightAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(year.Told);
    }

    /// <summary>What happens to whom and when, drawn beforehand or as it happens, always by the same random numbers.</summary>
    private sealed class Year : IDisposable
    {
        private readonly School school;
        private readonly Random random;
        private readonly CopiedPasses passes;
        private readonly Actor administrator;
        private readonly Dictionary<Guid, Guid> exams;
        private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("portal-year-");
        private readonly PriorityQueue<Func<Task>, (DateTime At, int Number)> plan = new();
        private readonly SortedDictionary<string, int> told = [];
        private readonly List<IPortalJob> jobs;
        private readonly DateTime outage;

        private Year(School school, Random random, CopiedPasses passes, Actor administrator, Dictionary<Guid, Guid> exams)
        {
            (this.school, this.random, this.passes, this.administrator, this.exams) = (school, random, passes, administrator, exams);
            outage = s_from.AddDays(200 + random.Next(20)).AddHours(random.Next(24));
            var portal = Options.Create(new PortalOptions { Name = "Skin School", PublicUrl = school.Portal.Value.PublicUrl, DataDirectory = data.FullName });
            jobs =
            [
                new CloseOverdueAttempts(school.Database, school.Clock),
                school.IssueCertificates,
                school.SendRenewalReminders,
                new NotifyOfExpiry(school.Database, school.Portal, school.Clock),
                school.SignStatusLists,
                new DeliverMail(school.Database, new MailFolderTransport(Options.Create(new MailOptions()), portal), school.Clock),
            ];
        }

        public string Told => string.Join(", ", told.Select(row => $"{row.Value} {row.Key}"));

        private string MailFolder => Path.Combine(data.FullName, "mail");

        public static async Task<Year> BeginAsync(School school, Random random)
        {
            school.Now = s_from.AddDays(-1);
            var graduate = await school.PreparedTraineeAsync();
            var attempt = await school.PassExamAsync(graduate);
            await using var database = school.Database.CreateDbContext();
            var first = await database.Programmes.SingleAsync(Cancellation);
            first.ValidityMonths = 6;
            var exams = new Dictionary<Guid, Guid> { [first.Id] = (await database.Quizzes.SingleAsync(quiz => quiz.Slug == School.Exam, Cancellation)).Id };
            foreach (var zone in s_programmeZones.Where(zone => zone != first.TimeZone))
            {
                var exam = await database.Quizzes.AsNoTracking().SingleAsync(quiz => quiz.Slug == School.Exam, Cancellation);
                var copy = (Quiz)database.Entry(exam).CurrentValues.ToObject();
                database.Entry(copy).Property(row => row.Id).CurrentValue = Guid.NewGuid();
                database.Entry(copy).Property(row => row.Slug).CurrentValue = $"exam-{exams.Count}";
                copy.ProgrammeId = Guid.NewGuid();
                database.Quizzes.Add(copy);

                // One promises no reminder on the day after the end, which the job expire then tells.
                database.Programmes.Add(new Programme
                {
                    Id = copy.ProgrammeId.Value,
                    Slug = $"programme-{exams.Count}",
                    Title = $"Programme of {zone}",
                    Level = "Foundation",
                    Exams = [copy.Slug],
                    ValidityMonths = 6,
                    RenewalWindowDays = 90,
                    ReminderDays = zone == "Europe/Berlin" ? [60, 14] : [90, 30, 7, 0],
                    TimeZone = zone,
                    Covers = first.Covers,
                    Scope = first.Scope,
                });
                exams[copy.ProgrammeId.Value] = copy.Id;
            }

            await database.SaveChangesAsync(Cancellation);
            var year = new Year(school, random, await CopiedPasses.OfAsync(database, attempt), await school.AdministratorAsync(), exams);
            await year.EnrolEverybodyAsync();
            return year;
        }

        public void Dispose() => data.Delete(recursive: true);

        public async Task LiveAsync()
        {
            while (plan.TryPeek(out var act, out var due) && due.At <= school.Now)
            {
                plan.Dequeue();
                await act();
            }

            // A file stands where the folder must be: the real transport cannot write a single mail.
            var down = school.Now >= outage && school.Now < outage.AddDays(3);
            if (down && Directory.Exists(MailFolder))
            {
                Directory.Move(MailFolder, MailFolder + "-away");
                await File.WriteAllTextAsync(MailFolder, "", Cancellation);
            }
            else if (!down && File.Exists(MailFolder))
            {
                File.Delete(MailFolder);
                Directory.Move(MailFolder + "-away", MailFolder);
            }
        }

        public async Task RunJobsAsync()
        {
            foreach (var job in jobs)
            {
                Count($"rows of {job.Name}", await job.RunAsync(school.Now, Cancellation));
            }

            if (school.Now.Hour < TickHours)
            {
                await new CheckInvariants(school.Database).RunAsync(school.Now, Cancellation);
                Count("rows of retention", await new EraseOldRows(school.Database).RunAsync(school.Now, Cancellation));
            }
        }

        /// <summary>What must have been told follows from what is on record, reckoned here anew: each notice and each event, once, in one mail.</summary>
        public async Task ExpectEveryNoticeOnceAsync()
        {
            await using var database = school.Database.CreateDbContext();
            var erased = await database.Users.Where(person => person.ErasedAt != null).Select(person => person.Id).ToListAsync(Cancellation);
            var certificates = await database.Certificates.AsNoTracking().ToListAsync(Cancellation);
            var notices = await database.ReminderNotices.AsNoTracking().ToListAsync(Cancellation);
            var mails = await database.Outbox.AsNoTracking().ToListAsync(Cancellation);
            var promised = certificates.SelectMany(row => row.ReminderDays.Append(0).Distinct()
                .Select(days => (row.Id, Days: days, At: TickOf(row.ReminderDueAt(days))))
                .Where(stage => StoodAt(row, stage.At) && stage.At <= school.Now)).ToList();

            Assert.Equal(promised.Select(stage => (stage.Id, stage.Days, stage.At, true)).Order(), notices.Select(row => (row.CertificateId, row.DaysBefore, row.DecidedAt, row.Mailed)).Order());

            // One mail for all of a person's reminders of an instant; the job expire writes one for each certificate.
            var holders = certificates.ToDictionary(row => row.Id);
            var expected = promised
                .Where(stage => !erased.Contains(holders[stage.Id].HolderId))
                .Select(stage => holders[stage.Id].ReminderDays.Contains(stage.Days) ? (Of: holders[stage.Id].HolderId, stage.At) : (Of: stage.Id, stage.At))
                .Distinct();
            var reminders = mails.Where(mail => mail.Key.StartsWith("renewal-reminder/", StringComparison.Ordinal)).ToList();
            Assert.Equal(expected.Order(), reminders.Select(mail => (Of: Guid.Parse(mail.Key.Split('/')[1]), At: mail.CreatedAt)).Order());

            var awards = certificates.Where(row => row.Cause != CertificateCause.Corrected && !erased.Contains(row.HolderId)).Select(row => $"certificate-issued/{row.Id}");
            var events = certificates.Where(row => !erased.Contains(row.HolderId)).SelectMany(row => row.Events.Where(happened => !IsCarriedOver(row, happened)).Select(happened => $"certificate-event/{happened.Id}"));
            var corrections = (await database.NameCorrections.Where(row => row.SettledAt != null).Select(row => row.Id).ToListAsync(Cancellation)).Select(id => $"name-correction/{id}");
            Assert.Equal(awards.Concat(events).Concat(corrections).Order(StringComparer.Ordinal), mails.Except(reminders).Select(mail => mail.Key).Order(StringComparer.Ordinal));

            Assert.DoesNotContain(mails, mail => mail.DeadAt is not null || mail.NextTryAt <= school.Now);
            var sent = mails.Where(mail => mail.SentAt is not null).Select(mail => $"{mail.Id:N}.eml");
            var written = Directory.GetFiles(MailFolder, "*.eml").Select(Path.GetFileName).ToHashSet();
            Assert.All(sent, file => Assert.Contains(file, written));
            Assert.Equal(certificates.Count, await database.Credentials.CountAsync(Cancellation));
            Count("certificates", certificates.Count);
            Count("notices", notices.Count);
            Count("mails", mails.Count);
            Count("mails that waited for the mail server", mails.Count(mail => mail.Tries > 1));
        }

        /// <summary>No reminder came by night where its reader is, and none had two on one day.</summary>
        public async Task ExpectNoMailByNightAsync()
        {
            await using var database = school.Database.CreateDbContext();
            var zones = await database.Users.Where(person => person.Email != null).ToDictionaryAsync(person => person.Email!, person => person.TimeZone, Cancellation);
            var reminders = await database.Outbox.AsNoTracking().Where(mail => mail.Key.StartsWith("renewal-reminder/") && mail.SentAt != null).ToListAsync(Cancellation);
            var there = reminders
                .Where(mail => zones[mail.To] is not null)
                .Select(mail => (mail.To, mail.Key, At: TimeZoneInfo.ConvertTimeFromUtc(mail.SentAt!.Value, TimeZoneInfo.FindSystemTimeZoneById(zones[mail.To]!)), mail.Tries))
                .ToList();

            Assert.DoesNotContain(there, mail => TimeOnly.FromDateTime(mail.At) < QuietHours.Morning || TimeOnly.FromDateTime(mail.At) >= QuietHours.Evening);
            Assert.Empty(there.Where(mail => !mail.Key.EndsWith("/0", StringComparison.Ordinal)).GroupBy(mail => (mail.To, DateOnly.FromDateTime(mail.At))).Where(day => day.Count() > 1).Select(day => string.Join("; ", day)));
            Count("reminders that reached somebody with a zone of their own", there.Count);
        }

        // The first look of the jobs at or after an instant.
        private static DateTime TickOf(DateTime instant)
        {
            var ticks = Math.Ceiling((instant - s_from) / TimeSpan.FromHours(TickHours));
            return s_from.AddHours(TickHours * ticks);
        }

        private static bool StoodAt(Certificate row, DateTime instant) =>
            row.IssuedAt <= instant && !(row.SupersededAt <= instant) && !row.Events.Any(happened => happened.Kind is CertificateEventKind.Revoked or CertificateEventKind.Withdrawn && happened.At <= instant);

        // A certificate that takes the place of one on hold begins with the same event, of which nobody is told twice.
        private static bool IsCarriedOver(Certificate row, CertificateEvent happened) => row.ReplacesId is not null && happened.Number == 1 && happened.Kind == CertificateEventKind.Suspended && happened.At == row.IssuedAt;

        private async Task EnrolEverybodyAsync()
        {
            await using var database = school.Database.CreateDbContext();
            for (var number = 1; number <= People; number++)
            {
                var cycle = passes.AddTrainee(database, $"person-{number}@people.example", school.Now, Chance(20) ? "es" : "en", s_zones[random.Next(s_zones.Length)]);
                var holder = new Actor(cycle.PersonId, new HashSet<string> { Roles.Trainee });
                foreach (var programme in exams.Keys.OrderBy(_ => random.Next()).Take(Chance(15) ? 2 : 1))
                {
                    var day = s_from.AddDays(random.Next(175)).AddMinutes(random.Next(24 * 60));
                    At(day, () => PassAsync(holder, cycle.Id, programme));
                    PlanTroubles(holder, programme, day);
                }

                if (number == People / 2)
                {
                    At(s_from.AddDays(250), () => EraseAsync(holder));
                }
            }

            await database.SaveChangesAsync(Cancellation);
        }

        private void PlanTroubles(Actor holder, Guid programme, DateTime passedAt)
        {
            if (Chance(6))
            {
                var day = passedAt.AddDays(1 + random.Next(200));
                At(day, () => SuspendAsync(holder, programme));
                if (Chance(60))
                {
                    At(day.AddDays(1 + random.Next(40)), () => ReinstateAsync(holder, programme));
                }
            }

            if (Chance(3))
            {
                At(passedAt.AddDays(1 + random.Next(220)), () => RevokeAsync(holder, programme));
            }

            if (Chance(6))
            {
                At(passedAt.AddDays(1 + random.Next(200)), () => AskForAnotherNameAsync(holder, programme, approve: Chance(70)));
            }
        }

        private async Task PassAsync(Actor holder, Guid enrollmentId, Guid programme)
        {
            await using var database = school.Database.CreateDbContext();
            passes.AddPass(database, holder.PersonId, enrollmentId, school.Now, exams[programme]);
            await database.SaveChangesAsync(Cancellation);
            Count("passes");
            At(school.Now.AddDays(1), () => PlanRenewalAsync(holder, programme));
        }

        private async Task PlanRenewalAsync(Actor holder, Guid programme)
        {
            if (await StandingAsync(holder, programme) is not { } certificate)
            {
                return;
            }

            var days = random.Next(100) switch
            {
                < 50 => -random.Next(1, 88),
                < 75 => random.Next(1, 40),
                _ => (int?)null,
            };
            if (days is { } fromEnd)
            {
                At(certificate.ValidUntil.AddDays(fromEnd).AddMinutes(random.Next(600)), () => RenewAsync(holder, programme));
            }
        }

        private async Task RenewAsync(Actor holder, Guid programme)
        {
            if (await StandingAsync(holder, programme) is not { } certificate)
            {
                return;
            }

            Assert.Equal(School.Course, (await school.StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation)).Value);
            await using var database = school.Database.CreateDbContext();
            var cycle = await database.Enrollments.Where(row => row.PersonId == holder.PersonId).OrderByDescending(row => row.Cycle).Select(row => row.Id).FirstAsync(Cancellation);
            Count(school.Now > certificate.ValidUntil ? "late renewals" : "early renewals");
            await PassAsync(holder, cycle, programme);
        }

        private async Task SuspendAsync(Actor holder, Guid programme)
        {
            if (await StandingAsync(holder, programme) is { } certificate)
            {
                Count("suspensions", (await school.SuspendCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), SuspensionReason.UnderReview, null, Cancellation)).Succeeded ? 1 : 0);
            }
        }

        private async Task ReinstateAsync(Actor holder, Guid programme)
        {
            if (await StandingAsync(holder, programme) is { } certificate)
            {
                Count("reinstatements", (await school.ReinstateCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), ReinstatementReason.QuestionCleared, null, Cancellation)).Succeeded ? 1 : 0);
            }
        }

        private async Task RevokeAsync(Actor holder, Guid programme)
        {
            if (await StandingAsync(holder, programme) is { } certificate)
            {
                Count("revocations", (await school.RevokeCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation)).Succeeded ? 1 : 0);
            }
        }

        private async Task AskForAnotherNameAsync(Actor holder, Guid programme, bool approve)
        {
            if (await StandingAsync(holder, programme) is not { } certificate)
            {
                return;
            }

            var asked = await school.AskNameCorrection.RunAsync(holder, Serial.Parse(certificate.Serial), $"{certificate.HolderName} Peña", "I was married in the meantime.", Cancellation);
            if (asked.Succeeded)
            {
                At(school.Now.AddDays(1 + random.Next(20)), async () =>
                {
                    var settled = await school.SettleNameCorrection.RunAsync(administrator, asked.Value, approve, approve ? null : "The papers are missing.", Cancellation);
                    Count(approve ? "names corrected" : "corrections refused", settled.Succeeded ? 1 : 0);
                });
            }
        }

        private async Task EraseAsync(Actor holder)
        {
            await using var database = school.Database.CreateDbContext();
            var email = await database.Users.Where(row => row.Id == holder.PersonId).Select(row => row.Email).FirstAsync(Cancellation);
            Assert.True((await school.ErasePerson.RunAsync(administrator, holder.PersonId, email, Cancellation)).Succeeded);
            Count("erasures");
        }

        private async Task<Certificate?> StandingAsync(Actor holder, Guid programme)
        {
            await using var database = school.Database.CreateDbContext();
            var own = await database.Certificates.AsNoTracking().Where(row => row.HolderId == holder.PersonId && row.ProgrammeId == programme).ToListAsync(Cancellation);
            return own.SingleOrDefault(row => row.Stands);
        }

        private void At(DateTime instant, Func<Task> act) => plan.Enqueue(act, (instant, plan.Count));

        private bool Chance(int percent) => random.Next(100) < percent;

        private void Count(string what, int many = 1) => told[what] = told.GetValueOrDefault(what) + many;
    }
}
