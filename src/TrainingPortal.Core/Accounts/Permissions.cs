namespace TrainingPortal.Accounts;

/// <summary>Every act that needs a permission. Use cases demand it; pages only hide what would be refused.</summary>
public enum Act
{
    /// <summary>Enrol, read lessons, sit quizzes and hold certificates, each person for themselves.</summary>
    Learn,

    /// <summary>Add items to a question bank and write new versions of them.</summary>
    WriteItems,

    /// <summary>See who passed, and how each item did.</summary>
    SeeResults,

    /// <summary>Watch exams that other people sit; stop and start their clocks, give time or attempts, and end an attempt with a reason.</summary>
    Invigilate,

    /// <summary>Find certificates by serial or holder, and revoke one with a reason.</summary>
    RevokeCertificates,

    /// <summary>See the jobs and their failures, and run one now.</summary>
    RunJobs,

    /// <summary>See who did what.</summary>
    SeeAudit,
}

/// <summary>Who may do what, in one place.</summary>
public static class Permissions
{
    public static bool Allow(Actor actor, Act act) => act switch
    {
        Act.Learn => true,
        Act.WriteItems => actor.Roles.Contains(Roles.Instructor),
        Act.SeeResults => actor.Roles.Contains(Roles.Instructor),
        Act.Invigilate => actor.Roles.Contains(Roles.Instructor) || actor.Roles.Contains(Roles.Administrator),
        Act.RevokeCertificates => actor.Roles.Contains(Roles.Administrator),
        Act.RunJobs => actor.Roles.Contains(Roles.Administrator),
        Act.SeeAudit => actor.Roles.Contains(Roles.Administrator),
    };
}
