using Metering.Core.Readings;

namespace Metering.Collector.Storage.Influx;

/// <summary>A sample from a row of <c>SELECT *</c>.</summary>
internal static class InfluxSample
{
    private const string MissingSuffix = "_missing";

    internal static Sample Of(string board, InfluxRows series, long?[] row, bool dated)
    {
        var values = new List<SampleValue>();
        long boot = 0;
        long sequence = 0;
        long uptime = 0;
        long clock = 0;
        long flags = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is not { } number)
            {
                continue;
            }

            switch (series.Columns[i])
            {
                case "boot":
                    boot = number;
                    break;
                case "seq":
                    sequence = number;
                    break;
                case "up":
                    uptime = number;
                    break;
                case "clk":
                    clock = number;
                    break;
                case "flg":
                    flags = number;
                    break;
                case var name:
                    AddValue(values, name, number);
                    break;
            }
        }

        DateTimeOffset? time = dated ? DateTimeOffset.FromUnixTimeSeconds(LineProtocol.Seconds(row[0]!.Value)) : null;
        return new Sample(board, boot, sequence, uptime, time, (ClockQuality)clock, (SampleFlags)flags, values);
    }

    internal static bool Same(Sample one, Sample other) =>
        one.Time == other.Time && SameContent(one, other);

    /// <summary>Equal but for the instant.</summary>
    internal static bool SameContent(Sample one, Sample other) =>
        one.UptimeSeconds == other.UptimeSeconds
        && one.Clock == other.Clock
        && one.Flags == other.Flags
        && one.Values.Count == other.Values.Count
        && one.Values.All(other.Values.Contains);

    private static void AddValue(List<SampleValue> values, string column, long number)
    {
        var isMissing = column.EndsWith(MissingSuffix, StringComparison.Ordinal);
        var channel = isMissing ? column[..^MissingSuffix.Length] : column;
        if (Quantities.OfChannel(channel) is { } quantity)
        {
            values.Add(isMissing
                ? new SampleValue(channel, quantity, 0, (MissingReason)number)
                : new SampleValue(channel, quantity, number, MissingReason.None));
        }
    }
}
