using System.Collections.Concurrent;
using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Collector.Web;

/// <summary>A building as its pages show it.</summary>
/// <param name="Model">The model that its note is written from, so that a page and a note never disagree.</param>
/// <param name="Calendar">Samples by local day.</param>
public sealed record BuildingView(NoteModel Model, IReadOnlyList<DaySamples> Calendar)
{
    private readonly Lazy<IReadOnlyList<NoteTile>> french = new(() => Tiles(Model, Language.French));
    private readonly Lazy<IReadOnlyList<NoteTile>> english = new(() => Tiles(Model, Language.English));

    /// <summary>The figures of the note's summary, each with its target and verdict.</summary>
    public IReadOnlyList<NoteTile> TilesIn(Language language) => (language == Language.French ? french : english).Value;

    private static IReadOnlyList<NoteTile> Tiles(NoteModel model, Language language) =>
        [.. NoteComposer.Compose(model, language).Sections.SelectMany(static s => s.Blocks).OfType<TilesBlock>().SelectMany(static b => b.Tiles)];
}

/// <summary>
/// The views of buildings, each computed once for all who look at it. A view is kept as long as what it stands on; where
/// only new samples arrived, for some times what it cost.
/// </summary>
internal sealed class BuildingViews(
    IReadingStore store, NoteRequests requests, CorrectionLedger corrections, BoardHealthReader boards, SampleCalendar calendar, TimeProvider clock)
{
    /// <summary>Least age at which new samples make a view computed again.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(1);

    /// <summary>And no sooner than this many times what it cost.</summary>
    public const int RestPerCost = 10;

    /// <summary>Views that are kept, about 1 MB each for two years of ten points.</summary>
    public const int KeptMax = 16;

    private readonly ConcurrentDictionary<(string Building, bool IsPseudonymised), Kept> kept = new();

    /// <summary>The view of a building over its whole period.</summary>
    /// <param name="buildingId">Which building; the gate has checked that the caller may see the whole of it.</param>
    /// <param name="registry">What the caller may see: an analyst's view speaks of pseudonyms.</param>
    /// <param name="cancellationToken">Stops waiting; the work goes on for the next who asks.</param>
    /// <exception cref="NoteException">No such building, or no readings yet.</exception>
    public async Task<BuildingView> OfAsync(string buildingId, VisibleRegistry registry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var part = BuildingPart.Of(registry.Snapshot, buildingId);
        var request = await RequestAsync(buildingId, registry, cancellationToken).ConfigureAwait(false);
        var healths = await boards.ReadAsync(requests.ReplayEnd, cancellationToken).ConfigureAwait(false);
        var basis = await BuildingBasis.OfAsync(part, request, healths, corrections, cancellationToken).ConfigureAwait(false);
        var key = (buildingId, registry.IsPseudonymised);
        if (!kept.TryGetValue(key, out var found) || IsStale(found, basis))
        {
            found = new Kept(basis, clock.GetUtcNow(), new Lazy<Task<BuildingView>>(() => BuildAsync(part, request, registry.Snapshot)));
            Keep(key, found);
        }

        try
        {
            var view = await found.View.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            found.Done ??= clock.GetUtcNow();
            return view;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            kept.TryRemove(KeyValuePair.Create(key, found));
            throw;
        }
    }

    /// <summary>What a note of the building is asked for with; for analysts without what people wrote.</summary>
    private async Task<NoteRequest> RequestAsync(string buildingId, VisibleRegistry registry, CancellationToken cancellationToken)
    {
        var request = await requests.OfAsync(buildingId, cancellationToken).ConfigureAwait(false);
        return registry.IsPseudonymised ? request with { Dossier = Impersonal(request.Dossier) } : request;
    }

    /// <summary>Of a dossier, what names nobody.</summary>
    internal static NoteDossier Impersonal(NoteDossier dossier) => NoteDossier.Empty with
    {
        Credit = dossier.Credit, Planted = dossier.Planted, WorksStart = dossier.WorksStart, Targets = dossier.Targets,
        RegulatoryValues = dossier.RegulatoryValues, Factors = dossier.Factors, Adjustments = dossier.Adjustments,
    };

    private async Task<BuildingView> BuildAsync(BuildingPart part, NoteRequest request, RegistrySnapshot snapshot)
    {
        var model = await NoteService.BuildAsync(request, store, snapshot, CancellationToken.None).ConfigureAwait(false);
        var days = await calendar.ReadAsync(part.Assignments, model.Period, SiteTime.Zone(part.Site.TimeZone), CancellationToken.None).ConfigureAwait(false);
        return new BuildingView(model, days);
    }

    private bool IsStale(Kept found, BuildingBasis basis)
    {
        if (found.Basis == basis || found.Done is not { } done)
        {
            // What is being computed now is waited for, unless it would show other settings.
            return found.Basis.Settings != basis.Settings;
        }

        var rest = TimeSpan.FromTicks(Math.Max(AgeMax.Ticks, RestPerCost * (done - found.Begun).Ticks));
        return found.Basis.Settings != basis.Settings || clock.GetUtcNow() - done >= rest;
    }

    private void Keep((string, bool) key, Kept added)
    {
        if (kept.Count >= KeptMax && !kept.ContainsKey(key))
        {
            kept.TryRemove(kept.MinBy(static pair => pair.Value.Begun).Key, out _);
        }

        kept[key] = added;
    }

    private sealed class Kept(BuildingBasis basis, DateTimeOffset begun, Lazy<Task<BuildingView>> view)
    {
        public BuildingBasis Basis { get; } = basis;

        public DateTimeOffset Begun { get; } = begun;

        public DateTimeOffset? Done { get; set; }

        public Lazy<Task<BuildingView>> View { get; } = view;
    }
}
