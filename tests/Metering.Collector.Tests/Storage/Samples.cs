using Metering.Core.Readings;

namespace Metering.Collector.Tests.Storage;

/// <summary>Samples for store tests.</summary>
internal static class Samples
{
    /// <summary>The example MAC of RFC 9039, as EUI-64.</summary>
    internal const string Board = "0024befffe804ff1";

    internal const string OtherBoard = "0024befffe804ff2";

    internal static ChannelKey Ch1 => new(Board, "ch1");

    internal static Sample Of(
        long boot,
        long seq,
        DateTimeOffset? time,
        long pulses = 0,
        long temperature = 2100,
        long humidity = 5000,
        ClockQuality clock = ClockQuality.Synchronised,
        long up = 600,
        string board = Board) =>
        new(
            board,
            boot,
            seq,
            up,
            time,
            clock,
            SampleFlags.None,
            [
                new("ch1", Quantity.PulseRegister, pulses, MissingReason.None),
                new("t1", Quantity.AirTemperature, temperature, MissingReason.None),
                new("rh1", Quantity.RelativeHumidity, humidity, MissingReason.None),
            ]);

    internal static Sample Undated(long boot, long seq, long up) => Of(boot, seq, null, clock: ClockQuality.None, up: up);

    /// <summary>Samples of boot 1 at a fixed step, sequence from 1, register 0, 3, 6, ...</summary>
    internal static Sample[] Series(DateTimeOffset from, TimeSpan step, int count, string board = Board) =>
        [.. Enumerable.Range(0, count).Select(i => Of(
            1, i + 1, from + i * step, pulses: 3L * i, temperature: 2000 + i % 100, humidity: 4000 + i % 300, up: 60 + (long)(i * step).TotalSeconds, board: board))];
}
