using System.Buffers;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Influx;

/// <summary>What dates the samples of a boot: clock quality, sequence, and the instant (Unix seconds) at which its uptime was 0.</summary>
internal readonly record struct InfluxBoot(long Clock, long Sequence, long Epoch);

/// <summary>What the server has of a board.</summary>
internal sealed class InfluxKnown(string board)
{
    internal string Board { get; } = board;

    internal Dictionary<(long Boot, long Sequence), Sample> Dated { get; } = [];

    internal Dictionary<(long Boot, long Sequence), Sample> Undated { get; } = [];

    internal Dictionary<long, InfluxBoot> Boots { get; } = [];

    /// <summary>Samples without a clock of boots that have one, with their instants.</summary>
    internal IEnumerable<Sample> Late()
    {
        foreach (var sample in Undated.Values)
        {
            if (Boots.TryGetValue(sample.Boot, out var boot))
            {
                yield return sample with { Time = DateTimeOffset.FromUnixTimeSeconds(boot.Epoch + sample.UptimeSeconds) };
            }
        }
    }
}

/// <summary>The lines that take a server from what it has to what it should have, with the same rules as the embedded store.</summary>
internal sealed class InfluxAppendPlan
{
    private readonly ArrayBufferWriter<byte> lines = new();

    internal ReadOnlyMemory<byte> Lines => lines.WrittenMemory;

    internal AppendResult Result { get; private set; }

    internal void Add(InfluxKnown known, IEnumerable<Sample> samples)
    {
        var (stored, duplicates, conflicts) = Result;
        foreach (var sample in samples)
        {
            switch (sample.Time is null ? Undated(known, sample) : Dated(known, sample))
            {
                case true:
                    stored++;
                    break;
                case false:
                    duplicates++;
                    break;
                default:
                    conflicts++;
                    break;
            }
        }

        Result = new AppendResult(stored, duplicates, conflicts);
    }

    /// <summary>True: new, false: known, null: known with another content.</summary>
    private bool? Dated(InfluxKnown known, Sample sample)
    {
        var key = (sample.Boot, sample.Sequence);
        if (known.Dated.TryGetValue(key, out var stored))
        {
            return InfluxSample.Same(stored, sample) ? false : null;
        }

        var superseded = known.Undated.Remove(key);
        if (superseded)
        {
            LineProtocol.WriteSuperseded(lines, known.Board, sample.Boot, sample.Sequence);
        }

        known.Dated.Add(key, sample);
        LineProtocol.WriteSample(lines, sample);
        Anchor(known, sample);
        return !superseded;
    }

    private bool? Undated(InfluxKnown known, Sample sample)
    {
        var key = (sample.Boot, sample.Sequence);
        if (known.Dated.ContainsKey(key))
        {
            return false;
        }

        if (known.Undated.TryGetValue(key, out var stored))
        {
            return InfluxSample.SameContent(stored, sample) ? false : null;
        }

        known.Undated.Add(key, sample);
        LineProtocol.WriteUndated(lines, sample);
        return true;
    }

    private void Anchor(InfluxKnown known, Sample sample)
    {
        var clock = (long)sample.Clock;
        if (clock == 0
            || (known.Boots.TryGetValue(sample.Boot, out var boot)
                && (clock < boot.Clock || (clock == boot.Clock && sample.Sequence >= boot.Sequence))))
        {
            return;
        }

        var epoch = sample.Time!.Value.ToUnixTimeSeconds() - sample.UptimeSeconds;
        known.Boots[sample.Boot] = new InfluxBoot(clock, sample.Sequence, epoch);
        LineProtocol.WriteBoot(lines, known.Board, sample.Boot, clock, sample.Sequence, epoch);
    }
}
