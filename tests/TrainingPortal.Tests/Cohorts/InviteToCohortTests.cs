using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Cohorts;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Cohorts;

public class InviteToCohortTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<ListedPerson> List(params string[] addresses) => InvitationList.OfText(string.Join('\n', addresses)).Value;

    [Fact]
    public async Task The_good_rows_are_invited_by_mail_in_the_same_save_and_on_the_record_without_their_address()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school, "Escuela", "Primavera");

        Assert.Equal(2, (await people.InviteToCohort.RunAsync(instructor, cohort, List("Ana <ana@example.org>", "nobody", "ben@example.org"), "es", Cancellation)).Value);

        var mail = Assert.Single(await people.MailsAsync("ana@example.org"));
        Assert.True(mail.Confidential);
        Assert.StartsWith("Hola, Ana:", mail.Body, StringComparison.Ordinal);
        Assert.Contains("«Primavera» de Escuela", mail.Body, StringComparison.Ordinal);
        await using var database = school.Database.CreateDbContext();
        var rows = await database.Invitations.AsNoTracking().ToListAsync(Cancellation);
        Assert.All(rows, row => Assert.Equal((School.Opening, School.Opening.AddDays(14)), (row.CreatedAt, row.ExpiresAt)));
        var token = await people.TokenAsync("ana@example.org");
        Assert.Equal((43, Invitation.HashOf(token)), (token.Length, rows.Single(row => row.Email == "ana@example.org").TokenHash));
        Assert.Equal(rows.Select(row => row.Id.ToString()).Order(), (await people.AuditAsync()).Where(entry => entry.Act == "person invited").Select(entry => entry.Subject).Order());
    }

    [Fact]
    public async Task Who_is_in_the_cohort_or_invited_already_is_said_in_the_preview_and_gets_nothing()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        var member = await school.TraineeAsync();
        var email = await people.EmailAsync(member);
        await people.JoinAsync(instructor, cohort, member);
        await people.InviteToCohort.RunAsync(instructor, cohort, List("waiting@example.org"), "en", Cancellation);
        var list = List(email, "WAITING@example.org", "new@example.org");

        var preview = await people.PreviewInvitations.RunAsync(instructor, cohort, list, Cancellation);

        Assert.Equal([RowVerdict.AlreadyInCohort, RowVerdict.AlreadyInvited, RowVerdict.Good], preview!.Select(person => person.Verdict));
        Assert.Equal(1, (await people.InviteToCohort.RunAsync(instructor, cohort, list, "en", Cancellation)).Value);
        Assert.Single(await people.MailsAsync(email));
        Assert.Single(await people.MailsAsync("waiting@example.org"));
        Assert.Equal(InviteToCohortRefusal.NobodyToInvite, (await people.InviteToCohort.RunAsync(instructor, cohort, list, "en", Cancellation)).Refusal);
    }

    [Fact]
    public async Task The_same_list_sent_eight_times_at_once_invites_each_once()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        var list = List("ana@example.org", "ben@example.org");

        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => people.InviteToCohort.RunAsync(instructor, cohort, list, "en", Cancellation))));

        Assert.Equal(2, clicks.Where(click => click.Succeeded).Sum(click => click.Value));
        Assert.Single(await people.MailsAsync("ana@example.org"));
        Assert.Single(await people.MailsAsync("ben@example.org"));
    }

    [Fact]
    public async Task An_invitation_that_ran_out_is_asked_anew_and_stays_one()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        await people.InviteToCohort.RunAsync(instructor, cohort, List("ana@example.org"), "en", Cancellation);
        school.Clock.Advance(Invitation.Lifetime);

        Assert.Equal(1, (await people.InviteToCohort.RunAsync(instructor, cohort, List("ana@example.org"), "en", Cancellation)).Value);

        await using var database = school.Database.CreateDbContext();
        Assert.Equal(school.Now + Invitation.Lifetime, (await database.Invitations.SingleAsync(Cancellation)).ExpiresAt);
    }

    [Fact]
    public async Task A_cohort_has_room_for_a_thousand()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        foreach (var part in new[] { 0, 1 })
        {
            await people.InviteToCohort.RunAsync(instructor, cohort, List([.. Enumerable.Range(500 * part, part == 0 ? 500 : 499).Select(number => $"p{number}@example.org")]), "en", Cancellation);
        }

        Assert.Equal(InviteToCohortRefusal.CohortFull, (await people.InviteToCohort.RunAsync(instructor, cohort, List("a@example.org", "b@example.org"), "en", Cancellation)).Refusal);
        Assert.Equal(1, (await people.InviteToCohort.RunAsync(instructor, cohort, List("a@example.org"), "en", Cancellation)).Value);
    }

    [Fact]
    public async Task Sending_again_ends_the_old_link_and_waits_five_minutes()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        await people.InviteToCohort.RunAsync(instructor, cohort, List("ana@example.org"), "en", Cancellation);
        var (id, old) = (await InvitationAsync(school), await people.TokenAsync("ana@example.org"));
        Assert.Equal(InvitationRefusal.SentJustNow, (await people.SendInvitationAgain.RunAsync(instructor, id, Cancellation)).Refusal);
        school.Clock.Advance(Invitation.MailEvery);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => people.SendInvitationAgain.RunAsync(instructor, id, Cancellation))));

        Assert.Single(clicks, click => click.Succeeded);
        Assert.Equal(2, (await people.MailsAsync("ana@example.org")).Count);
        Assert.Equal(AcceptInvitationRefusal.Unknown, (await people.ReadInvitation.RunAsync(null, old, Cancellation)).Refusal);
        Assert.True((await people.ReadInvitation.RunAsync(null, await people.TokenAsync("ana@example.org"), Cancellation)).Succeeded);
    }

    [Fact]
    public async Task A_withdrawn_invitation_leads_nowhere_and_is_withdrawn_once()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        await people.InviteToCohort.RunAsync(instructor, cohort, List("ana@example.org"), "en", Cancellation);
        var id = await InvitationAsync(school);

        Assert.True((await people.WithdrawInvitation.RunAsync(instructor, id, Cancellation)).Succeeded);

        Assert.Equal(InvitationRefusal.NotOpen, (await people.WithdrawInvitation.RunAsync(instructor, id, Cancellation)).Refusal);
        Assert.Equal(InvitationRefusal.NotOpen, (await people.SendInvitationAgain.RunAsync(instructor, id, Cancellation)).Refusal);
        Assert.Equal(AcceptInvitationRefusal.Unknown, (await people.ReadInvitation.RunAsync(null, await people.TokenAsync("ana@example.org"), Cancellation)).Refusal);
        Assert.Equal(1, (await people.InviteToCohort.RunAsync(instructor, cohort, List("ana@example.org"), "en", Cancellation)).Value);
    }

    [Fact]
    public async Task An_administrator_invites_with_roles_once_at_a_time()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());
        var organisation = await people.OrganisationAsync(chief, "Skin School");
        Task<Outcome<Guid, InvitePersonRefusal>> InviteAsync(string email, string? name = null, Guid? within = null, params string[] roles) =>
            people.InvitePerson.RunAsync(chief, new PersonToInvite(email, name, roles, within, "en"), Cancellation);

        Assert.Equal(InvitePersonRefusal.AddressNotValid, (await InviteAsync("nobody")).Refusal);
        Assert.Equal(InvitePersonRefusal.NameNotPlain, (await InviteAsync("ana@example.org", "=1+1")).Refusal);
        Assert.Equal(InvitePersonRefusal.NoSuchRole, (await InviteAsync("ana@example.org", roles: ["Emperor"])).Refusal);
        Assert.Equal(InvitePersonRefusal.OrganisationNotFound, (await InviteAsync("ana@example.org", within: Guid.NewGuid())).Refusal);
        Assert.Equal(InvitePersonRefusal.NothingToGive, (await InviteAsync(await people.EmailAsync(chief), roles: [Roles.Administrator])).Refusal);
        var clicks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => InviteAsync("ana@example.org", "Ana", organisation, Roles.Instructor))));

        Assert.Single(clicks, click => click.Succeeded);
        Assert.All(clicks.Where(click => !click.Succeeded), click => Assert.Equal(InvitePersonRefusal.AlreadyInvited, click.Refusal));
        Assert.Single(await people.MailsAsync("ana@example.org"));
        var (waiting, total) = await new ReadInvitations(school.Database, school.Clock).RunAsync(chief, 1, Cancellation);
        Assert.Equal((1, "ana@example.org", "Skin School"), (total, waiting[0].Email, waiting[0].Organisation));
        Assert.Equal([Roles.Instructor], waiting[0].Roles);
    }

    private static async Task<Guid> InvitationAsync(School school)
    {
        await using var database = school.Database.CreateDbContext();
        return await database.Invitations.Select(row => row.Id).SingleAsync(Cancellation);
    }
}
