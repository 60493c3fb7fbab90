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

    /// <summary>Mark practicals of people of one's own organisations, never one's own.</summary>
    MarkPracticals,

    /// <summary>See practicals that were marked twice: how far two assessors agree at each step, and where they did not.</summary>
    SeeAgreement,

    /// <summary>Find certificates by serial or holder and see why each has its status; suspend, reinstate and revoke one with a reason.</summary>
    RevokeCertificates,

    /// <summary>Answer holders who ask for another name on a certificate.</summary>
    CorrectNames,

    /// <summary>Erase a person who asked for it.</summary>
    ErasePeople,

    /// <summary>See the jobs and their failures, and run one now.</summary>
    RunJobs,

    /// <summary>See which mails wait, were sent or were given up and why, and have them sent again.</summary>
    KeepMail,

    /// <summary>See who did what.</summary>
    SeeAudit,

    /// <summary>Find any person with an account, and see their roles and organisations.</summary>
    SeePeople,

    /// <summary>Invite a person to the portal, with roles and an organisation; send such an invitation again, or withdraw it.</summary>
    InvitePeople,

    /// <summary>Give a role to a person, or take it.</summary>
    GiveRoles,

    /// <summary>Add and rename organisations, and say who belongs to which.</summary>
    KeepOrganisations,

    /// <summary>Make cohorts in one's own organisations, invite trainees to them, and see how far each has come.</summary>
    RunCohorts,
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
        Act.MarkPracticals => actor.Roles.Contains(Roles.Assessor),
        Act.SeeAgreement => actor.Roles.Contains(Roles.Assessor) || actor.Roles.Contains(Roles.Instructor),
        Act.RevokeCertificates => actor.Roles.Contains(Roles.Administrator),
        Act.CorrectNames => actor.Roles.Contains(Roles.Administrator),
        Act.ErasePeople => actor.Roles.Contains(Roles.Administrator),
        Act.RunJobs => actor.Roles.Contains(Roles.Administrator),
        Act.KeepMail => actor.Roles.Contains(Roles.Administrator),
        Act.SeeAudit => actor.Roles.Contains(Roles.Administrator),
        Act.SeePeople => actor.Roles.Contains(Roles.Administrator),
        Act.InvitePeople => actor.Roles.Contains(Roles.Administrator),
        Act.GiveRoles => actor.Roles.Contains(Roles.Administrator),
        Act.KeepOrganisations => actor.Roles.Contains(Roles.Administrator),
        Act.RunCohorts => actor.Roles.Contains(Roles.Instructor),
    };
}
