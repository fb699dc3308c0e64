using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>
/// Which readings a computed document stands on (laws 7 and 11): the same readings have the same version in every
/// store and after a restore; one late, missing or corrected reading changes it.
/// </summary>
/// <param name="Hash">SHA-256 over the channels' names and readings, 64 lower-case hexadecimal digits.</param>
/// <param name="Readings">Readings it covers.</param>
public sealed record DataVersion(string Hash, long Readings)
{
    /// <summary>The version of the readings of some channels in [from, to). The order of the channels does not matter.</summary>
    public static async Task<DataVersion> OfAsync(
        IReadingStore store, IEnumerable<ChannelKey> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(channels);
        using var hash = new DataVersionHash();
        foreach (var board in channels.Distinct().GroupBy(static key => key.Board, static key => key.Channel, StringComparer.Ordinal).OrderBy(static board => board.Key, StringComparer.Ordinal))
        {
            // One board at a time: a version may be asked of more than fits into memory.
            string[] names = [.. board.Order(StringComparer.Ordinal)];
            var readings = await store.ReadBoardAsync(board.Key, names, from, to, cancellationToken).ConfigureAwait(false);
            foreach (var name in names)
            {
                hash.Begin(new ChannelKey(board.Key, name));
                foreach (var reading in readings.Of(name).All())
                {
                    hash.Add(reading);
                }
            }
        }

        return hash.Finish();
    }
}
