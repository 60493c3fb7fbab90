using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// Which exams' attempts and which people an invigilator sees and may act on. Every read and every act of an invigilator
/// begins here, so that this one place bounds them. Nobody invigilates themselves: for their own attempt it takes somebody else.
/// </summary>
internal static class InvigilatorScope
{
    public static IQueryable<Attempt> AttemptsUnder(this PortalDbContext database, Actor actor)
    {
        var people = database.PeopleOf(actor);
        return database.Attempts.Where(attempt => attempt.Kind == QuizKind.Exam && attempt.PersonId != actor.PersonId && people.Any(person => person.Id == attempt.PersonId));
    }

    public static IQueryable<Enrollment> EnrollmentsUnder(this PortalDbContext database, Actor actor)
    {
        var people = database.PeopleOf(actor);
        return database.Enrollments.Where(enrollment => enrollment.PersonId != actor.PersonId && people.Any(person => person.Id == enrollment.PersonId));
    }

    /// <summary>Exams that are in the course files, or were and are still sat.</summary>
    public static IQueryable<Quiz> Exams(this PortalDbContext database) => database.Quizzes.Where(quiz => quiz.Kind == QuizKind.Exam);
}
