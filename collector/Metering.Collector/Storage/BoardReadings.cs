using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>
/// Dated readings of some channels of one board in a period, read at once. Memory: 32 bytes a sample and 9 bytes a channel,
/// so that two years of six channels at ten minutes take about 9 MB.
/// </summary>
public sealed class BoardReadings
{
    private readonly Dictionary<string, ChannelColumn> columns;

    internal BoardReadings(string board, Dictionary<string, ChannelColumn> columns) => (Board, this.columns) = (board, columns);

    /// <summary>EUI-64 of the board.</summary>
    public string Board { get; }

    /// <summary>The column of a channel that was asked for; empty when it has no reading.</summary>
    /// <exception cref="ArgumentException">The channel was not asked for.</exception>
    public ChannelColumn Of(string channel) => columns.TryGetValue(channel, out var column)
        ? column
        : throw new ArgumentException($"Channel '{channel}' of board {Board} was not read.", nameof(channel));

    /// <summary>The same board with each channel's column changed.</summary>
    internal BoardReadings Select(Func<string, ChannelColumn, ChannelColumn> change) =>
        new(Board, columns.ToDictionary(entry => entry.Key, entry => change(entry.Key, entry.Value), StringComparer.Ordinal));

    /// <summary>For stores that read channel by channel.</summary>
    internal static async Task<BoardReadings> GatherAsync(
        IReadingStore store, string board, IReadOnlyCollection<string> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, ChannelColumn>(StringComparer.Ordinal);
        foreach (var channel in channels)
        {
            var rows = new SampleRows();
            var column = new ChannelColumn(rows);
            await foreach (var reading in store.ReadAsync(new ChannelKey(board, channel), from, to, cancellationToken).ConfigureAwait(false))
            {
                rows.Add(reading.Time.ToUnixTimeSeconds(), reading.Boot, reading.Sequence, reading.Clock, reading.Flags & ~SampleFlags.Corrected);
                column.Add(reading);
            }

            columns[channel] = column;
        }

        return new BoardReadings(board, columns);
    }
}
