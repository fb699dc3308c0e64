using Metering.Collector.Storage.Influx;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// The values of one sample as the bytes of a row: a bit mask of the channels that hold no value, then one number a
/// channel in the order of the board's layout: the value zigzag-coded, or the reason why it is missing. All are
/// variable-length integers, seven bits a byte, so that a sample of six channels takes about sixteen bytes.
/// </summary>
internal static class SampleCodec
{
    /// <summary>Channels of one sample: bits of the mask.</summary>
    internal const int ChannelsMax = 63;

    private const int VarintBytesMax = 10;

    internal const int BytesMax = (ChannelsMax + 1) * VarintBytesMax;

    /// <summary>Writes the values and returns the number of bytes.</summary>
    internal static int Write(IReadOnlyList<SampleValue> values, Span<byte> destination)
    {
        ulong missing = 0;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Missing != MissingReason.None)
            {
                missing |= 1UL << i;
            }
        }

        var length = WriteVarint(missing, destination);
        for (var i = 0; i < values.Count; i++)
        {
            var value = values[i];
            var coded = value.Missing == MissingReason.None
                ? (ulong)((value.Value << 1) ^ (value.Value >> 63))
                : (ulong)value.Missing;
            length += WriteVarint(coded, destination[length..]);
        }

        return length;
    }

    /// <summary>The value at one position of the layout.</summary>
    internal static (long Value, MissingReason Missing) ReadAt(ReadOnlySpan<byte> source, int position)
    {
        var missing = ReadVarint(ref source);
        for (var skipped = 0; skipped < position; skipped++)
        {
            Skip(ref source);
        }

        return Decode(ReadVarint(ref source), (missing >> position & 1) != 0);
    }

    /// <summary>All values, with the channel names of the layout.</summary>
    internal static SampleValue[] Read(ReadOnlySpan<byte> source, ChannelLayout layout)
    {
        var values = new SampleValue[layout.Channels.Count];
        var missing = ReadVarint(ref source);
        for (var i = 0; i < values.Length; i++)
        {
            var (value, reason) = Decode(ReadVarint(ref source), (missing >> i & 1) != 0);
            values[i] = new SampleValue(layout.Channels[i], layout.Quantities[i], value, reason);
        }

        return values;
    }

    /// <summary>Adds the values that are asked for to their columns.</summary>
    /// <param name="source">The bytes of a row.</param>
    /// <param name="columnAt">The column of each position of the layout; below 0: not asked for.</param>
    /// <param name="columns">The columns.</param>
    /// <returns>Whether there was one at all.</returns>
    internal static bool ReadInto(ReadOnlySpan<byte> source, int[] columnAt, ChannelColumn[] columns)
    {
        var missing = ReadVarint(ref source);
        var any = false;
        for (var i = 0; i < columnAt.Length; i++)
        {
            if (columnAt[i] < 0)
            {
                Skip(ref source);
                continue;
            }

            var (value, reason) = Decode(ReadVarint(ref source), (missing >> i & 1) != 0);
            columns[columnAt[i]].Add(value, reason);
            any = true;
        }

        return any;
    }

    /// <summary>Reads the values of a row one after the other, in the order of its layout.</summary>
    internal ref struct Values
    {
        private readonly ulong missing;
        private ReadOnlySpan<byte> rest;
        private int position;

        internal Values(ReadOnlySpan<byte> source)
        {
            rest = source;
            missing = ReadVarint(ref rest);
        }

        /// <summary>The next value, or why there is none.</summary>
        internal (long Value, MissingReason Missing) Next() => Decode(ReadVarint(ref rest), (missing >> position++ & 1) != 0);
    }

    private static (long Value, MissingReason Missing) Decode(ulong coded, bool missing) =>
        missing ? (0, (MissingReason)coded) : ((long)(coded >> 1) ^ -(long)(coded & 1), MissingReason.None);

    private static int WriteVarint(ulong value, Span<byte> destination)
    {
        var length = 0;
        while (value >= 0x80)
        {
            destination[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[length++] = (byte)value;
        return length;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> source)
    {
        ulong value = 0;
        for (var i = 0; ; i++)
        {
            value |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return value;
            }
        }
    }

    private static void Skip(ref ReadOnlySpan<byte> source)
    {
        var i = 0;
        while (source[i] >= 0x80)
        {
            i++;
        }

        source = source[(i + 1)..];
    }
}

/// <summary>Which channels a board sends, in the order it sends them; stored once and named by number in each row.</summary>
internal sealed class ChannelLayout
{
    internal ChannelLayout(long id, string channels)
    {
        Id = id;
        Channels = channels.Length == 0 ? [] : channels.Split(',');
        FieldNames = [.. Channels.Select(static channel => new ChannelFieldNames(channel))];
        Quantities = [.. Channels.Select(static channel => Metering.Core.Readings.Quantities.OfChannel(channel)!.Value)];
    }

    internal long Id { get; }

    internal IReadOnlyList<string> Channels { get; }

    internal IReadOnlyList<Quantity> Quantities { get; }

    /// <summary>Names of the channels' fields in line protocol.</summary>
    internal ChannelFieldNames[] FieldNames { get; }

    internal static string NameOf(IReadOnlyList<SampleValue> values) => string.Join(',', values.Select(static value => value.Channel));

    internal bool Fits(IReadOnlyList<SampleValue> values)
    {
        if (values.Count != Channels.Count)
        {
            return false;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (!string.Equals(values[i].Channel, Channels[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    internal int PositionOf(string channel)
    {
        for (var i = 0; i < Channels.Count; i++)
        {
            if (string.Equals(Channels[i], channel, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
