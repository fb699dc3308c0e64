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

    /// <summary>Why replaying does not help, and what does.</summary>
    internal const string WhyNot =
        "Its key is taken, and replaying does not change that: take it in under a boot (or board) of its own with 'metering quarantine adopt', or drop it.";

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
            $"Boot {sample.Boot}, sample {sample.Sequence} is stored with another content: two boards with one identity, or a board that lost its boot counter. ") + WhyNot);

    /// <summary>The sample of an entry, or null: the entry was cut, or is no conflict.</summary>
    internal static Sample? Read(HeldMessage message)
    {
        if (message.Source != Source)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(message.Payload);
            var root = document.RootElement;
            return new Sample(
                root.GetProperty("board").GetString()!,
                root.GetProperty("boot").GetInt64(),
                root.GetProperty("seq").GetInt64(),
                root.GetProperty("up").GetInt64(),
                root.GetProperty("time") is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : null,
                (ClockQuality)root.GetProperty("clk").GetInt32(),
                (SampleFlags)root.GetProperty("flg").GetInt32(),
                [.. root.GetProperty("values").EnumerateArray().Select(Value)]);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static SampleValue Value(JsonElement value)
    {
        var channel = value.GetProperty("n").GetString()!;
        return new SampleValue(
            channel,
            Quantities.OfChannel(channel) ?? throw new FormatException(channel),
            value.GetProperty("v").GetInt64(),
            Enum.Parse<MissingReason>(value.GetProperty("missing").GetString()!));
    }
}
