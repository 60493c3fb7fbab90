using System.Linq.Expressions;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.CourseFiles;
using TrainingPortal.Courses;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

public class TextLimitsTests
{
    [Fact]
    public async Task What_the_files_may_hold_fits_the_columns()
    {
        await using var store = await TestDatabase.CreateAsync();
        await using var database = store.CreateDbContext();

        Same<Source>(source => source.Code, TextLimits.SourceCode);
        Same<Source>(source => source.Title, TextLimits.SourceTitle);
        Same<SkinZone>(zone => zone.Zone, TextLimits.ZoneCode);
        Same<SkinZone>(zone => zone.Name, TextLimits.ZoneName);
        Same<SkinZone>(zone => zone.Note, TextLimits.ZoneNote);
        Same<Course>(course => course.Slug, TextLimits.Name);
        Same<Course>(course => course.Title, TextLimits.Title);
        Same<Course>(course => course.Summary, TextLimits.Summary);
        Same<CourseModule>(module => module.Folder, TextLimits.Name);
        Same<CourseModule>(module => module.Title, TextLimits.Title);
        Same<CourseModule>(module => module.Summary, TextLimits.Summary);
        Same<CourseModule>(module => module.Domain, TextLimits.Domain);
        Same<Lesson>(lesson => lesson.Slug, TextLimits.Name);
        Same<Lesson>(lesson => lesson.Title, TextLimits.Title);
        Same<Figure>(figure => figure.Path, TextLimits.FigurePath);
        Same<Item>(item => item.Code, TextLimits.ItemCode);
        Same<Item>(item => item.Domain, TextLimits.Domain);
        Same<ItemVersion>(version => version.Objective, TextLimits.ItemObjective);
        Same<ItemVersion>(version => version.Stem, TextLimits.ItemStem);
        Same<ItemVersion>(version => version.Jurisdiction, TextLimits.Jurisdiction);
        Same<Quiz>(quiz => quiz.Slug, TextLimits.Name);
        Same<Quiz>(quiz => quiz.Title, TextLimits.Title);
        Same<Quiz>(quiz => quiz.ModuleFolder, TextLimits.Name);
        Same<Practical>(practical => practical.Slug, TextLimits.Name);
        Same<Practical>(practical => practical.Title, TextLimits.Title);
        Same<Practical>(practical => practical.Setup, TextLimits.Setup);
        Same<Programme>(programme => programme.Slug, TextLimits.Name);
        Same<Programme>(programme => programme.Title, TextLimits.Title);
        Same<Programme>(programme => programme.Level, TextLimits.ProgrammeLevel);
        Same<Programme>(programme => programme.TimeZone, TextLimits.TimeZone);
        Same<Programme>(programme => programme.Scope, TextLimits.Scope);

        void Same<T>(Expression<Func<T, object?>> column, int limit)
        {
            var name = ((MemberExpression)column.Body).Member.Name;
            var length = database.Model.FindEntityType(typeof(T))!.FindProperty(name)!.GetMaxLength();
            Assert.True(limit == length, $"{typeof(T).Name}.{name} takes {length}, the files {limit}");
        }
    }
}
