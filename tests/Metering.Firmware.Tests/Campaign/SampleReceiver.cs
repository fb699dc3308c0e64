using System.Collections.Concurrent;
using System.Text.Json;
using Metering.Simulator.Scenarios;
using Metering.Virtual;

namespace Metering.Firmware.Tests.Campaign;

/// <summary>
/// A collector in small, written against docs/wire-format.md alone: decodes packs with a general JSON parser, drops what
/// it has by (board, boot, seq), dates what came undated.
/// </summary>
internal sealed class SampleReceiver
{
    public ConcurrentDictionary<string, ReceivedBoard> Boards { get; } = new(StringComparer.Ordinal);

    public IMqttLink LinkOf(ScenarioBoard board)
    {
        var received = Boards.GetOrAdd(board.Eui64, _ => new ReceivedBoard());
        return new InMemoryMqttLink
        {
            OnPublish = message =>
            {
                if (message.Topic == $"metering/v1/{board.Eui64}/readings")
                {
                    received.Take(message.Payload);
                }

                return true;
            },
        };
    }
}

/// <summary>What arrived from one board.</summary>
internal sealed class ReceivedBoard
{
    /// <summary>By boot and sequence.</summary>
    public SortedDictionary<(long Boot, long Seq), ReceivedSample> Samples { get; } = [];

    public long Duplicates { get; private set; }

    public void Take(byte[] payload)
    {
        using var pack = JsonDocument.Parse(payload);
        ReceivedSample? sample = null;
        foreach (var record in pack.RootElement.EnumerateArray())
        {
            var name = record.GetProperty("n").GetString()!;
            if (name == "seq")
            {
                Keep(sample);
                sample = new ReceivedSample { Seq = record.GetProperty("v").GetInt64(), Time = record.GetProperty("bt").GetInt64() };
                continue;
            }

            if (!record.TryGetProperty("v", out var value))
            {
                sample!.Missing[name] = record.GetProperty("vs").GetString()!;
                continue;
            }

            switch (name)
            {
                case "boot":
                    sample!.Boot = value.GetInt64();
                    break;
                case "up":
                    sample!.Up = value.GetInt64();
                    break;
                case "clk":
                    sample!.Clock = value.GetInt32();
                    break;
                case "flg":
                    sample!.Flags = value.GetInt32();
                    break;
                default:
                    sample!.Values[name] = value.GetDecimal();
                    break;
            }
        }

        Keep(sample);
    }

    /// <summary>Samples with a clock by their instant, Unix seconds; an instant taken twice fails.</summary>
    public Dictionary<long, Dictionary<string, decimal>> ByTime() =>
        Samples.Values.Where(s => s.Time != 0).ToDictionary(s => s.Time, s => s.Values);

    private void Keep(ReceivedSample? sample)
    {
        if (sample is not null && !Samples.TryAdd((sample.Boot, sample.Seq), sample))
        {
            Duplicates++;
            Assert(sample);
        }
    }

    /// <summary>A repeat says what the first one said.</summary>
    private void Assert(ReceivedSample sample) =>
        Xunit.Assert.Equal(Samples[(sample.Boot, sample.Seq)].Values, sample.Values);
}

/// <summary>One sample as it came.</summary>
internal sealed class ReceivedSample
{
    public long Boot { get; set; }

    public long Seq { get; set; }

    /// <summary>Unix seconds, or 0 without a clock.</summary>
    public long Time { get; set; }

    /// <summary>Uptime, s.</summary>
    public long Up { get; set; }

    public int Clock { get; set; }

    public int Flags { get; set; }

    public Dictionary<string, decimal> Values { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Missing { get; } = new(StringComparer.Ordinal);
}
