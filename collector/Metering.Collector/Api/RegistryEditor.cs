using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metering.Collector.Registry;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary>The version of the registry is not the one that was edited.</summary>
internal sealed class RegistryChangedException() : Exception("The registry has changed since it was read.");

/// <summary>
/// Changes the registry entry by entry. Every change is a new version of the whole, checked by the same rules as an import, with
/// who and why; two people who edit at once do not overwrite each other.
/// </summary>
internal sealed class RegistryEditor(RegistryStore store) : IDisposable
{
    /// <summary>Collections whose entries have a name, and under which key.</summary>
    public static IReadOnlyDictionary<string, string> Named { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sites"] = "id", ["operations"] = "id", ["buildings"] = "id", ["zones"] = "id", ["points"] = "id", ["factors"] = "id", ["boards"] = "board",
    };

    /// <summary>Collections that are only added to: what happened, happened.</summary>
    public static IReadOnlyList<string> Appended { get; } =
        ["assignments", "meterExchanges", "indexVisits", "calibrations", "targets", "regulatoryValues", "invoices", "rents"];

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>The number of the newest version; 0 when nothing was saved.</summary>
    public async Task<long> VersionAsync(CancellationToken cancellationToken) =>
        (await store.HistoryAsync(cancellationToken).ConfigureAwait(false)) is [.., var newest] ? newest.Id : 0;

    /// <summary>Makes a change and saves it.</summary>
    /// <param name="change">Gets the document as a tree and changes it, or answers what to save instead.</param>
    /// <param name="expected">Version that was edited, or null: whatever is there.</param>
    /// <param name="author">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RegistryChangedException">Another version is there.</exception>
    /// <exception cref="FormatException">The changed registry breaks a rule: each problem one line.</exception>
    public async Task<RegistrySavedAnswer> ChangeAsync(
        Func<JsonObject, JsonObject> change, long? expected, string author, string reason, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var version = await VersionAsync(cancellationToken).ConfigureAwait(false);
            if (expected is { } wanted && wanted != version)
            {
                throw new RegistryChangedException();
            }

            var before = await store.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            var tree = JsonNode.Parse(RegistryDocument.Write(before, RegistryFormat.Json))!.AsObject();
            var after = RegistryDocument.Read(change(tree).ToJsonString(), RegistryFormat.Json);
            var changes = RegistryDocument.Compare(before, after);
            return changes.Count == 0
                ? new RegistrySavedAnswer(version, changes)
                : new RegistrySavedAnswer((await store.SaveAsync(after, author, reason, cancellationToken).ConfigureAwait(false)).Id, changes);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Puts an entry in the place of the one of its name, or adds it.</summary>
    public static JsonObject Put(JsonObject tree, string collection, string name, JsonObject entry)
    {
        var key = Named[collection];
        entry[key] = name;
        var list = Of(tree, collection);
        var index = IndexOf(list, key, name);
        if (index < 0)
        {
            list.Add(entry);
        }
        else
        {
            list[index] = entry;
        }

        return tree;
    }

    /// <summary>Takes an entry out.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public static JsonObject Remove(JsonObject tree, string collection, string name)
    {
        var list = Of(tree, collection);
        var index = IndexOf(list, Named[collection], name);
        if (index < 0)
        {
            throw new KeyNotFoundException();
        }

        list.RemoveAt(index);
        return tree;
    }

    /// <summary>Adds an entry.</summary>
    public static JsonObject Add(JsonObject tree, string collection, JsonObject entry)
    {
        Of(tree, collection).Add(entry);
        return tree;
    }

    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"registry-{version}");

    private static JsonArray Of(JsonObject tree, string collection)
    {
        if (tree[collection] is not JsonArray list)
        {
            tree[collection] = list = [];
        }

        return list;
    }

    private static int IndexOf(JsonArray list, string key, string name)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i]?[key]?.GetValueKind() == JsonValueKind.String && list[i]![key]!.GetValue<string>() == name)
            {
                return i;
            }
        }

        return -1;
    }
}
