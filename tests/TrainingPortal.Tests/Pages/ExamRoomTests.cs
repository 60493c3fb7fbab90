using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Pages.Invigilate;
using TrainingPortal.Web.Pages.Teach;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>An exam room as its invigilator and the trainee see it without script: plain forms that do all that the live board offers.</summary>
public class ExamRoomTests(SharedPortal shared)
{
    private const string Board = $"/teach/exams/{DataFolder.Exam}/board";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pause_is_seen_by_the_trainee_who_cannot_save_until_it_ends()
    {
        var room = await RoomAsync();
        var question = await room.Trainee.OpenAsync(room.Address);
        var board = await room.Staff.OpenAsync(Board);
        Assert.Equal(Text("State_Working"), Cell(board, room, "Status"));

        var paused = await room.Staff.SubmitAsync(board, "pause", ("Pause.Attempt", room.Attempt.ToString()));
        Assert.Contains(Text("Done_paused", room.Name), paused.Words, StringComparison.Ordinal);
        Assert.StartsWith(Text("State_Paused"), Cell(paused, room, "Status"), StringComparison.Ordinal);

        var refused = await room.Trainee.SubmitAsync(question, "answer", ("Input.Answer", "1"));
        Assert.Contains(PortalTexts.Of<RefusalTexts>("SaveAnswerRefusal_Paused"), refused.Words, StringComparison.Ordinal);
        Assert.Equal("paused", (await room.Trainee.OpenAsync(room.Address)).Document.QuerySelector("exam-presence")!.GetAttribute("data-state"));
        Assert.All(await room.Portal.Data.QuestionsAsync(room.Attempt), row => Assert.Null(row.Row.Chosen));

        var resumed = await room.Staff.SubmitAsync(paused, "resume", ("Resume.Attempt", room.Attempt.ToString()));
        Assert.Contains(Text("Done_resumed", room.Name), resumed.Words, StringComparison.Ordinal);
        await room.Trainee.SubmitAsync(question, "answer", ("Input.Answer", "1"));
        Assert.Equal("1", (await room.Portal.Data.QuestionsAsync(room.Attempt))[0].Row.Chosen);
        Assert.Equal("1 of 20", Cell(await room.Staff.OpenAsync(Board), room, "Saved"));
    }

    [Fact]
    public async Task More_time_asks_for_minutes_and_a_reason_and_moves_the_trainees_clock()
    {
        var room = await RoomAsync();
        var before = Seconds(await room.Trainee.OpenAsync(room.Address));
        var link = (await room.Staff.OpenAsync(Board)).Document.QuerySelector($"a[data-dialog=extend-dialog][href*='{room.Attempt}']")!.GetAttribute("href")!;
        var form = await room.Staff.OpenAsync(link);

        foreach (var (minutes, reason, refusal, field) in new[] { ("121", "A long reason", "MinutesOutOfRange", "extend-minutes"), ("ten", "A long reason", "MinutesOutOfRange", "extend-minutes"), ("10", "why", "ReasonMissing", "extend-reason") })
        {
            var refused = await room.Staff.SubmitAsync(form, "extend", ("Extend.Minutes", minutes), ("Extend.Reason", reason));
            Assert.Contains(PortalTexts.Of<RefusalTexts>($"InvigilateRefusal_{refusal}"), refused.Document.QuerySelector($"#{field}-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(reason, refused.Document.QuerySelector("#extend-reason")!.TextContent);
        }

        var given = await room.Staff.SubmitAsync(form, "extend", ("Extend.Minutes", "10"), ("Extend.Reason", "The line was down"));
        Assert.Contains(Text("Done_extended", room.Name), given.Words, StringComparison.Ordinal);
        await room.Staff.SubmitAsync(form, "extend", ("Extend.Minutes", "10"), ("Extend.Reason", "The line was down"));
        var other = await room.Staff.SubmitAsync(form, "extend", ("Extend.Minutes", "20"), ("Extend.Reason", "The line was down"));
        Assert.Contains(PortalTexts.Of<RefusalTexts>("InvigilateRefusal_FormSentBefore"), other.Words, StringComparison.Ordinal);

        Assert.InRange(Seconds(await room.Trainee.OpenAsync(room.Address)) - before, 600 - 60, 600);
        var log = (await room.Staff.OpenAsync(link)).Document.QuerySelectorAll(".board-log li");
        Assert.Contains("The line was down", Assert.Single(log).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_void_ends_the_attempt_with_its_reason_and_frees_the_trainee()
    {
        var room = await RoomAsync();
        await room.Trainee.SubmitAsync(await room.Trainee.OpenAsync(room.Address), "answer", ("Input.Answer", "1"));
        var form = await room.Staff.OpenAsync($"{Board}/{room.Attempt}");
        var refused = await room.Staff.SubmitAsync(form, "void", ("Void.Reason", " "));
        Assert.Equal("void-error", refused.Document.QuerySelector("#void-reason-error")!.Id!.Replace("-reason", "", StringComparison.Ordinal));

        var voided = await room.Staff.SubmitAsync(form, "void", ("Void.Reason", "Had notes under the desk"));
        Assert.Contains(Text("Done_voided", room.Name), voided.Words, StringComparison.Ordinal);
        Assert.Equal(Text("State_Voided"), Cell(voided, room, "Status"));
        Assert.Equal("closed", (await room.Trainee.PostAsync($"{room.Address}/seen", [])).Text);

        var result = await room.Trainee.OpenAsync(room.Address);
        Assert.Equal(($"{room.Address}/result", PortalTexts.Of<ExamTexts>("EndedTitle")), (result.Address, result.Heading));
        Assert.Contains(PortalTexts.Of<ExamTexts>("Result_Voided"), result.Words, StringComparison.Ordinal);
        Assert.Contains("Had notes under the desk", result.Words, StringComparison.Ordinal);
        var again = await room.Trainee.StartAsync(DataFolder.Exam);
        Assert.NotEqual(room.Address, again.Address.Split('?')[0]);

        var late = await room.Staff.SubmitAsync(form, "extend", ("Extend.Minutes", "5"), ("Extend.Reason", "The line was down"));
        Assert.Contains(PortalTexts.Of<RefusalTexts>("InvigilateRefusal_Closed"), late.Words, StringComparison.Ordinal);
        var list = await room.Staff.OpenAsync($"/teach/{DataFolder.Course}/results");
        Assert.Contains(PortalTexts.Of<TeachTexts>("Result_Voided"), list.Document.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains(room.Email, StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_room_is_stopped_and_started_with_one_button_each()
    {
        await using var portal = await PortalHttp.StartAsync();
        await portal.Data.AddPersonAsync("ines@example.org", Roles.Instructor, Roles.Administrator);
        var attempts = new List<Guid>();
        foreach (var name in new[] { "ana", "ben" })
        {
            attempts.Add(await portal.Data.StartAsync(await portal.Data.AddPreparedTraineeAsync($"{name}@example.org"), DataFolder.Exam));
        }

        using var staff = await portal.SignInAsync("ines@example.org");
        var rooms = await staff.OpenAsync("/teach/exams");
        Assert.Contains(Text("RoomOpen", 2), rooms.Words, StringComparison.Ordinal);
        var board = await staff.OpenAsync(rooms.Document.QuerySelector("a[href$='/board']")!.GetAttribute("href")!);

        var paused = await staff.SubmitAsync(board, "pause-all");
        Assert.Contains(Text("Done_all-paused", 2), paused.Words, StringComparison.Ordinal);
        Assert.All(attempts, attempt => Assert.NotNull(AttemptAsync(portal, attempt).Result.PausedAt));
        Assert.Contains(Text("Done_all-paused", 0), (await staff.SubmitAsync(board, "pause-all")).Words, StringComparison.Ordinal);
        Assert.Contains(Text("Done_all-resumed", 2), (await staff.SubmitAsync(paused, "resume-all")).Words, StringComparison.Ordinal);
        Assert.All(attempts, attempt => Assert.Null(AttemptAsync(portal, attempt).Result.PausedAt));
    }

    [Fact]
    public async Task A_sign_of_life_is_for_the_own_open_attempt_and_says_when_the_page_is_out_of_date()
    {
        var room = await RoomAsync();
        var sign = $"{room.Address}/seen";
        await using (var database = room.Portal.Data.CreateDbContext())
        {
            await database.Attempts.Where(row => row.Id == room.Attempt).ExecuteUpdateAsync(update => update.SetProperty(row => row.LastSeenAt, row => row.StartedAt.AddMinutes(-5)), Cancellation);
        }

        Assert.StartsWith(Text("State_LineLost"), Cell(await room.Staff.OpenAsync(Board), room, "Status"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NoContent, ""), await SignAsync(room.Trainee));
        Assert.Equal(Text("State_Working"), Cell(await room.Staff.OpenAsync(Board), room, "Status"));

        Assert.Equal(HttpStatusCode.NotFound, (await SignAsync(room.Staff)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Trainee.PostAsync($"/attempts/{Guid.NewGuid()}/seen", [])).Status);
        using var visitor = room.Portal.Visit();
        Assert.Equal(HttpStatusCode.Found, (await SignAsync(visitor)).Status);

        var board = await room.Staff.OpenAsync(Board);
        await room.Staff.SubmitAsync(board, "pause", ("Pause.Attempt", room.Attempt.ToString()));
        Assert.Equal((HttpStatusCode.OK, "paused"), await SignAsync(room.Trainee));
        await room.Staff.SubmitAsync(board, "resume", ("Resume.Attempt", room.Attempt.ToString()));
        Assert.Equal((HttpStatusCode.NoContent, ""), await SignAsync(room.Trainee));
        await room.Trainee.HandInAsync(room.Address);
        Assert.Equal((HttpStatusCode.OK, "closed"), await SignAsync(room.Trainee));

        async Task<(HttpStatusCode Status, string Text)> SignAsync(PortalVisitor who)
        {
            var answer = await who.PostAsync(sign, []);
            return (answer.Status, answer.Text);
        }
    }

    [Fact]
    public async Task Nobody_finds_the_board_of_an_exam_that_there_is_not_or_an_attempt_under_another_exam()
    {
        var room = await RoomAsync();
        foreach (var address in new[] { "/teach/exams/no-such-exam/board", "/teach/exams/depth-check/board", $"{Board}/{Guid.NewGuid()}", $"/teach/exams/depth-check/board/{room.Attempt}", "/teach/exams/no-such-exam/people", $"/teach/exams/{DataFolder.Exam}/people/{Guid.NewGuid()}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await room.Staff.GetAsync(address)).Status);
        }

        foreach (var address in new[] { "/teach/exams", Board, $"{Board}/{room.Attempt}", $"/teach/exams/{DataFolder.Exam}/people" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await room.Trainee.GetAsync(address)).Status);
        }

        var unknown = await room.Staff.SubmitAsync(await room.Staff.OpenAsync(Board), "pause", ("Pause.Attempt", "no-such-attempt"));
        Assert.Contains(PortalTexts.Of<RefusalTexts>("InvigilateRefusal_NotFound"), unknown.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_invigilates_without_seeing_results_and_an_instructor_not_themselves()
    {
        var room = await RoomAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        await room.Portal.Data.AddPersonAsync(email, Roles.Administrator);
        using var administrator = await room.Portal.SignInAsync(email);
        await room.Trainee.HandInAsync(room.Address);
        Assert.EndsWith(Text("ResultNotPassed"), Cell(await room.Staff.OpenAsync(Board), room, "Status"), StringComparison.Ordinal);
        Assert.Equal(Text("State_HandedIn"), Cell(await administrator.OpenAsync(Board), room, "Status"));
        Assert.Contains("/teach/exams", (await administrator.OpenAsync("/admin")).Text, StringComparison.Ordinal);
        Assert.Null((await administrator.OpenAsync($"/exams/{DataFolder.Exam}")).Document.QuerySelector(".staff-figures"));

        var own = $"{Guid.NewGuid():N}@example.org";
        var teacher = await room.Portal.Data.AddPersonAsync(own, Roles.Instructor, Roles.Administrator);
        await room.Portal.Data.EnrolAsync(teacher);
        using var sitting = await room.Portal.SignInAsync(own);
        Assert.DoesNotContain(own, (await sitting.OpenAsync($"/teach/exams/{DataFolder.Exam}/people?search={own}")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(own, (await room.Staff.OpenAsync($"/teach/exams/{DataFolder.Exam}/people?search={own}")).Document.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extra_time_is_given_to_a_person_found_by_name_who_reads_of_it_before_the_start()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = await portal.Data.AddPreparedTraineeAsync(email);
        using var trainee = await portal.SignInAsync(email);
        using var staff = await StaffAsync(portal);
        var entry = await trainee.OpenAsync($"/exams/{DataFolder.Exam}");
        Assert.DoesNotContain(PortalTexts.Of<ExamTexts>("GivenToYou"), entry.Words, StringComparison.Ordinal);

        var found = await staff.OpenAsync($"/teach/exams/{DataFolder.Exam}/people?search={email.ToUpperInvariant()}");
        var form = await staff.OpenAsync(Assert.Single(found.Document.QuerySelectorAll("tbody a")).GetAttribute("href")!);
        foreach (var (minutes, attempts, reason, field) in new[] { ("", "", "A long reason", "give-minutes"), ("many", "", "A long reason", "give-minutes"), ("10", "21", "A long reason", "give-attempts"), ("10", "", "", "give-reason") })
        {
            var refused = await staff.SubmitAsync(form, "give", ("Give.Minutes", minutes), ("Give.Attempts", attempts), ("Give.Reason", reason));
            Assert.NotNull(refused.Document.QuerySelector($"#{field}-error"));
        }

        var given = await staff.SubmitAsync(form, "give", ("Give.Minutes", "15"), ("Give.Attempts", "1"), ("Give.Reason", "Reads with a magnifier"));
        Assert.Contains(Text("Done_given"), given.Words, StringComparison.Ordinal);
        await staff.SubmitAsync(form, "give", ("Give.Minutes", "15"), ("Give.Attempts", "1"), ("Give.Reason", "Reads with a magnifier"));
        entry = await trainee.OpenAsync($"/exams/{DataFolder.Exam}");
        Assert.Contains("Reads with a magnifier", entry.Words, StringComparison.Ordinal);
        Assert.Contains(Format<ExamTexts>("GivenMinutes", 15), entry.Words, StringComparison.Ordinal);
        Assert.Contains(Format<ExamTexts>("MinutesWithExtra", 45, 15), entry.Words, StringComparison.Ordinal);
        Assert.Contains(Format<ExamTexts>("AttemptsIn", 4, 30), entry.Words, StringComparison.Ordinal);

        var withdrawn = await staff.SubmitAsync(given, "withdraw", ("Withdraw.Reason", "Given by mistake"));
        Assert.Contains(Text("Done_withdrawn"), withdrawn.Words, StringComparison.Ordinal);
        Assert.Contains("Given by mistake", withdrawn.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Reads with a magnifier", (await trainee.OpenAsync($"/exams/{DataFolder.Exam}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exams_page_shows_staff_the_critical_share_once_it_rests_on_enough_attempts()
    {
        await using var portal = await PortalHttp.StartAsync();
        using var staff = await StaffAsync(portal);
        var email = "ana@example.org";
        var person = await portal.Data.AddPreparedTraineeAsync(email);
        using var trainee = await portal.SignInAsync(email);
        Assert.Null((await trainee.OpenAsync($"/exams/{DataFolder.Exam}")).Document.QuerySelector(".staff-figures"));
        Assert.Contains(Format<InvigilateTexts>("TooFewText", 0, 20), (await staff.OpenAsync($"/exams/{DataFolder.Exam}")).Words, StringComparison.Ordinal);

        var attempt = await portal.Data.PassAsync(person, DataFolder.Exam);
        await using (var database = portal.Data.CreateDbContext())
        {
            // Nineteen more like it, five of which a critical item alone made fail.
            await database.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF", Cancellation);
            var columns = string.Join(", ", database.Model.FindEntityType(typeof(Attempt))!.GetProperties().Select(property => property.Name).Where(name => name is not (nameof(Attempt.Id) or nameof(Attempt.Result))).Select(name => $"\"{name}\""));
            foreach (var number in Enumerable.Range(1, 19))
            {
                var insert = $"INSERT INTO Attempts (Id, Result, {columns}) SELECT '{Guid.NewGuid().ToString().ToUpperInvariant()}', '{(number <= 5 ? AttemptResult.FailedCritical : AttemptResult.Passed)}', {columns} FROM Attempts WHERE Id = '{attempt.ToString().ToUpperInvariant()}'";
                await database.Database.ExecuteSqlRawAsync(insert, Cancellation);
            }
        }

        foreach (var address in new[] { $"/exams/{DataFolder.Exam}", $"/teach/{DataFolder.Course}/results" })
        {
            var page = await staff.OpenAsync(address);
            Assert.True(page.Words.Contains("25%", StringComparison.Ordinal), page.Words);
            Assert.Contains(Format<InvigilateTexts>("CriticalShareOf", 5, 20), page.Words, StringComparison.Ordinal);
            Assert.Contains(Board, page.Text, StringComparison.Ordinal);
        }
    }

    private sealed record Room(PortalHttp Portal, PortalVisitor Staff, PortalVisitor Trainee, string Email, string Name, Guid Attempt)
    {
        public string Address => $"/attempts/{Attempt}";
    }

    private async Task<Room> RoomAsync()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var attempt = await portal.Data.StartAsync(await portal.Data.AddPreparedTraineeAsync(email), DataFolder.Exam);
        return new Room(portal, await StaffAsync(portal), await portal.SignInAsync(email), email, "Ana Lucía Peña", attempt);
    }

    private static async Task<PortalVisitor> StaffAsync(PortalHttp portal)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await portal.Data.AddPersonAsync(email, Roles.Instructor, Roles.Administrator);
        return await portal.SignInAsync(email);
    }

    private static async Task<Attempt> AttemptAsync(PortalHttp portal, Guid attempt)
    {
        await using var database = portal.Data.CreateDbContext();
        return await database.Attempts.AsNoTracking().SingleAsync(row => row.Id == attempt, Cancellation);
    }

    // What the board says of this person in the column with that heading.
    private static string Cell(PortalPage board, Room room, string column) => string.Join(' ', board.Document
        .QuerySelectorAll(".board-table tbody tr")
        .Single(row => row.TextContent.Contains(room.Email, StringComparison.Ordinal))
        .QuerySelector($"td[data-label='{Text(column)}']")!.TextContent
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Seconds(PortalPage question) => int.Parse(question.Document.QuerySelector("exam-clock")!.GetAttribute("data-seconds")!, CultureInfo.InvariantCulture);

    private static string Text(string key, params object[] values) => Format<InvigilateTexts>(key, values);

    private static string Format<TTexts>(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, PortalTexts.Of<TTexts>(key), values);
}
