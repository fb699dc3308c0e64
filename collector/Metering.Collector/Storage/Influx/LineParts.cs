using System.Text;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Influx;

/// <summary>What identifies a sample in its line.</summary>
internal readonly record struct LineIdentity(long Boot, long Sequence, long UptimeSeconds, ClockQuality Clock, SampleFlags Flags)
{
    internal static LineIdentity Of(Sample sample) => new(sample.Boot, sample.Sequence, sample.UptimeSeconds, sample.Clock, sample.Flags);
}

/// <summary>Names of a channel's two fields as bytes, each with its equals sign: made once a layout, written a million times.</summary>
internal sealed class ChannelFieldNames(string channel)
{
    internal byte[] Value { get; } = Encoding.ASCII.GetBytes(channel + "=");

    internal byte[] Missing { get; } = Encoding.ASCII.GetBytes(channel + "_missing=");
}
