using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>
/// Where readings are kept. Two adapters, SQLite and InfluxDB, pass one contract suite
/// (tests/Metering.Collector.Tests/Storage/ReadingStoreContract).
/// </summary>
public interface IReadingStore
{
    /// <summary>
    /// Stores samples. Durable when the task completes; idempotent on (board, boot, sequence): the same samples any
    /// number of times, in any order, leave the same store.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing of the batch can be acknowledged; try again later.</exception>
    Task<AppendResult> AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken);

    /// <summary>Dated readings of one channel in [from, to), ordered by time, then boot, then sequence; memory does not grow with the range.</summary>
    IAsyncEnumerable<Reading> ReadAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The newest dated reading of a channel, or null.</summary>
    Task<Reading?> LatestAsync(ChannelKey channel, CancellationToken cancellationToken);

    /// <summary>Count, first and last of a channel in [from, to).</summary>
    Task<ChannelStatistics> StatisticsAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Every channel that has at least one reading, ordered by board and channel.</summary>
    Task<IReadOnlyList<ChannelKey>> ChannelsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The same readings as <see cref="ReadAsync"/> of some channels of one board, in one pass over the store where it can:
    /// for who needs a building whole. Memory grows with the range (<see cref="BoardReadings"/>).
    /// </summary>
    Task<BoardReadings> ReadBoardAsync(
        string board, IReadOnlyCollection<string> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        BoardReadings.GatherAsync(this, board, channels, from, to, cancellationToken);

    /// <summary>Instants of the first and the last dated reading of a channel in [from, to), with or without a value; null: there is none.</summary>
    async Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var statistics = await StatisticsAsync(channel, from, to, cancellationToken).ConfigureAwait(false);
        return statistics is { First: { } first, Last: { } last } ? (first.Time, last.Time) : null;
    }

    /// <summary>
    /// Entries of the correction ledger that touch these channels in [from, to), revoked ones too, oldest first: what a
    /// document made from these readings has to print (law 8). A store without a ledger has none.
    /// </summary>
    Task<IReadOnlyList<Corrections.Correction>> CorrectionsAsync(
        IReadOnlyCollection<ChannelKey> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Corrections.Correction>>([]);
}

/// <summary>
/// What an append did: <paramref name="Stored"/> new samples, <paramref name="Duplicates"/> that were there already,
/// <paramref name="Conflicts"/> whose key was there with another content (kept in quarantine).
/// </summary>
public readonly record struct AppendResult(int Stored, int Duplicates, int Conflicts = 0);

/// <summary>Facts about one channel in one period. <paramref name="Count"/> counts readings that hold a value.</summary>
public sealed record ChannelStatistics(long Count, long Missing, Reading? First, Reading? Last);

/// <summary>The store cannot write or read now; nothing of the call took effect that may be acknowledged.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
