namespace TrainingPortal.Accounts;

/// <summary>Who is acting: a signed-in person with the roles they hold.</summary>
public sealed record Actor(Guid PersonId, IReadOnlySet<string> Roles)
{
    /// <exception cref="ActNotPermittedException">The actor may not do this.</exception>
    public void Demand(Act act)
    {
        if (!Permissions.Allow(this, act))
        {
            throw new ActNotPermittedException(act);
        }
    }
}

/// <summary>Somebody tried an act that no page offers them; whoever answers them says "not found".</summary>
public sealed class ActNotPermittedException(Act act) : Exception($"Not permitted: {act}");
