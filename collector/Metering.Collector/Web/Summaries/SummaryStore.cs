using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Web.Summaries;

/// <summary>The summaries of all buildings: in memory for the list, in the store for the next start.</summary>
public sealed class SummaryStore(SqliteDatabase database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly ConcurrentDictionary<string, BuildingSummary> summaries = new(StringComparer.Ordinal);

    /// <summary>The summary of a building, or null: not computed yet.</summary>
    public BuildingSummary? Find(string buildingId) => summaries.GetValueOrDefault(buildingId);

    /// <summary>Keeps a summary; durable when the task completes.</summary>
    public async Task SaveAsync(BuildingSummary summary, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(summary);
        summaries[summary.BuildingId] = summary;
        var document = JsonSerializer.Serialize(summary, Json);
        await database.Writer.WriteAsync(
            session => session.Prepare("INSERT OR REPLACE INTO building_summary (building, made_ms, document) VALUES (?,?,?)")
                .Bind(1, summary.BuildingId).Bind(2, summary.Made.ToUnixTimeMilliseconds()).Bind(3, document).Execute(),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what is said of buildings that are no longer in the registry.</summary>
    public async Task KeepOnlyAsync(IReadOnlySet<string> buildingIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(buildingIds);
        foreach (var gone in summaries.Keys.Where(id => !buildingIds.Contains(id)).ToList())
        {
            summaries.TryRemove(gone, out _);
            await database.Writer.WriteAsync(
                session => session.Prepare("DELETE FROM building_summary WHERE building = ?").Bind(1, gone).Execute(),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Brings back what was computed before a restart. A summary of an older form is computed again.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await database.ReadAsync(
            static session =>
            {
                var query = session.Prepare("SELECT document FROM building_summary");
                var found = new List<string>();
                while (query.Step())
                {
                    found.Add(query.Text(0));
                }

                return found;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var document in documents)
        {
            try
            {
                if (JsonSerializer.Deserialize<BuildingSummary>(document, Json) is { } summary)
                {
                    summaries.TryAdd(summary.BuildingId, summary);
                }
            }
            catch (JsonException)
            {
                // Derived data of another version of the program: nothing is lost by computing it again.
            }
        }
    }
}
