using Metering.Collector.Diagnostics;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Web.Summaries;

/// <summary>
/// Keeps the summaries true: one building after the other, the oldest summary first, and never more than half of the time, so
/// that boards are always served before lists.
/// </summary>
internal sealed partial class SummaryKeeper(
    SummaryStore summaries, SummaryBuilder builder, RegistryStore registry, BoardHealthReader boards, NoteRequests requests, TimeProvider clock, ILogger<SummaryKeeper> logger)
    : BackgroundService
{
    /// <summary>A building whose readings go on arriving is summed up at most this often.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromMinutes(1);

    /// <summary>And no sooner than this many times what it cost: a large building takes its time, not everybody's.</summary>
    public const int RestPerCost = 60;

    /// <summary>Between two looks for buildings that changed.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await summaries.LoadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings every building up to date, without rests.</summary>
    /// <returns>Buildings that were summed up.</returns>
    public Task<int> RefreshAllAsync(CancellationToken cancellationToken) => RefreshAsync(withRests: false, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(withRests: true, stoppingToken).ConfigureAwait(false);
            }
            catch (StoreUnavailableException e)
            {
                NotRefreshed(logger, e);
            }

            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task<int> RefreshAsync(bool withRests, CancellationToken cancellationToken)
    {
        var snapshot = await registry.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var healths = await boards.ReadAsync(requests.ReplayEnd, cancellationToken).ConfigureAwait(false);
        await summaries.KeepOnlyAsync(snapshot.Buildings.Select(static b => b.Id).ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        var done = 0;
        foreach (var building in snapshot.Buildings.OrderBy(b => summaries.Find(b.Id)?.Made ?? DateTimeOffset.MinValue))
        {
            var begun = clock.GetTimestamp();
            if (!await TryRefreshAsync(building.Id).ConfigureAwait(false))
            {
                continue;
            }

            done++;
            if (withRests)
            {
                await Task.Delay(clock.GetElapsedTime(begun), clock, cancellationToken).ConfigureAwait(false);
            }
        }

        return done;

        async Task<bool> TryRefreshAsync(string buildingId)
        {
            var known = summaries.Find(buildingId);
            var now = clock.GetUtcNow();
            if (withRests && known is { HasReadings: true } && now - known.Made < RestOf(known))
            {
                return false;
            }

            try
            {
                var basis = await builder.BasisAsync(buildingId, snapshot, healths, cancellationToken).ConfigureAwait(false);
                if (basis == known?.Basis)
                {
                    return false;
                }

                var started = clock.GetTimestamp();
                var summary = await builder.BuildAsync(buildingId, snapshot, basis, now, cancellationToken).ConfigureAwait(false);
                summary = summary with { CostS = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3) };
                await summaries.SaveAsync(summary, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (NoteException e)
            {
                NotSummed(logger, buildingId, e);
                return false;
            }
        }
    }

    private static TimeSpan RestOf(BuildingSummary summary) =>
        TimeSpan.FromSeconds(Math.Max(RefreshEvery.TotalSeconds, RestPerCost * summary.CostS));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The summaries of buildings could not be refreshed; they are tried again.")]
    private static partial void NotRefreshed(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Building {Building} could not be summed up.")]
    private static partial void NotSummed(ILogger logger, string building, Exception cause);
}
