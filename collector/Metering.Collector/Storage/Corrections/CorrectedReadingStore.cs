using System.Runtime.CompilerServices;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Corrections;

/// <summary>
/// A store as its ledger corrects it: what notes, exports and pages read. A reading that a correction touches says so
/// (<see cref="SampleFlags.Corrected"/>). Appends go through unchanged: raw readings are never rewritten.
/// </summary>
public sealed class CorrectedReadingStore(IReadingStore raw, CorrectionLedger ledger) : IReadingStore
{
    /// <summary>The embedded store as its own ledger corrects it.</summary>
    public static CorrectedReadingStore Of(SqliteDatabase database) => new(new SqliteReadingStore(database), new CorrectionLedger(database));

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken) =>
        raw.AppendAsync(samples, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reading> ReadAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var corrections = await ledger.ActiveAsync(channel, cancellationToken).ConfigureAwait(false);
        await foreach (var reading in raw.ReadAsync(channel, from, to, cancellationToken).ConfigureAwait(false))
        {
            yield return corrections.Count == 0 ? reading : Apply(reading, corrections);
        }
    }

    /// <inheritdoc/>
    public async Task<Reading?> LatestAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        var latest = await raw.LatestAsync(channel, cancellationToken).ConfigureAwait(false);
        return latest is { } reading
            ? Apply(reading, await ledger.ActiveAsync(channel, cancellationToken).ConfigureAwait(false))
            : null;
    }

    /// <inheritdoc/>
    public Task<ChannelStatistics> StatisticsAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadingStatistics.OfAsync(ReadAsync(channel, from, to, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChannelKey>> ChannelsAsync(CancellationToken cancellationToken) => raw.ChannelsAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<BoardReadings> ReadBoardAsync(
        string board, IReadOnlyCollection<string> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var corrections = new Dictionary<string, IReadOnlyList<CorrectionRequest>>(StringComparer.Ordinal);
        foreach (var channel in channels)
        {
            corrections[channel] = await ledger.ActiveAsync(new ChannelKey(board, channel), cancellationToken).ConfigureAwait(false);
        }

        var readings = await raw.ReadBoardAsync(board, channels, from, to, cancellationToken).ConfigureAwait(false);
        return readings.Select((channel, column) =>
            corrections[channel] is { Count: > 0 } active ? column.Select(reading => Apply(reading, active)) : column);
    }

    /// <inheritdoc/>
    /// <remarks>A correction moves no instant and removes no reading.</remarks>
    public Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        raw.ExtentAsync(channel, from, to, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Correction>> CorrectionsAsync(
        IReadOnlyCollection<ChannelKey> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var wanted = channels.ToHashSet();
        var entries = await ledger.ListAsync(null, cancellationToken).ConfigureAwait(false);
        return [.. entries.Where(entry => wanted.Contains(entry.What.Channel) && entry.What.From < to && entry.What.To > from)];
    }

    internal static Reading Apply(Reading reading, IReadOnlyList<CorrectionRequest> corrections)
    {
        foreach (var correction in corrections)
        {
            if (reading.Time < correction.From || reading.Time >= correction.To)
            {
                continue;
            }

            if (correction.Kind == CorrectionKind.Exclude)
            {
                reading = reading with { Value = 0, Missing = MissingReason.Excluded, Flags = reading.Flags | SampleFlags.Corrected };
            }
            else if (reading.Missing == MissingReason.None)
            {
                reading = reading with { Value = checked(reading.Value + correction.Amount!.Value), Flags = reading.Flags | SampleFlags.Corrected };
            }
        }

        return reading;
    }
}
