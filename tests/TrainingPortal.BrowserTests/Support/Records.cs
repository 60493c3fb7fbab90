using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>A look into the portal's database, for what no page tells: the key of each question, and that nothing is doubled.</summary>
public sealed class Records(string dataDirectory)
{
    /// <summary>The place of the key on each page of an attempt, in the order of the pages.</summary>
    public async Task<IReadOnlyList<int>> RightPlacesAsync(Guid attemptId)
    {
        await using var database = Open();
        var paper = await database.Attempts.Where(attempt => attempt.Id == attemptId).Select(attempt => attempt.Paper.Items).SingleAsync();
        var ids = paper.Select(item => item.ItemVersionId).ToList();
        var versions = await database.ItemVersions.AsNoTracking().Where(version => ids.Contains(version.Id)).ToDictionaryAsync(version => version.Id);
        return [.. paper.Select(item => item.Order.Index().Single(place => versions[item.ItemVersionId].Options[place.Item].Correct).Index)];
    }

    /// <summary>The place that is saved for each page of an attempt.</summary>
    public async Task<IReadOnlyList<int?>> SavedPlacesAsync(Guid attemptId)
    {
        await using var database = Open();
        var paper = await database.Attempts.Where(attempt => attempt.Id == attemptId).Select(attempt => attempt.Paper.Items).SingleAsync();
        var saved = await database.Answers.Where(answer => answer.AttemptId == attemptId && answer.Response != null).ToDictionaryAsync(answer => answer.Slot, answer => answer.Response!.Value);
        return [.. paper.Select(item => saved.TryGetValue(item.Slot, out var response) ? item.Order.Index().Single(place => place.Item == response.Values.Single()).Index : (int?)null)];
    }

    /// <summary>The questions of an attempt with their keys and what is saved, in the order of the pages.</summary>
    internal async Task<IReadOnlyList<Question>> QuestionsAsync(Guid attemptId)
    {
        await using var database = Open();
        return await Question.AllAsync(database, attemptId, TestContext.Current.CancellationToken);
    }

    public async Task<int> AttemptsAsync(string email)
    {
        await using var database = Open();
        return await database.Attempts.CountAsync(attempt => database.Users.Any(user => user.Id == attempt.PersonId && user.Email == email));
    }

    public async Task<int> CertificatesAsync(string email)
    {
        await using var database = Open();
        return await database.Certificates.CountAsync(certificate => database.Users.Any(user => user.Id == certificate.HolderId && user.Email == email));
    }

    /// <summary>The cycle that an attempt belongs to.</summary>
    public async Task<Guid> EnrollmentAsync(Guid attemptId)
    {
        await using var database = Open();
        return await database.Attempts.Where(attempt => attempt.Id == attemptId).Select(attempt => attempt.EnrollmentId).SingleAsync();
    }

    public async Task<AttemptResult?> ResultAsync(Guid attemptId)
    {
        await using var database = Open();
        return await database.Attempts.Where(attempt => attempt.Id == attemptId).Select(attempt => attempt.Result).SingleAsync();
    }

    public async Task<Guid> PersonAsync(string email)
    {
        await using var database = Open();
        return await database.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync();
    }

    /// <summary>The organisation of somebody who is in one.</summary>
    public async Task<Guid> OrganisationAsync(string email)
    {
        await using var database = Open();
        return await database.OrganisationMembers.Where(member => database.Users.Any(user => user.Id == member.PersonId && user.Email == email)).Select(member => member.OrganisationId).SingleAsync();
    }

    private PortalDbContext Open()
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, "portal.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        return new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(connection.ConnectionString).Options);
    }
}
