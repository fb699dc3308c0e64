using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Influx;

/// <summary>
/// One sample is one line of measurement <c>sample</c>: tag <c>board</c>, one integer field a channel under the channel's
/// own name, and what dates and identifies it (docs/influxdb.md). All fields are integers, always, so that no two
/// writers can disagree on a type.
/// </summary>
internal static class LineProtocol
{
    internal const string Samples = "sample";
    internal const string Undated = "undated";
    internal const string Boots = "boot";

    private const int LineBytesMax = 8192;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long BootsPerSecond = 1000;
    private const long SequencesPerBoot = NanosecondsPerSecond / BootsPerSecond;

    /// <summary>
    /// The instant of a sample's point, ns. Points of one series and one instant overwrite each other, and a board whose
    /// clock is set back takes two samples at one instant: boot and sequence go into the part below the second.
    /// </summary>
    internal static long PointTime(long seconds, long boot, long sequence) =>
        (seconds * NanosecondsPerSecond) + (boot % BootsPerSecond * SequencesPerBoot) + (sequence % SequencesPerBoot);

    /// <summary>The instant of the point of a sample that has none: it only has to be its own.</summary>
    internal static long UndatedPointTime(long boot, long sequence) =>
        (boot * NanosecondsPerSecond) + (sequence % NanosecondsPerSecond);

    internal static long BootPointTime(long boot) => boot * NanosecondsPerSecond;

    /// <summary>Whole seconds of a point of <see cref="Samples"/>.</summary>
    internal static long Seconds(long pointTime) => pointTime / NanosecondsPerSecond;

    internal static void WriteSample(IBufferWriter<byte> output, Sample sample)
    {
        var line = new Line(output, Samples, sample.Board);
        line.Values(sample.Values);
        line.Identity(LineIdentity.Of(sample));
        line.End(PointTime(sample.Time!.Value.ToUnixTimeSeconds(), sample.Boot, sample.Sequence));
    }

    /// <summary>Begin of each line of a board's samples.</summary>
    internal static byte[] HeadOf(string board) => Encoding.ASCII.GetBytes($"{Samples},board={board} ");

    /// <summary>The same line as <see cref="WriteSample(IBufferWriter{byte}, Sample)"/>, from a stored row, without an object a value.</summary>
    internal static void WriteSample(
        IBufferWriter<byte> output, byte[] head, ReadOnlySpan<ChannelFieldNames> names, ReadOnlySpan<byte> values, in LineIdentity identity, long seconds)
    {
        var line = new Line(output, head);
        var reader = new SampleCodec.Values(values);
        foreach (var name in names)
        {
            var (value, missing) = reader.Next();
            line.Field(missing == MissingReason.None ? name.Value : name.Missing, missing == MissingReason.None ? value : (int)missing);
        }

        line.Identity(identity);
        line.End(PointTime(seconds, identity.Boot, identity.Sequence));
    }

    /// <summary>A sample without a clock.</summary>
    internal static void WriteUndated(IBufferWriter<byte> output, Sample sample)
    {
        var line = new Line(output, Undated, sample.Board);
        line.Values(sample.Values);
        line.Identity(LineIdentity.Of(sample));
        line.Field("superseded", 0);
        line.End(UndatedPointTime(sample.Boot, sample.Sequence));
    }

    /// <summary>A sample without a clock came again with one: the point stays and no longer counts.</summary>
    internal static void WriteSuperseded(IBufferWriter<byte> output, string board, long boot, long sequence)
    {
        var line = new Line(output, Undated, board);
        line.Field("superseded", 1);
        line.End(UndatedPointTime(boot, sequence));
    }

    /// <summary>What dates the samples of a boot that have no clock.</summary>
    internal static void WriteBoot(IBufferWriter<byte> output, string board, long boot, long clock, long sequence, long epoch)
    {
        var line = new Line(output, Boots, board);
        line.Field("boot", boot);
        line.Field("clk", clock);
        line.Field("seq", sequence);
        line.Field("epoch", epoch);
        line.End(BootPointTime(boot));
    }

    private ref struct Line
    {
        private readonly IBufferWriter<byte> output;
        private readonly Span<byte> span;
        private int length;
        private bool hasField;

        internal Line(IBufferWriter<byte> output, string measurement, string board)
        {
            this.output = output;
            span = output.GetSpan(LineBytesMax);
            Text(measurement);
            Text(",board=");
            Text(board);
            span[length++] = (byte)' ';
        }

        internal Line(IBufferWriter<byte> output, ReadOnlySpan<byte> head)
        {
            this.output = output;
            span = output.GetSpan(LineBytesMax);
            head.CopyTo(span);
            length = head.Length;
        }

        internal void Values(IReadOnlyList<SampleValue> values)
        {
            for (var i = 0; i < values.Count; i++)
            {
                var value = values[i];
                if (value.Missing == MissingReason.None)
                {
                    Field(value.Channel, value.Value);
                }
                else
                {
                    Field(value.Channel, "_missing", (int)value.Missing);
                }
            }
        }

        internal void Identity(in LineIdentity identity)
        {
            Field("boot="u8, identity.Boot);
            Field("seq="u8, identity.Sequence);
            Field("up="u8, identity.UptimeSeconds);
            Field("clk="u8, (int)identity.Clock);
            Field("flg="u8, (int)identity.Flags);
        }

        /// <summary>A field whose name comes with its equals sign.</summary>
        internal void Field(ReadOnlySpan<byte> nameAndEquals, long value)
        {
            if (hasField)
            {
                span[length++] = (byte)',';
            }

            hasField = true;
            nameAndEquals.CopyTo(span[length..]);
            length += nameAndEquals.Length;
            Number(value);
            span[length++] = (byte)'i';
        }

        internal void Field(string name, long value) => Field(name, "", value);

        internal void End(long time)
        {
            span[length++] = (byte)' ';
            Number(time);
            span[length++] = (byte)'\n';
            output.Advance(length);
        }

        private void Field(string name, string suffix, long value)
        {
            if (hasField)
            {
                span[length++] = (byte)',';
            }

            hasField = true;
            Text(name);
            Text(suffix);
            span[length++] = (byte)'=';
            Number(value);
            span[length++] = (byte)'i';
        }

        private void Text(string text) => length += Encoding.ASCII.GetBytes(text, span[length..]);

        private void Number(long value)
        {
            Utf8Formatter.TryFormat(value, span[length..], out var written);
            length += written;
        }
    }
}
