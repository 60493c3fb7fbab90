using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace TrainingPortal.Persistence;

/// <summary>Queries that are compiled once for each model in the process: a compiled query belongs to one, and a process may hold several.</summary>
/// <typeparam name="TQueries">A class whose fields are compiled queries.</typeparam>
internal sealed class PerModel<TQueries>
    where TQueries : class, new()
{
    private readonly ConditionalWeakTable<IModel, TQueries> made = [];

    public TQueries Of(PortalDbContext database) => made.GetValue(database.Model, static _ => new TQueries());
}
