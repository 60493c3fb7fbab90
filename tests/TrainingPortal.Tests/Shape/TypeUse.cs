using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace TrainingPortal.Tests.Shape;

/// <summary>That a type uses another, and the member where it does.</summary>
internal sealed record TypeUse(Type User, string Member, Type Used)
{
    public override string ToString() => $"{User.FullName}.{Member} uses {Used.FullName}";
}

/// <summary>
/// What types use: in base types, attributes, fields and signatures, and in the bodies of methods, those that the compiler
/// made of lambdas, iterators and async methods included. Constants and <c>nameof</c> leave no trace in an assembly, so
/// they are not seen.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_operations = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(operation => operation.Value);

    public static IEnumerable<TypeUse> Of(IEnumerable<Type> types) => types.SelectMany(Of).Distinct();

    private static IEnumerable<TypeUse> Of(Type type)
    {
        var ofType = Named(type.BaseType)
            .Concat(type.GetInterfaces().SelectMany(Named))
            .Concat(Attributes(type.GetCustomAttributesData()))
            .Concat(type.GetGenericArguments().Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints()).SelectMany(Named));
        return ofType.Select(used => new TypeUse(type, "(itself)", used))
            .Concat(type.GetMembers(Declared).SelectMany(member => Signature(member).Concat(Body(member)).Select(used => new TypeUse(type, member.Name, used))));
    }

    private static IEnumerable<Type> Signature(MemberInfo member) => Attributes(member.GetCustomAttributesData()).Concat(Mentioned(member)).Concat(
        member is MethodBase method ? method.GetParameters().SelectMany(parameter => Attributes(parameter.GetCustomAttributesData())) : []);

    // The types that a member says when it is used or declared.
    private static IEnumerable<Type> Mentioned(MemberInfo? member) => member switch
    {
        Type type => Named(type),
        FieldInfo field => Named(field.DeclaringType).Concat(Named(field.FieldType)),
        MethodBase method => Named(method.DeclaringType)
            .Concat(method.GetParameters().SelectMany(parameter => Named(parameter.ParameterType)))
            .Concat(method is MethodInfo { ReturnType: var returned } ? Named(returned) : [])
            .Concat(method.IsGenericMethod ? method.GetGenericArguments().SelectMany(Named) : []),
        PropertyInfo property => Named(property.PropertyType),
        EventInfo happening => Named(happening.EventHandlerType),
        _ => [],
    };

    private static IEnumerable<Type> Body(MemberInfo member)
    {
        if (member is not MethodBase method || method.GetMethodBody() is not { } body)
        {
            return [];
        }

        var ofType = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return body.LocalVariables.SelectMany(local => Named(local.LocalType))
            .Concat(body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).SelectMany(clause => Named(clause.CatchType)))
            .Concat(Tokens(body.GetILAsByteArray() ?? []).SelectMany(token => Mentioned(method.Module.ResolveMember(token, ofType, ofMethod))));
    }

    // The tokens of members and types that the instructions of a body name.
    private static IEnumerable<int> Tokens(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            short code = body[at++];
            if (code == 0xFE)
            {
                code = unchecked((short)(0xFE00 | body[at++]));
            }

            switch (s_operations[code].OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)));
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
                    at += 4;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static IEnumerable<Type> Attributes(IEnumerable<CustomAttributeData> attributes) => attributes.SelectMany(attribute =>
        Named(attribute.AttributeType).Concat(attribute.ConstructorArguments
            .Concat(attribute.NamedArguments.Select(argument => argument.TypedValue))
            .SelectMany(argument => Named(argument.ArgumentType).Concat(Named(argument.Value as Type)))));

    // The type and what it is made of: elements of arrays and pointers, arguments of generics, the types it is nested in.
    private static IEnumerable<Type> Named(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return [];
        }

        if (type.HasElementType)
        {
            return Named(type.GetElementType());
        }

        var plain = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return type.GenericTypeArguments.SelectMany(Named).Concat(Named(type.DeclaringType)).Append(plain);
    }
}
