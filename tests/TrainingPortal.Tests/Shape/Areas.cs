using System.Runtime.CompilerServices;

namespace TrainingPortal.Tests.Shape;

/// <summary>
/// Which area may use which. The areas are the namespaces below a root, found and not listed; what is listed is what each
/// of them may use.
/// </summary>
internal sealed class Areas(string root, IReadOnlyDictionary<string, string[]> mayUse)
{
    /// <summary>The area of a type; empty for the root namespace, null outside.</summary>
    public string? Of(Type type) => type.Namespace is not { } name ? null
        : name == root ? ""
        : name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Split('.')[0]
        : null;

    public IEnumerable<string> FoundIn(IEnumerable<Type> types) => types.Select(Of).OfType<string>().Where(area => area != "").Distinct().Order(StringComparer.Ordinal);

    /// <summary>Types that a person wrote and that are in no area and not in the root.</summary>
    public IEnumerable<Type> Strays(IEnumerable<Type> types) => types.Where(type =>
        Of(type) is null
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && type.DeclaringType is null
        && !type.Name.StartsWith('<')
        && type.Namespace?.StartsWith("System.", StringComparison.Ordinal) != true
        && type.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) != true);

    /// <summary>Uses that no line allows; an area without a line may use nothing.</summary>
    /// <param name="types">Whose uses.</param>
    /// <param name="wiring">The one type of the root that knows every area, and that no area knows.</param>
    public IEnumerable<TypeUse> Violations(IEnumerable<Type> types, Type? wiring) => TypeUses.Of(types)
        .Where(use => Outermost(use.User) != wiring)
        .Where(use => Of(use.User) is { } from && Of(use.Used) is { } to
            && (Outermost(use.Used) == wiring || (to != "" && to != from && !mayUse.GetValueOrDefault(from, []).Contains(to))));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
