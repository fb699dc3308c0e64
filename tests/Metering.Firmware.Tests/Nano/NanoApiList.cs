namespace Metering.Firmware.Tests.Nano;

/// <summary>The allow-list tests/ReferenceData/nanoframework/nanoframework-api.txt, parsed.</summary>
public sealed class NanoApiList
{
    private static readonly string[] TypeKeywords = ["class", "struct", "interface", "enum", "delegate"];
    private static readonly HashSet<string> Modifiers =
        ["static", "virtual", "override", "abstract", "protected", "public", "readonly", "const", "sealed", "ref", "unsafe", "extern", "new"];

    private readonly Dictionary<string, NanoType> _types = new(StringComparer.Ordinal);

    public int TypeCount => _types.Count;

    public int MemberCount => _types.Values.Sum(t => t.Members.Count);

    public static NanoApiList Load() =>
        Parse(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "nanoframework", "nanoframework-api.txt")));

    public static NanoApiList Parse(IEnumerable<string> lines)
    {
        var list = new NanoApiList();
        NanoType? current = null;
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            if (TypeOf(text) is { } type)
            {
                // A type may appear in two assemblies' sections (type forwarding): its members add up.
                current = list._types.TryGetValue(type.FullName, out var known) ? known : type;
                list._types[type.FullName] = current;
                continue;
            }

            if (current is null)
            {
                throw new FormatException($"Member before any type: '{text}'.");
            }

            foreach (var member in MembersOf(current, text))
            {
                current.Members.Add(member);
            }
        }

        return list;
    }

    public NanoType? Find(string fullName) => _types.GetValueOrDefault(fullName);

    /// <summary>Whether the type, or a type it derives from, has the member.</summary>
    /// <param name="fullName">Full type name.</param>
    /// <param name="member">As <see cref="SignatureNames.Member"/> writes it, such as <c>Append(int)</c>.</param>
    public bool Has(string fullName, string member)
    {
        var pending = new Stack<string>([fullName]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryPop(out var name))
        {
            if (!seen.Add(name) || Find(name) is not { } type)
            {
                continue;
            }

            // The list names a delegate's Invoke; its constructor is the same for all.
            if (type.Members.Contains(member) || (type.Kind == "delegate" && member == ".ctor(object,IntPtr)"))
            {
                return true;
            }

            foreach (var baseName in type.Bases)
            {
                foreach (var candidate in _types.Keys.Where(k => k.EndsWith("." + baseName, StringComparison.Ordinal)))
                {
                    pending.Push(candidate);
                }
            }

            if (type.Kind is not "interface" && fullName != "System.Object")
            {
                pending.Push(type.Kind == "enum" ? "System.Enum" : "System.Object");
            }
        }

        return false;
    }

    private static NanoType? TypeOf(string text)
    {
        var words = text.Split(' ');
        var keyword = Array.FindIndex(words, w => TypeKeywords.Contains(w));
        if (keyword < 0 || words.Take(keyword).Any(w => !Modifiers.Contains(w)))
        {
            return null;
        }

        var rest = string.Join(' ', words.Skip(keyword + 1));
        var colon = rest.IndexOf(" : ", StringComparison.Ordinal);
        var name = colon < 0 ? rest : rest[..colon];
        var bases = colon < 0 ? [] : rest[(colon + 3)..].Split(", ");
        return new NanoType(name, words[keyword], bases);
    }

    private static IEnumerable<string> MembersOf(NanoType type, string text)
    {
        if (text[0] == '{')
        {
            return text.Trim('{', '}', ' ').Split(", ").Select(v => v.Split('=')[0]);
        }

        var words = text.Split(' ').SkipWhile(Modifiers.Contains).ToArray();
        text = string.Join(' ', words);
        if (words[0] == "event")
        {
            return [$"add_{words[2]}({words[1]})", $"remove_{words[2]}({words[1]})"];
        }

        if (text.Contains("operator ", StringComparison.Ordinal))
        {
            return [Operator(text)];
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        if (brace >= 0 && (open < 0 || brace < open))
        {
            return Property(text, brace);
        }

        if (open >= 0 && !text.Contains(" = ", StringComparison.Ordinal) || open >= 0 && open < text.IndexOf(" = ", StringComparison.Ordinal))
        {
            var head = text[..open].Split(' ');
            var name = head.Length == 1 && head[0] == type.SimpleName ? ".ctor" : head[^1];
            return [name + Parameters(text[open..])];
        }

        return [words[1]];
    }

    private static IEnumerable<string> Property(string text, int brace)
    {
        var head = text[..brace].Trim();
        var accessors = text[brace..];
        var index = "";
        var names = new List<string>();
        var bracket = head.IndexOf(" this[", StringComparison.Ordinal);
        var valueType = head.Split(' ')[0];
        if (bracket >= 0)
        {
            index = Parameters(head[(bracket + 5)..]).Trim('(', ')');
            // C# names an indexer's accessors Item, string and StringBuilder name theirs Chars.
            names.AddRange(["Item", "Chars"]);
        }
        else
        {
            names.Add(head.Split(' ')[^1]);
        }

        foreach (var name in names)
        {
            if (accessors.Contains("get;", StringComparison.Ordinal))
            {
                yield return $"get_{name}({index})";
            }

            if (accessors.Contains("set;", StringComparison.Ordinal) || accessors.Contains("init;", StringComparison.Ordinal))
            {
                yield return $"set_{name}({(index.Length > 0 ? index + "," : "")}{valueType})";
            }
        }
    }

    private static string Operator(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var words = text[..open].Split(' ');
        var parameters = Parameters(text[open..]);
        if (words[0] is "implicit" or "explicit")
        {
            return (words[0] == "implicit" ? "op_Implicit" : "op_Explicit") + parameters + ":" + words[^1];
        }

        var unary = !parameters.Contains(',', StringComparison.Ordinal);
        return words[^1] switch
        {
            "+" => unary ? "op_UnaryPlus" : "op_Addition",
            "-" => unary ? "op_UnaryNegation" : "op_Subtraction",
            "==" => "op_Equality",
            "!=" => "op_Inequality",
            "<" => "op_LessThan",
            "<=" => "op_LessThanOrEqual",
            ">" => "op_GreaterThan",
            ">=" => "op_GreaterThanOrEqual",
            "*" => "op_Multiply",
            "/" => "op_Division",
            var other => "op_" + other,
        } + parameters;
    }

    /// <summary>"(params object[] args, out int n)" becomes "(object[],ref int)".</summary>
    private static string Parameters(string list)
    {
        var close = list.LastIndexOfAny([')', ']']);
        var inner = list[1..close].Trim();
        if (inner.Length == 0)
        {
            return "()";
        }

        var types = new List<string>();
        foreach (var parameter in SplitOutsideBrackets(inner))
        {
            var words = parameter.Trim().Split(' ');
            var byRef = words[0] is "out" or "ref" or "in";
            var skip = byRef || words[0] is "params" or "this" ? 1 : 0;
            types.Add((byRef ? "ref " : "") + words[skip][(words[skip].LastIndexOf('.') + 1)..]);
        }

        return $"({string.Join(',', types)})";
    }

    private static IEnumerable<string> SplitOutsideBrackets(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '<' or '[' or '\'' ? text[i] == '\'' ? 0 : 1 : text[i] is '>' or ']' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}

/// <summary>One type of the allow-list.</summary>
public sealed class NanoType(string fullName, string kind, string[] bases)
{
    public string FullName { get; } = fullName;

    /// <summary>class, struct, interface, enum or delegate.</summary>
    public string Kind { get; } = kind;

    public IReadOnlyList<string> Bases { get; } = bases;

    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public string SimpleName => FullName[(FullName.LastIndexOf('.') + 1)..];
}
