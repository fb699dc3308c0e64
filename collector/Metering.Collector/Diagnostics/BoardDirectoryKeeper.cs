using Metering.Collector.Storage;

namespace Metering.Collector.Diagnostics;

/// <summary>
/// Brings the states of boards back when the collector starts, and writes those that changed every <see cref="SaveEvery"/>
/// and at the end. What a kill loses is at most that much, and boards say it again when they connect.
/// </summary>
internal sealed partial class BoardDirectoryKeeper(BoardDirectory directory, BoardStateStore store, TimeProvider clock, ILogger<BoardDirectoryKeeper> logger)
    : BackgroundService, IAsyncDisposable
{
    /// <summary>Between two saves.</summary>
    public static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        directory.Restore(await store.LoadAsync(cancellationToken).ConfigureAwait(false));
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what changed.</summary>
    /// <returns>Boards written.</returns>
    public async Task<int> SaveAsync(CancellationToken cancellationToken)
    {
        var changed = directory.All.Select(static state => (State: state, Stored: state.TakeUnsaved())).Where(static pair => pair.Stored is not null).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        try
        {
            return await store.SaveAsync([.. changed.Select(static pair => pair.Stored!)], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            changed.ForEach(static pair => pair.State.KeepUnsaved());
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await TrySaveAsync(CancellationToken.None).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SaveEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await TrySaveAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            NotSaved(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The states of boards could not be saved; they are tried again.")]
    private static partial void NotSaved(ILogger logger, Exception cause);
}
