using System.Collections.Concurrent;
using Metering.Collector.Alerts;
using Metering.Collector.Identity.Access;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Notes.Model;

namespace Metering.Collector.Web;

/// <summary>
/// What the pages show of a building: the same model that the note is written from, so that a page and a note never
/// disagree. Kept for a short while, because a person clicks faster than readings arrive.
/// </summary>
public sealed class BuildingViews(IReadingStore store, Quarantine quarantine, TimeProvider clock, PageScope scope)
{
    /// <summary>How old a shown model may be: a tenth of the sampling step.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(1);

    /// <summary>Buildings that are kept.</summary>
    public const int KeptMax = 16;

    private readonly ConcurrentDictionary<(string Building, bool IsPseudonymised), Kept> kept = new();

    /// <summary>The model of a building over its whole period.</summary>
    /// <param name="buildingId">Which building; the gate has checked that the caller may see the whole of it.</param>
    /// <param name="registry">What the caller may see: an analyst's model speaks of pseudonyms.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="NoteException">No such building, or no readings yet.</exception>
    public async Task<NoteModel> OfAsync(string buildingId, VisibleRegistry registry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var now = clock.GetUtcNow();
        var key = (buildingId, registry.IsPseudonymised);
        if (kept.TryGetValue(key, out var known) && now - known.Made < AgeMax)
        {
            return known.Model;
        }

        var request = scope.Complete(new NoteRequest
        {
            BuildingId = buildingId,
            AsOf = now,
            Version = ProductVersion.Text,
            Quarantined = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false),
        });
        var model = await NoteService.BuildAsync(request, store, registry.Snapshot, cancellationToken).ConfigureAwait(false);
        if (kept.Count >= KeptMax)
        {
            kept.Clear();
        }

        kept[key] = new Kept(now, model);
        return model;
    }

    private sealed record Kept(DateTimeOffset Made, NoteModel Model);
}

/// <summary>What the pages speak of when it is not everything up to now: the demo's period, and whose data it replays.</summary>
/// <param name="Complete">Completes a request for a note or a page.</param>
public sealed record PageScope(Func<NoteRequest, NoteRequest> Complete)
{
    /// <summary>When alerts are looked at; at once and from now unless said otherwise.</summary>
    internal AlertGate Gate { get; init; } = new();

    /// <summary>Everything up to now.</summary>
    public static PageScope Whole { get; } = new(static request => request);
}
