using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Metering.Firmware.Tests.Nano;

/// <summary>One pass over one assembly.</summary>
internal sealed class NanoWalk(
    NanoApiList list, PEReader pe, IReadOnlyCollection<string> ownAssemblies, bool realWorldAllowed, HashSet<string> compilerAttributes)
{
    private readonly MetadataReader _reader = pe.GetMetadataReader();
    private readonly SignatureNames _names = new();
    private readonly HashSet<NanoFinding> _seen = [];
    private readonly List<NanoFinding> _findings = [];
    private string _where = "";

    public IReadOnlyList<NanoFinding> Run(string namespacePrefix)
    {
        foreach (var handle in _reader.TypeDefinitions)
        {
            var type = _reader.GetTypeDefinition(handle);
            var name = FullName(handle);
            if (name is "<Module>" || name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)
                || IsEmbeddedByTheCompiler(type) || !name.StartsWith(namespacePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            InspectType(type, name);
        }

        return _findings;
    }

    private void InspectType(TypeDefinition type, string name)
    {
        _where = name;
        if (type.GetGenericParameters().Count > 0)
        {
            Report(NanoConstruct.OwnGenericType, $"generic type {name}");
        }

        CheckTypeHandle(type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
        {
            CheckTypeHandle(_reader.GetInterfaceImplementation(implementation).Interface);
        }

        CheckAttributes(type.GetCustomAttributes());
        foreach (var handle in type.GetFields())
        {
            InspectField(name, _reader.GetFieldDefinition(handle), IsEnum(type));
        }

        foreach (var handle in type.GetMethods())
        {
            InspectMethod(name, _reader.GetMethodDefinition(handle));
        }
    }

    private void InspectField(string typeName, FieldDefinition field, bool inEnum)
    {
        var name = _reader.GetString(field.Name);
        _where = $"{typeName}.{name}";
        var isMutableStatic = field.Attributes.HasFlag(FieldAttributes.Static)
            && !field.Attributes.HasFlag(FieldAttributes.Literal)
            && !field.Attributes.HasFlag(FieldAttributes.InitOnly);
        // The compiler's own caches of stateless lambdas (<>9__...) are no state of ours; auto properties are.
        if (isMutableStatic && (name[0] != '<' || name.EndsWith(">k__BackingField", StringComparison.Ordinal)))
        {
            Report(NanoConstruct.StaticMutableField, $"static mutable field {name}");
        }

        if (!inEnum)
        {
            CheckName(field.DecodeSignature(_names, null));
            CheckAttributes(field.GetCustomAttributes());
        }
    }

    private void InspectMethod(string typeName, MethodDefinition method)
    {
        var name = _reader.GetString(method.Name);
        _where = $"{typeName}.{name}";
        if (method.GetGenericParameters().Count > 0)
        {
            Report(NanoConstruct.OwnGenericMethod, $"generic method {name}");
        }

        CheckSignature(method.DecodeSignature(_names, null));
        CheckAttributes(method.GetCustomAttributes());
        // Without Interlocked.CompareExchange<T> the compiler writes a field-like event's accessors with Delegate.Combine.
        var isEventAccessor = method.Attributes.HasFlag(MethodAttributes.SpecialName)
            && (name.StartsWith("add_", StringComparison.Ordinal) || name.StartsWith("remove_", StringComparison.Ordinal))
            && HasAttribute(method.GetCustomAttributes(), "System.Runtime.CompilerServices.CompilerGeneratedAttribute");
        if (method.RelativeVirtualAddress == 0 || isEventAccessor)
        {
            return;
        }

        var body = pe.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            foreach (var local in _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null))
            {
                CheckName(local);
            }
        }

        foreach (var region in body.ExceptionRegions)
        {
            if (!region.CatchType.IsNil)
            {
                CheckTypeHandle(region.CatchType);
            }
        }

        var instructions = IlInstructions.Read(body.GetILReader());
        for (var i = 0; i < instructions.Count; i++)
        {
            InspectInstruction(instructions, i);
        }
    }

    private void InspectInstruction(List<IlInstruction> body, int index)
    {
        var (code, token) = body[index];
        var name = code.Name!;
        if (code == OpCodes.Localloc)
        {
            Report(NanoConstruct.Stackalloc, "stackalloc");
        }
        else if (name.Contains(".ovf", StringComparison.Ordinal))
        {
            Report(NanoConstruct.Checked, $"checked arithmetic ({name})");
        }

        if (token == 0 || code == OpCodes.Ldstr || code.OperandType is OperandType.InlineBrTarget or OperandType.InlineI or OperandType.InlineSig)
        {
            return;
        }

        if (code.OperandType is not (OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok))
        {
            return;
        }

        var handle = MetadataTokens.EntityHandle(token);
        if (code == OpCodes.Box && IsEnum(handle))
        {
            Report(NanoConstruct.EnumToString, $"enum {NameOf(handle)} as an object");
        }

        switch (handle.Kind)
        {
            case HandleKind.MemberReference:
                InspectMember((MemberReferenceHandle)handle, body, index);
                break;
            case HandleKind.MethodSpecification:
                Report(NanoConstruct.GenericInstance, $"generic method {NameOf(handle)}");
                break;
            case HandleKind.TypeReference or HandleKind.TypeSpecification:
                CheckTypeHandle(handle);
                break;
        }
    }

    private void InspectMember(MemberReferenceHandle handle, List<IlInstruction> body, int index)
    {
        var member = _reader.GetMemberReference(handle);
        if (member.Parent.Kind != HandleKind.TypeReference)
        {
            CheckTypeHandle(member.Parent);
            return;
        }

        var type = ExternalType.Of(_reader, (TypeReferenceHandle)member.Parent);
        if (ownAssemblies.Contains(type.Assembly))
        {
            return;
        }

        var nano = type.Assembly == StandIns.Assembly ? StandIns.NanoName(type.FullName) : type.FullName;
        string text;
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            text = _reader.GetString(member.Name);
        }
        else
        {
            var signature = member.DecodeMethodSignature(_names, null);
            var bound = SignatureNames.Member(_reader.GetString(member.Name), signature);
            text = NanoTwins.Resolve(nano, bound);
            if (text == bound)
            {
                CheckSignature(signature);
            }
        }

        if (!CheckExternal(type))
        {
            return;
        }

        if (!list.Has(nano, text))
        {
            Report(NanoConstruct.NotInTheList, $"{nano}::{text}");
            return;
        }

        if (!realWorldAllowed && RealWorld.Is(type, text))
        {
            Report(NanoConstruct.RealWorld, $"{nano}::{text}");
        }

        InspectText(nano, text, body, index);
    }

    /// <summary>Number and enum text: what the list holds and the device gets wrong.</summary>
    private void InspectText(string type, string member, List<IlInstruction> body, int index)
    {
        var previous = index > 0 ? body[index - 1] : default;
        if (member == "TryParse(string,ref int)")
        {
            Report(NanoConstruct.TryParse, $"{type}::{member}");
        }
        else if (member == "ToString(string)" && IsNumber(type))
        {
            if (previous.Code != OpCodes.Ldstr)
            {
                Report(NanoConstruct.UnseenNumberFormat, $"{type}::{member} with a computed format");
            }
            else if (Literal(previous) is var format && !NumberFormats.Works(format))
            {
                Report(NanoConstruct.CustomNumberFormat, $"{type}::{member} with \"{format}\"");
            }
        }
        else if (member == "ToString()" && type is "System.Double" or "System.Single")
        {
            Report(NanoConstruct.FloatToString, $"{type}::{member}");
        }
        else if (member == "ToString()" && previous.Code == OpCodes.Constrained)
        {
            var constrained = MetadataTokens.EntityHandle(previous.Token);
            if (IsEnum(constrained))
            {
                Report(NanoConstruct.EnumToString, $"enum {NameOf(constrained)}.ToString()");
            }
            else if (NameOf(constrained) is "double" or "float" or "System.Double" or "System.Single")
            {
                Report(NanoConstruct.FloatToString, $"{NameOf(constrained)}.ToString()");
            }
        }
        else if (type == "System.String" && member.StartsWith("Format(", StringComparison.Ordinal))
        {
            foreach (var instruction in body.Take(index).Where(i => i.Code == OpCodes.Ldstr))
            {
                foreach (var format in NumberFormats.CustomIn(Literal(instruction)))
                {
                    Report(NanoConstruct.CustomNumberFormat, $"{type}::Format with \"{format}\"");
                }
            }
        }
    }

    private void CheckSignature(MethodSignature<SignatureNames.Name> signature)
    {
        CheckName(signature.ReturnType);
        foreach (var parameter in signature.ParameterTypes)
        {
            CheckName(parameter);
        }
    }

    private void CheckName(SignatureNames.Name name)
    {
        foreach (var construct in name.Constructs)
        {
            Report(construct, name.Text);
        }

        foreach (var external in name.Externals)
        {
            CheckExternal(external);
        }
    }

    private void CheckTypeHandle(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference when !handle.IsNil:
                CheckExternal(ExternalType.Of(_reader, (TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                CheckName(_reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null));
                break;
        }
    }

    private bool CheckExternal(ExternalType type)
    {
        if (ownAssemblies.Contains(type.Assembly))
        {
            return true;
        }

        var nano = type.Assembly == StandIns.Assembly ? StandIns.NanoName(type.FullName) : type.FullName;
        if (list.Find(nano) is not null)
        {
            return true;
        }

        Report(type.Assembly == StandIns.Assembly ? NanoConstruct.StandInOnly : NanoConstruct.NotInTheList, nano);
        return false;
    }

    private void CheckAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var type in ExternalAttributes(attributes).Where(t => !compilerAttributes.Contains(t.FullName)))
        {
            CheckExternal(type);
        }
    }

    private bool HasAttribute(CustomAttributeHandleCollection attributes, string fullName) =>
        ExternalAttributes(attributes).Any(t => t.FullName == fullName);

    private IEnumerable<ExternalType> ExternalAttributes(CustomAttributeHandleCollection attributes) =>
        from handle in attributes
        let constructor = _reader.GetCustomAttribute(handle).Constructor
        where constructor.Kind == HandleKind.MemberReference
        let parent = _reader.GetMemberReference((MemberReferenceHandle)constructor).Parent
        where parent.Kind == HandleKind.TypeReference
        select ExternalType.Of(_reader, (TypeReferenceHandle)parent);

    private bool IsEnum(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => IsEnum(_reader.GetTypeDefinition((TypeDefinitionHandle)handle)),
        HandleKind.TypeReference => IsExternalEnum(ExternalType.Of(_reader, (TypeReferenceHandle)handle)),
        _ => false,
    };

    private bool IsExternalEnum(ExternalType type)
    {
        if (!ownAssemblies.Contains(type.Assembly))
        {
            return list.Find(StandIns.NanoName(type.FullName)) is { Kind: "enum" };
        }

        return AppDomain.CurrentDomain.GetAssemblies().Append(Assembly.Load(type.Assembly))
            .Select(a => a.GetType(type.FullName)).FirstOrDefault(t => t is not null) is { IsEnum: true };
    }

    private bool IsEnum(TypeDefinition type) =>
        type.BaseType.Kind == HandleKind.TypeReference && !type.BaseType.IsNil
        && ExternalType.Of(_reader, (TypeReferenceHandle)type.BaseType).FullName == "System.Enum";

    private static bool IsNumber(string type) => type is "System.Byte" or "System.SByte" or "System.Int16" or "System.UInt16"
        or "System.Int32" or "System.UInt32" or "System.Int64" or "System.UInt64" or "System.Single" or "System.Double";

    private bool IsEmbeddedByTheCompiler(TypeDefinition type) =>
        _reader.GetString(type.Namespace) is "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices";

    private string Literal(IlInstruction ldstr) => _reader.GetUserString((UserStringHandle)MetadataTokens.Handle(ldstr.Token));

    private string FullName(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        var name = _reader.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer)
        {
            return $"{FullName(outer)}.{name}";
        }

        var space = _reader.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private string NameOf(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return FullName((TypeDefinitionHandle)handle);
            case HandleKind.TypeReference:
                return ExternalType.Of(_reader, (TypeReferenceHandle)handle).FullName;
            case HandleKind.TypeSpecification:
                return _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null).Text;
            case HandleKind.MethodDefinition:
                return _reader.GetString(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).Name);
            case HandleKind.MethodSpecification:
                return NameOf(_reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MemberReference:
                var member = _reader.GetMemberReference((MemberReferenceHandle)handle);
                return $"{NameOf(member.Parent)}::{_reader.GetString(member.Name)}";
            default:
                return handle.Kind.ToString();
        }
    }

    private void Report(NanoConstruct construct, string what)
    {
        var finding = new NanoFinding(_where, what, NanoAdvice.For(construct, what));
        if (_seen.Add(finding))
        {
            _findings.Add(finding);
        }
    }
}
