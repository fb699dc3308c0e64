using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>
/// The readings of a building's channels in a period, each board read once: what notes, exports and data versions are
/// made from. Memory: that of its boards (<see cref="BoardReadings"/>).
/// </summary>
public sealed class BuildingReadings
{
    private readonly Dictionary<string, BoardReadings> boards;
    private readonly ChannelKey[] channels;

    private BuildingReadings(Dictionary<string, BoardReadings> boards, ChannelKey[] channels) => (this.boards, this.channels) = (boards, channels);

    /// <summary>Reads channels in [from, to), boards beside each other.</summary>
    public static async Task<BuildingReadings> ReadAsync(
        IReadingStore store, IEnumerable<ChannelKey> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(channels);
        ChannelKey[] wanted = [.. channels.Distinct().OrderBy(static key => key.Board, StringComparer.Ordinal).ThenBy(static key => key.Channel, StringComparer.Ordinal)];
        var groups = wanted.GroupBy(static key => key.Board, static key => key.Channel, StringComparer.Ordinal).ToArray();
        var read = new BoardReadings[groups.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, groups.Length, options, async (i, token) =>
            read[i] = await store.ReadBoardAsync(groups[i].Key, [.. groups[i]], from, to, token).ConfigureAwait(false)).ConfigureAwait(false);
        return new BuildingReadings(read.ToDictionary(static board => board.Board, StringComparer.Ordinal), wanted);
    }

    /// <summary>Readings of a channel in [from, to), cut at what was read.</summary>
    /// <exception cref="ArgumentException">The channel was not read.</exception>
    public List<Reading> Of(ChannelKey channel, DateTimeOffset from, DateTimeOffset to) => boards.TryGetValue(channel.Board, out var board)
        ? board.Of(channel.Channel).Between(from, to)
        : throw new ArgumentException($"Board {channel.Board} was not read.", nameof(channel));

    /// <summary>The version of all that was read.</summary>
    public DataVersion Version()
    {
        using var hash = new DataVersionHash();
        foreach (var channel in channels)
        {
            hash.Begin(channel);
            foreach (var reading in boards[channel.Board].Of(channel.Channel).All())
            {
                hash.Add(reading);
            }
        }

        return hash.Finish();
    }
}
