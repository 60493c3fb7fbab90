using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Mail;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Mail;

/// <summary>The outbox and its two transports: a folder of files, and a mail server that refuses.</summary>
public sealed class DeliverMailTests : IDisposable
{
    private static readonly DateTime s_now = new(2026, 11, 2, 9, 30, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("portal-mail-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MailFolderTransport Folder => new(Options.Create(new MailOptions()), Options.Create(new PortalOptions { Name = "Escuela Ñandú", DataDirectory = data.FullName }));

    public void Dispose() => data.Delete(recursive: true);

    private static OutboxMail Mail(string key = "test/1", string to = "ana@people.example", bool confidential = false) =>
        new(key, to, new MailText("Su certificado está listo", "Hola, Ana:\n\nhttps://school.example/verify/7K4M?a=1&b=2\n\n.\nFin"), confidential, s_now);

    private static async Task<Guid> WaitAsync(TestDatabase database, params OutboxMail[] mails)
    {
        await using var context = database.CreateDbContext();
        context.Outbox.AddRange(mails);
        await context.SaveChangesAsync(Cancellation);
        return mails[0].Id;
    }

    private static async Task<OutboxMail> RowAsync(TestDatabase database, Guid id)
    {
        await using var context = database.CreateDbContext();
        return await context.Outbox.SingleAsync(mail => mail.Id == id, Cancellation);
    }

    // A port that was free a moment ago and that nobody listens on: a mail server that refuses.
    private static SmtpTransport Refusing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new SmtpTransport(Options.Create(new MailOptions { Host = "127.0.0.1", Port = port, Tls = false }), Options.Create(new PortalOptions()));
    }

    private FileInfo[] Files() => new DirectoryInfo(Path.Combine(data.FullName, "mail")).GetFiles("*", SearchOption.AllDirectories);

    [Fact]
    public async Task The_folder_gets_one_file_named_by_the_mails_id_that_a_mail_program_reads()
    {
        var mail = Mail();

        await Folder.SendAsync(mail, Cancellation);

        var file = Assert.Single(Files());
        Assert.Equal($"{mail.Id:N}.eml", file.Name);
        var (headers, body) = Read(file);
        Assert.Equal($"<{mail.Id:N}@localhost>", headers["Message-ID"]);
        Assert.Contains("ana@people.example", headers["To"], StringComparison.Ordinal);
        Assert.Equal("Su certificado está listo", Decoded(headers["Subject"]));
        Assert.Contains("Escuela Ñandú", Decoded(headers["From"]), StringComparison.Ordinal);
        Assert.Equal("auto-generated", headers["Auto-Submitted"]);
        Assert.Equal(mail.Body, body.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Fact]
    public async Task Delivering_again_is_still_one_file()
    {
        var mail = Mail();

        await Folder.SendAsync(mail, Cancellation);
        await Folder.SendAsync(mail, Cancellation);

        Assert.Equal($"{mail.Id:N}.eml", Assert.Single(Files()).Name);
        Assert.Empty(Directory.GetDirectories(Path.Combine(data.FullName, "mail")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_tried_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await WaitAsync(database, Mail());
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "mail"), "in the way", Cancellation);

        Assert.Equal(0, await new DeliverMail(database, Folder, new SetClock(s_now)).RunAsync(s_now, Cancellation));

        Assert.Contains(data.FullName, (await RowAsync(database, id)).LastError, StringComparison.Ordinal);
        File.Delete(Path.Combine(data.FullName, "mail"));
        Assert.Equal(1, await new DeliverMail(database, Folder, new SetClock(s_now.AddMinutes(1))).RunAsync(s_now.AddMinutes(1), Cancellation));
    }

    // As after a failure, or where the portal was away in the evening.
    [Fact]
    public async Task A_mail_that_is_late_for_the_day_waits_for_the_next_morning_of_its_reader()
    {
        await using var database = await TestDatabase.CreateAsync();
        var evening = new DateTime(2026, 11, 22, 2, 55, 0, DateTimeKind.Utc);
        var id = await WaitAsync(database, new OutboxMail("renewal-reminder/1", "ana@people.example", new MailText("30 days left", "Renew."), confidential: false, evening, evening, "America/Denver"));

        Assert.Equal(0, await new DeliverMail(database, Folder, new SetClock(evening.AddMinutes(6))).RunAsync(evening.AddMinutes(6), Cancellation));

        var morning = new DateTime(2026, 11, 22, 15, 0, 0, DateTimeKind.Utc);
        var row = await RowAsync(database, id);
        Assert.Equal((null, morning, 0), (row.SentAt, row.NextTryAt, row.Tries));
        Assert.Equal(1, await new DeliverMail(database, Folder, new SetClock(morning)).RunAsync(morning, Cancellation));
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_delivered_mail_is_marked_and_not_sent_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await WaitAsync(database, Mail());

        Assert.Equal(1, await new DeliverMail(database, Folder, new SetClock(s_now.AddMinutes(3))).RunAsync(s_now.AddMinutes(3), Cancellation));
        Assert.Equal(0, await new DeliverMail(database, Folder, new SetClock(s_now.AddDays(3))).RunAsync(s_now.AddDays(3), Cancellation));

        var row = await RowAsync(database, id);
        Assert.Equal((s_now.AddMinutes(3), null, 1, null), (row.SentAt, row.NextTryAt, row.Tries, row.LastError));
        Assert.NotEmpty(row.Body);
    }

    [Fact]
    public async Task A_confidential_body_is_erased_once_it_is_delivered_and_not_before()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await WaitAsync(database, Mail(confidential: true));

        await new DeliverMail(database, Refusing(), new SetClock(s_now)).RunAsync(s_now, Cancellation);
        Assert.NotEmpty((await RowAsync(database, id)).Body);

        Assert.Equal(1, await new DeliverMail(database, Folder, new SetClock(s_now.AddMinutes(1))).RunAsync(s_now.AddMinutes(1), Cancellation));
        Assert.Empty((await RowAsync(database, id)).Body);
        Assert.Contains("verify/7K4M", Read(Assert.Single(Files())).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_mail_waits_twice_as_long_each_time_and_a_day_at_most()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await WaitAsync(database, Mail());
        var now = s_now;
        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440 })
        {
            Assert.Equal(0, await new DeliverMail(database, Refusing(), new SetClock(now.AddTicks(-1))).RunAsync(now.AddTicks(-1), Cancellation));
            Assert.Equal(0, await new DeliverMail(database, Refusing(), new SetClock(now)).RunAsync(now, Cancellation));
            var row = await RowAsync(database, id);
            Assert.Equal((now.AddMinutes(minutes), null), (row.NextTryAt, row.SentAt));
            now = row.NextTryAt!.Value;
        }

        var last = await RowAsync(database, id);
        Assert.Equal(13, last.Tries);
        Assert.StartsWith("The mail server 127.0.0.1:", last.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ten_tries_over_three_days_it_is_given_up_and_can_be_tried_anew()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await WaitAsync(database, Mail(confidential: true));
        var now = s_now;
        while ((await RowAsync(database, id)).NextTryAt is { } next)
        {
            now = next;
            await new DeliverMail(database, Refusing(), new SetClock(now)).RunAsync(now, Cancellation);
        }

        var dead = await RowAsync(database, id);
        Assert.Equal((MailState.Dead, 14, now), (dead.State, dead.Tries, dead.DeadAt));
        Assert.InRange(now - s_now, TimeSpan.FromDays(3), TimeSpan.FromDays(4));
        Assert.StartsWith("The mail server 127.0.0.1:", dead.LastError, StringComparison.Ordinal);
        Assert.Equal(0, await new DeliverMail(database, Folder, new SetClock(now.AddDays(30))).RunAsync(now.AddDays(30), Cancellation));

        var clock = new SetClock(now.AddDays(30));
        var administrator = new Actor(Guid.NewGuid(), new HashSet<string> { Roles.Administrator });
        var line = Assert.Single((await new ReadMails(database).RunAsync(administrator, MailState.Dead, 1, Cancellation)).Lines);
        Assert.Equal((id, "test", null), (line.Id, line.Kind, line.Body));
        Assert.True((await new ResendMails(database, clock).RunAsync(administrator, id, Cancellation)).Succeeded);
        Assert.Equal(ResendMailRefusal.NotDead, (await new ResendMails(database, clock).RunAsync(administrator, id, Cancellation)).Refusal);

        // Tried from the beginning: one more failure does not end it.
        await new DeliverMail(database, Refusing(), clock).RunAsync(clock.Now.UtcDateTime, Cancellation);
        Assert.Equal((MailState.Waiting, 1), (await RowAsync(database, id)) is var row ? (row.State, row.Tries) : default);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await new DeliverMail(database, Folder, clock).RunAsync(clock.Now.UtcDateTime, Cancellation));
    }

    [Fact]
    public async Task All_that_were_given_up_are_tried_anew_by_administrators_only_and_no_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var context = database.CreateDbContext())
        {
            foreach (var mail in Enumerable.Range(0, 3).Select(number => Mail($"test/{number}")))
            {
                context.Outbox.Add(mail);
                context.Entry(mail).Property(row => row.Tries).CurrentValue = OutboxMail.MostTries;
                mail.MarkFailed("No such mailbox.", s_now.AddDays(4));
            }

            context.Outbox.Add(Mail("test/waiting"));
            await context.SaveChangesAsync(Cancellation);
        }

        var resend = new ResendMails(database, new SetClock(s_now.AddDays(5)));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => resend.AllAsync(new Actor(Guid.NewGuid(), new HashSet<string> { Roles.Instructor }), Cancellation));
        Assert.Equal(3, await resend.AllAsync(new Actor(Guid.NewGuid(), new HashSet<string> { Roles.Administrator }), Cancellation));

        await using var after = database.CreateDbContext();
        Assert.Equal(3, await after.Outbox.CountAsync(mail => mail.ResentAt != null && mail.DeadAt == null && mail.Tries == 0, Cancellation));
        Assert.Equal(3, await after.AuditEntries.CountAsync(entry => entry.Act == "mail sent again", Cancellation));
    }

    [Fact]
    public async Task Copies_of_the_job_at_once_hand_each_mail_over_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await WaitAsync(database, [.. Enumerable.Range(0, 120).Select(number => Mail($"test/{number}"))]);

        var copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new DeliverMail(database, Folder, new SetClock(s_now)).RunAsync(s_now, Cancellation))));

        Assert.Equal(120, copies.Sum());
        Assert.Equal(120, Files().Length);
        await using var context = database.CreateDbContext();
        Assert.Equal(120, await context.Outbox.CountAsync(mail => mail.SentAt == s_now && mail.Tries == 1, Cancellation));
    }

    [Fact]
    public async Task One_address_that_no_mail_can_go_to_holds_up_no_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        var bad = await WaitAsync(database, Mail("test/bad", to: "a..b@people.example"));
        var good = await WaitAsync(database, Mail("test/good"));

        Assert.Equal(1, await new DeliverMail(database, Folder, new SetClock(s_now)).RunAsync(s_now, Cancellation));

        Assert.NotNull((await RowAsync(database, good)).SentAt);
        var row = await RowAsync(database, bad);
        Assert.Null(row.SentAt);
        Assert.NotNull(row.LastError);
    }

    [Fact]
    public async Task Nothing_is_told_twice()
    {
        await using var database = await TestDatabase.CreateAsync();
        await WaitAsync(database, Mail("certificate-issued/1"));

        await Assert.ThrowsAsync<DbUpdateException>(() => WaitAsync(database, Mail("certificate-issued/1")));
    }

    // As much of RFC 5322 as these mails use: folded headers, and a body in base64 or quoted-printable.
    private static (Dictionary<string, string> Headers, string Body) Read(FileInfo file)
    {
        var parts = File.ReadAllText(file.FullName).ReplaceLineEndings("\n").Split("\n\n", 2);
        var headers = parts[0].Replace("\n ", " ", StringComparison.Ordinal).Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return (headers, headers["Content-Transfer-Encoding"] == "base64"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(parts[1]))
            : QuotedPrintable(parts[1].Replace("=\n", "", StringComparison.Ordinal), '='));
    }

    private static string QuotedPrintable(string text, char mark)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == mark)
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
            else
            {
                bytes.Add((byte)text[at]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Decoded(string header) => System.Text.RegularExpressions.Regex.Replace(
        header,
        @"=\?utf-8\?(?<kind>[BQ])\?(?<text>[^?]*)\?=\s*",
        match => match.Groups["kind"].Value == "B"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["text"].Value))
            : QuotedPrintable(match.Groups["text"].Value.Replace('_', ' '), '='),
        System.Text.RegularExpressions.RegexOptions.IgnoreCase);
}
