using System.Globalization;
using System.Text.Json;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// A sample whose key is stored with another content: two boards with one identity, or a board that lost its boot
/// counter. Keeping the first and dropping the second in silence would lose energy, so the second is quarantined.
/// </summary>
internal static class ConflictingSample
{
    internal const string Source = "store";

    internal static HeldMessage Describe(Sample sample) => new(
        Source,
        "metering/v1/" + sample.Board + "/readings",
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            board = sample.Board,
            boot = sample.Boot,
            seq = sample.Sequence,
            up = sample.UptimeSeconds,
            time = sample.Time,
            clk = (int)sample.Clock,
            flg = (int)sample.Flags,
            values = sample.Values.Select(static value => new { n = value.Channel, v = value.Value, missing = value.Missing.ToString() }),
        }),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Boot {sample.Boot}, sample {sample.Sequence} is stored with another content: two boards with one identity, or a board that lost its boot counter."));
}
