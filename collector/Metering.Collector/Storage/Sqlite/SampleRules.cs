using System.Globalization;
using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>What every store refuses before it writes anything: mistakes of a caller, never of a board (ingest validates those).</summary>
internal static class SampleRules
{
    /// <summary>Samples of one call.</summary>
    internal const int SamplesPerAppendMax = 20_000;

    private const int BoardDigits = 16;
    private static readonly DateTimeOffset TimeMin = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset TimeMax = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static void Check(IReadOnlyList<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count > SamplesPerAppendMax)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{samples.Count} samples in one call; at most {SamplesPerAppendMax} are allowed."),
                nameof(samples));
        }

        foreach (var sample in samples)
        {
            if (Fault(sample) is { } fault)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Sample {sample?.Board}/{sample?.Boot}/{sample?.Sequence}: {fault}"),
                    nameof(samples));
            }
        }
    }

    private static string? Fault(Sample? sample)
    {
        if (sample is null)
        {
            return "null.";
        }

        if (!IsBoard(sample.Board))
        {
            return "the board is named by sixteen lower-case hexadecimal digits.";
        }

        if (sample.Boot < 1 || sample.Sequence < 1 || sample.UptimeSeconds < 0)
        {
            return "boot and sequence start at 1, uptime at 0.";
        }

        if (sample.Time is { } time && (time < TimeMin || time >= TimeMax || time.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            return string.Create(CultureInfo.InvariantCulture, $"time {time:O} is not a whole second from 1970 to 2199.");
        }

        return ChannelFault(sample.Values);
    }

    private static string? ChannelFault(IReadOnlyList<SampleValue> values)
    {
        if (values.Count > Sqlite.SampleCodec.ChannelsMax)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{values.Count} channels; at most {Sqlite.SampleCodec.ChannelsMax} are allowed.");
        }

        for (var i = 0; i < values.Count; i++)
        {
            var value = values[i];
            if (value.Channel is null || Quantities.OfChannel(value.Channel) != value.Quantity)
            {
                return $"channel '{value.Channel}' does not measure {value.Quantity}.";
            }

            for (var other = 0; other < i; other++)
            {
                if (string.Equals(values[other].Channel, value.Channel, StringComparison.Ordinal))
                {
                    return $"channel '{value.Channel}' twice.";
                }
            }
        }

        return null;
    }

    internal static bool IsBoard(string? board)
    {
        if (board is not { Length: BoardDigits })
        {
            return false;
        }

        foreach (var digit in board)
        {
            if (!char.IsAsciiHexDigitLower(digit))
            {
                return false;
            }
        }

        return true;
    }
}
