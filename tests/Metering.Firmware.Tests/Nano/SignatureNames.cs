using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Metering.Firmware.Tests.Nano;

/// <summary>Writes metadata signatures the way the allow-list does, and notes what no nano signature may hold.</summary>
internal sealed class SignatureNames : ISignatureTypeProvider<SignatureNames.Name, object?>
{
    /// <param name="Text">Simple C# name, such as <c>int</c>, <c>byte[]</c>, <c>DateTime</c>.</param>
    /// <param name="Externals">Full names of the external types within, with their assembly.</param>
    /// <param name="Constructs">Forbidden constructs within.</param>
    internal sealed record Name(string Text, ImmutableArray<ExternalType> Externals, ImmutableArray<NanoConstruct> Constructs)
    {
        public static Name Plain(string text) => new(text, [], []);

        public Name With(string text, NanoConstruct? construct = null) =>
            new(text, Externals, construct is { } c ? Constructs.Add(c) : Constructs);
    }

    public static string Member(string name, MethodSignature<Name> signature)
    {
        var text = $"{name}({string.Join(',', signature.ParameterTypes.Select(p => p.Text))})";
        return name is "op_Implicit" or "op_Explicit" ? $"{text}:{signature.ReturnType.Text}" : text;
    }

    public Name GetPrimitiveType(PrimitiveTypeCode code) => Name.Plain(code switch
    {
        PrimitiveTypeCode.Void => "void",
        PrimitiveTypeCode.Boolean => "bool",
        PrimitiveTypeCode.Char => "char",
        PrimitiveTypeCode.SByte => "sbyte",
        PrimitiveTypeCode.Byte => "byte",
        PrimitiveTypeCode.Int16 => "short",
        PrimitiveTypeCode.UInt16 => "ushort",
        PrimitiveTypeCode.Int32 => "int",
        PrimitiveTypeCode.UInt32 => "uint",
        PrimitiveTypeCode.Int64 => "long",
        PrimitiveTypeCode.UInt64 => "ulong",
        PrimitiveTypeCode.Single => "float",
        PrimitiveTypeCode.Double => "double",
        PrimitiveTypeCode.String => "string",
        PrimitiveTypeCode.Object => "object",
        _ => code.ToString(),
    });

    public Name GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Name.Plain(reader.GetString(reader.GetTypeDefinition(handle).Name));

    public Name GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var external = ExternalType.Of(reader, handle);
        return new Name(external.SimpleName, [external], []);
    }

    public Name GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public Name GetSZArrayType(Name elementType) => elementType.With(elementType.Text + "[]");

    public Name GetArrayType(Name elementType, ArrayShape shape) =>
        elementType.With($"{elementType.Text}[{new string(',', shape.Rank - 1)}]", NanoConstruct.MultiDimensionalArray);

    public Name GetByReferenceType(Name elementType) => elementType.With("ref " + elementType.Text);

    public Name GetPointerType(Name elementType) => elementType.With(elementType.Text + "*");

    public Name GetPinnedType(Name elementType) => elementType;

    // The type arguments' names do not matter: the instantiation itself is refused.
    public Name GetGenericInstantiation(Name genericType, ImmutableArray<Name> typeArguments) =>
        new($"{genericType.Text}<{string.Join(',', typeArguments.Select(a => a.Text))}>", [], [NanoConstruct.GenericInstance]);

    public Name GetGenericMethodParameter(object? context, int index) => Name.Plain($"!!{index}");

    public Name GetGenericTypeParameter(object? context, int index) => Name.Plain($"!{index}");

    public Name GetFunctionPointerType(MethodSignature<Name> signature) =>
        Name.Plain("delegate*").With("delegate*", NanoConstruct.FunctionPointer);

    public Name GetModifiedType(Name modifier, Name unmodifiedType, bool isRequired) => modifier.Text switch
    {
        // init-only setters work on the device (nanoframework-api.txt lists IsExternalInit).
        "IsExternalInit" => unmodifiedType,
        "IsVolatile" => unmodifiedType.With(unmodifiedType.Text, NanoConstruct.Volatile),
        _ => unmodifiedType,
    };
}

/// <summary>A type of another assembly.</summary>
/// <param name="Assembly">Simple assembly name.</param>
/// <param name="FullName">Namespace and name, nested types with dots.</param>
internal readonly record struct ExternalType(string Assembly, string FullName)
{
    public string SimpleName => FullName[(FullName.LastIndexOf('.') + 1)..];

    public static ExternalType Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        var space = reader.GetString(type.Namespace);
        switch (type.ResolutionScope.Kind)
        {
            case HandleKind.TypeReference:
                var outer = Of(reader, (TypeReferenceHandle)type.ResolutionScope);
                return outer with { FullName = outer.FullName + "." + name };
            case HandleKind.AssemblyReference:
                var assembly = reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                return new ExternalType(reader.GetString(assembly.Name), space.Length == 0 ? name : space + "." + name);
            default:
                return new ExternalType("", space.Length == 0 ? name : space + "." + name);
        }
    }
}
