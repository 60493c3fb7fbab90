using System.Collections;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Courses;
using TrainingPortal.Persistence;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

/// <summary>What an import writes, as one text, so that "nothing changed" is one comparison of every row and column.</summary>
internal static class ImportedRows
{
    /// <summary>All but the hash of the files, which changes with every byte of them.</summary>
    public static async Task<string> AllAsync(TestDatabase store)
    {
        await using var database = store.CreateDbContext();
        await LoadAsync<Course>(database);
        await LoadAsync<CourseModule>(database);
        await LoadAsync<Lesson>(database);
        await LoadAsync<Figure>(database);
        await LoadAsync<Item>(database);
        await LoadAsync<ItemVersion>(database);
        await LoadAsync<Quiz>(database);
        await LoadAsync<Practical>(database);
        await LoadAsync<Programme>(database);
        await LoadAsync<Source>(database);
        await LoadAsync<SkinZone>(database);
        return string.Join('\n', database.ChangeTracker.Entries().Select(Written).Order(StringComparer.Ordinal));
    }

    private static Task LoadAsync<T>(PortalDbContext database)
        where T : class => database.Set<T>().LoadAsync(TestContext.Current.CancellationToken);

    private static string Written(EntityEntry entry) => entry.Metadata.ShortName() + ": " + string.Join(", ", entry.Properties
        .Where(property => property.Metadata.Name != nameof(Course.ContentHash))
        .Select(property => $"{property.Metadata.Name} {Written(property.CurrentValue)}"));

    private static string? Written(object? value) => value is IEnumerable list and not string
        ? string.Join('|', list.Cast<object>())
        : Convert.ToString(value, CultureInfo.InvariantCulture);
}
