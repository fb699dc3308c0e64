using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
    private const int ReadingBytes = 4 * sizeof(long) + 3 * sizeof(int);

    /// <summary>The version of the readings of some channels in [from, to). The order of the channels does not matter.</summary>
    public static async Task<DataVersion> OfAsync(
        IReadingStore store, IEnumerable<ChannelKey> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(channels);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[ReadingBytes];
        long readings = 0;
        foreach (var channel in channels.Distinct().OrderBy(static key => key.ToString(), StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{channel}\n")));
            await foreach (var reading in store.ReadAsync(channel, from, to, cancellationToken).ConfigureAwait(false))
            {
                Write(reading, bytes);
                hash.AppendData(bytes);
                readings++;
            }
        }

        return new DataVersion(Convert.ToHexStringLower(hash.GetHashAndReset()), readings);
    }

    private static void Write(in Reading reading, Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, reading.Time.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], reading.Value);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], reading.Boot);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], reading.Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(destination[32..], (int)reading.Clock);
        BinaryPrimitives.WriteInt32LittleEndian(destination[36..], (int)reading.Flags);
        BinaryPrimitives.WriteInt32LittleEndian(destination[40..], (int)reading.Missing);
    }
}
