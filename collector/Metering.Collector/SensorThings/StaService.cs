using System.Globalization;
using System.Text.Json.Nodes;

namespace Metering.Collector.SensorThings;

/// <summary>Answers resource paths with the JSON of OGC 18-088 (clauses 8 and 9).</summary>
/// <param name="model">Entities of the registry.</param>
/// <param name="observations">Observations.</param>
/// <param name="root">Address of the service root, without a slash at the end.</param>
internal sealed class StaService(StaModel model, StaObservations observations, string root)
{
    /// <summary>Observations and entities that one answer may hold, expanded ones too.</summary>
    public const int EntitiesMax = 20_000;

    private static readonly string[] Conformance =
    [
        "datamodel", "resource-path/resource-path-to-entities", "request-data/top", "request-data/skip", "request-data/count",
        "request-data/expand", "request-data/select", "request-data/pagination", "request-data/status-codes",
    ];

    private int entities;

    /// <summary>The service root (9.2.1).</summary>
    public JsonObject Root() => new()
    {
        ["value"] = new JsonArray([.. StaModel.Sets.Select(set => (JsonNode)new JsonObject { ["name"] = set, ["url"] = $"{root}/{set}" })]),
        ["serverSettings"] = new JsonObject
        {
            ["conformance"] = new JsonArray([.. Conformance.Select(static c => (JsonNode)$"http://www.opengis.net/spec/iot_sensing/1.1/req/{c}")]),
        },
    };

    /// <summary>Any other resource. A string is a raw value ($value).</summary>
    public async Task<(JsonNode? Json, string? Raw)> ReadAsync(IReadOnlyList<StaSegment> path, StaQuery query, string address, CancellationToken cancellationToken)
    {
        var set = path[0].Name;
        if (!StaModel.Sets.Contains(set))
        {
            throw StaException.NotFound();
        }

        // The entity that the walk stands on; null while it stands on a set.
        Node? node = null;
        IReadOnlyList<StaEntity>? all = set == "Observations" ? null : [.. model.All(set)];
        var streams = set == "Observations" ? model.StreamIds.ToList() : [];
        for (var i = 0; i < path.Count; i++)
        {
            var (name, id) = path[i];
            if (i > 0)
            {
                if (node is not { } here)
                {
                    throw StaException.NotFound();
                }

                if (name == "$ref" || here.Navigation(name) is not { } navigation)
                {
                    return Property(here, path, i);
                }

                set = navigation.Set;
                all = set == "Observations" ? null : [.. model.Related(here.Set, here.Key, name)];
                streams = set == "Observations" ? [.. model.StreamsOf(here.Set, here.Id)] : [];
                if (!navigation.Many)
                {
                    node = id is null && all is [var only] ? new Node(set, only.Id, only.Id, only.Properties) : throw StaException.NotFound();
                    continue;
                }

                node = null;
            }

            if (id is not null)
            {
                node = await FindAsync(set, id, all, streams, cancellationToken).ConfigureAwait(false) ?? throw StaException.NotFound();
            }
            else if (i + 1 < path.Count && path[i + 1].Name == "$ref" && i + 2 == path.Count)
            {
                var list = (await CollectionAsync(set, all, streams, query with { Select = [], Expand = [] }, address, cancellationToken).ConfigureAwait(false)).AsObject();
                foreach (var entry in list["value"]!.AsArray())
                {
                    foreach (var key in entry!.AsObject().Select(static p => p.Key).Where(static k => k != "@iot.selfLink").ToList())
                    {
                        entry.AsObject().Remove(key);
                    }
                }

                return (list, null);
            }
        }

        return node is { } entity
            ? (await EntityAsync(entity, query, cancellationToken).ConfigureAwait(false), null)
            : (await CollectionAsync(set, all, streams, query, address, cancellationToken).ConfigureAwait(false), null);
    }

    private async Task<Node?> FindAsync(string set, string id, IReadOnlyList<StaEntity>? all, List<string> streams, CancellationToken cancellationToken)
    {
        if (all is not null)
        {
            return all.FirstOrDefault(e => e.Id == id) is { } entity ? new Node(set, entity.Id, entity.Id, entity.Properties) : null;
        }

        return await observations.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found && streams.Contains(found.Stream) ? Of(found) : null;
    }

    private static Node Of(StaObservation observation) => new("Observations", observation.Id, observation.Stream, observation.Properties());

    private static (JsonNode?, string?) Property(Node node, IReadOnlyList<StaSegment> path, int at)
    {
        var (name, id) = path[at];
        if (id is not null || !node.Properties.TryGetValue(name, out var value))
        {
            throw StaException.NotFound();
        }

        return path.Count == at + 1 ? (new JsonObject { [name] = value?.DeepClone() }, null)
            : path.Count == at + 2 && path[at + 1].Name == "$value" ? (null, value is JsonValue ? value.ToString() : value?.ToJsonString() ?? "")
            : throw StaException.NotFound();
    }

    private async Task<JsonNode> CollectionAsync(
        string set, IReadOnlyList<StaEntity>? all, List<string> streams, StaQuery query, string address, CancellationToken cancellationToken)
    {
        var answer = new JsonObject();
        var values = new JsonArray();
        string? next = null;
        if (all is null)
        {
            var page = await observations.PageAsync(streams, query, cancellationToken).ConfigureAwait(false);
            if (page.Count is { } count)
            {
                answer["@iot.count"] = count;
            }

            next = page.NextToken is { } token ? With(address, "$skiptoken", token) : null;
            foreach (var observation in page.Items)
            {
                values.Add(await EntityAsync(Of(observation), query, cancellationToken).ConfigureAwait(false));
            }
        }
        else
        {
            var found = Ordered(Filtered(all, query), query);
            if (query.Count)
            {
                answer["@iot.count"] = found.Count;
            }

            foreach (var entity in found.Skip(query.Skip).Take(query.Top))
            {
                values.Add(await EntityAsync(new Node(set, entity.Id, entity.Id, entity.Properties), query, cancellationToken).ConfigureAwait(false));
            }

            next = query.Top > 0 && found.Count > query.Skip + query.Top ? With(address, "$skip", (query.Skip + query.Top).ToString(CultureInfo.InvariantCulture)) : null;
        }

        if (next is not null)
        {
            answer["@iot.nextLink"] = next;
        }

        answer["value"] = values;
        return answer;
    }

    private async Task<JsonObject> EntityAsync(Node node, StaQuery query, CancellationToken cancellationToken)
    {
        if (++entities > EntitiesMax)
        {
            throw StaException.Bad($"The answer would hold more than {EntitiesMax} entities; ask for less with $top.");
        }

        var self = $"{root}/{StaPath.Of(node.Set, node.Id)}";
        var answer = new JsonObject();
        bool Selected(string name) => query.Select is not { } select || select.Contains(name);
        if (Selected("id") || Selected("@iot.id"))
        {
            answer["@iot.id"] = node.Id;
        }

        answer["@iot.selfLink"] = self;
        foreach (var (name, value) in node.Properties.Where(p => Selected(p.Key)))
        {
            answer[name] = value?.DeepClone();
        }

        foreach (var (name, set, many) in StaModel.Navigation(node.Set))
        {
            if (query.Expand.FirstOrDefault(e => e.Name == name) is not { } expand)
            {
                if (Selected(name))
                {
                    answer[name + "@iot.navigationLink"] = $"{self}/{name}";
                }

                continue;
            }

            var all = set == "Observations" ? null : model.Related(node.Set, node.Key, name).ToList();
            if (!many)
            {
                answer[name] = all is [var only] ? await EntityAsync(new Node(set, only.Id, only.Id, only.Properties), expand.Query, cancellationToken).ConfigureAwait(false) : null;
                continue;
            }

            var list = (await CollectionAsync(
                set, all, [.. model.StreamsOf(node.Set, node.Id)], expand.Query, Address(self, name, expand.Query), cancellationToken).ConfigureAwait(false)).AsObject();
            foreach (var (key, value) in list.ToList())
            {
                list.Remove(key);
                answer[key == "value" ? name : name + key] = value;
            }
        }

        return query.Expand.FirstOrDefault(e => StaModel.Navigation(node.Set).All(n => n.Name != e.Name)) is { } unknown
            ? throw StaException.Bad($"$expand: {node.Set} have no {unknown.Name}; allowed are {string.Join(", ", StaModel.Navigation(node.Set).Select(static n => n.Name))}.")
            : answer;
    }

    private static IEnumerable<StaEntity> Filtered(IEnumerable<StaEntity> all, StaQuery query)
    {
        foreach (var (property, comparison, value) in query.Filter)
        {
            Func<StaEntity, string> of = property switch
            {
                "id" or "@iot.id" => static e => e.Id,
                "name" => static e => e.Name,
                _ => throw StaException.NotDone($"$filter: {property} is not done here; allowed are id and name."),
            };
            all = all.Where(e => string.CompareOrdinal(of(e), value) is var order && comparison switch
            {
                "eq" => order == 0,
                "gt" => order > 0,
                "ge" => order >= 0,
                "lt" => order < 0,
                _ => order <= 0,
            });
        }

        return all;
    }

    private static List<StaEntity> Ordered(IEnumerable<StaEntity> all, StaQuery query)
    {
        Func<StaEntity, string> key = query.Order?.Property switch
        {
            null or "id" or "@iot.id" => static e => e.Id,
            "name" => static e => e.Name,
            _ => throw StaException.NotDone("$orderby: allowed are id and name."),
        };
        var ordered = all.OrderBy(key, StringComparer.Ordinal).ThenBy(static e => e.Id, StringComparer.Ordinal).ToList();
        if (query.Order is { Descending: true })
        {
            ordered.Reverse();
        }

        return ordered;
    }

    /// <summary>The address of an expanded collection, with the options that its next link needs.</summary>
    private static string Address(string self, string name, StaQuery query)
    {
        var address = With($"{self}/{name}", "$top", query.Top.ToString(CultureInfo.InvariantCulture));
        return query.Order is { } order ? With(address, "$orderby", order.Property + (order.Descending ? " desc" : " asc")) : address;
    }

    /// <summary>An address with one option of its query replaced; a token takes the place of $skip, which it holds already.</summary>
    private static string With(string address, string option, string value)
    {
        var at = address.IndexOf('?', StringComparison.Ordinal);
        var kept = at < 0 ? [] : address[(at + 1)..].Split('&').Where(pair =>
            Uri.UnescapeDataString(pair.Split('=')[0]) is var name && name != option && !(option == "$skiptoken" && name == "$skip"));
        return (at < 0 ? address : address[..at]) + "?" + string.Join('&', kept.Append($"{option}={Uri.EscapeDataString(value)}"));
    }

    /// <summary>An entity on the way. <paramref name="Key"/> is what its relations are found by: of observations their datastream.</summary>
    private readonly record struct Node(string Set, string Id, string Key, IReadOnlyDictionary<string, JsonNode?> Properties)
    {
        public (string Set, bool Many)? Navigation(string name)
        {
            foreach (var navigation in StaModel.Navigation(Set))
            {
                if (navigation.Name == name)
                {
                    return (navigation.Set, navigation.Many);
                }
            }

            return null;
        }
    }
}
