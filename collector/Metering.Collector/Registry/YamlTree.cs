using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Metering.Collector.Registry;

/// <summary>
/// YAML to and from a JSON tree. A scalar is read as text whatever it looks like (the reader of the field knows what it
/// wants: an identifier of digits stays one) and a plain <c>null</c> or nothing as null. Text that another reader of YAML
/// would take for something else is written in quotes.
/// </summary>
internal static class YamlTree
{
    /// <summary>Levels of a document; deeper ones are hostile.</summary>
    private const int DepthMax = 32;

    internal static JsonNode? Read(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream.Documents.Count switch
        {
            0 => new JsonObject(),
            1 => Node(stream.Documents[0].RootNode, 0, new HashSet<YamlNode>(ReferenceEqualityComparer.Instance)),
            _ => throw new YamlException(Mark.Empty, Mark.Empty, "one document is expected"),
        };
    }

    internal static string Write(JsonNode tree)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, tree);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static JsonNode? Node(YamlNode node, int depth, HashSet<YamlNode> seen)
    {
        if (depth > DepthMax)
        {
            throw new YamlException(node.Start, node.End, "too deep");
        }

        // An alias is the same node again; a few of them in each other make a document of any size.
        if (!seen.Add(node))
        {
            throw new YamlException(node.Start, node.End, "aliases are not allowed");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name } || members.ContainsKey(name))
                    {
                        throw new YamlException(key.Start, key.End, "a key is a name that appears once");
                    }

                    members.Add(name, Node(value, depth + 1, seen));
                }

                return members;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Children.Select(child => Node(child, depth + 1, seen))]);
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" }:
                return null;
            case YamlScalarNode scalar:
                return JsonValue.Create(scalar.Value);
            default:
                throw new YamlException(node.Start, node.End, "not a value");
        }
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in members)
                {
                    emitter.Emit(new Scalar(name));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case null:
                emitter.Emit(new Scalar("null"));
                break;
            default:
                var isText = node.GetValueKind() == JsonValueKind.String;
                var text = isText ? node.GetValue<string>() : node.ToJsonString();
                var style = isText && !IsPlain(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain;
                emitter.Emit(new Scalar(null, null, text, style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    /// <summary>Starts with a letter, holds nothing that YAML gives a meaning to, and is no word of YAML 1.1.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsLetter(text[0])
        && text[^1] != ' '
        && text.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '/' or '.' or '(' or ')' or '\'' or '+')
        && text.ToUpperInvariant() is not ("TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NULL" or "Y" or "N");
}
