using Metering.Core.Readings;

namespace Metering.Collector.Ingest;

/// <summary>Turns the records of one pack into samples and refuses what the wire format does not allow.</summary>
internal sealed class PackBuilder(string board, DateTimeOffset now)
{
    private readonly List<Sample> samples = new(4);
    private bool named;
    private bool open;
    private long time;
    private long sequence;
    private long boot;
    private long uptime;
    private long clock;
    private long flags;
    private List<SampleValue> values = [];

    /// <summary>Takes the next record.</summary>
    /// <returns>Null, or why the pack is refused.</returns>
    public PackFault? Add(in SenmlRecord record)
    {
        if (record.Has(SenmlField.BaseName))
        {
            if (record.BaseName!.Length != 29 || !record.BaseName.StartsWith("urn:dev:mac:", StringComparison.Ordinal)
                || !record.BaseName.EndsWith(':') || !record.BaseName.AsSpan(12, 16).SequenceEqual(board))
            {
                return new("wrong-board", $"The base name is '{Shown(record.BaseName)}'; the topic belongs to urn:dev:mac:{board}:.");
            }

            named = true;
        }

        if (!named)
        {
            return new("no-base-name", "The first record has no base name (bn).");
        }

        if (record.Name is null)
        {
            return new("no-name", "A record has no name (n).");
        }

        if (record.Has(SenmlField.BaseTime) && record.Name != "seq")
        {
            return new("stray-time", $"The record '{Shown(record.Name)}' carries a base time; only 'seq' may.");
        }

        if (record.Name == "seq")
        {
            return Begin(record);
        }

        if (!open)
        {
            return new("no-sample", $"The record '{Shown(record.Name)}' comes before the first 'seq'.");
        }

        return record.Name switch
        {
            "boot" => Whole(record, "count", 1, IngestLimits.BootMax, ref boot),
            "up" => Whole(record, "s", 0, IngestLimits.IntegerMax, ref uptime),
            "clk" => Whole(record, null, 0, 2, ref clock),
            "flg" => Whole(record, null, 0, 255, ref flags),
            _ => AddValue(record),
        };
    }

    /// <summary>Closes the last sample.</summary>
    public PackFault? Finish(out IReadOnlyList<Sample> result)
    {
        result = [];
        if (!open)
        {
            return new("empty", "The pack holds no sample.");
        }

        if (Close() is { } refused)
        {
            return refused;
        }

        result = samples;
        return null;
    }

    private PackFault? Begin(in SenmlRecord record)
    {
        if (open && Close() is { } refused)
        {
            return refused;
        }

        if (samples.Count == IngestLimits.SamplesPerPackMax)
        {
            return new("too-many-samples", $"The pack holds more than {IngestLimits.SamplesPerPackMax} samples.");
        }

        if (!record.Has(SenmlField.BaseTime))
        {
            return new("no-time", "A 'seq' record has no base time (bt); a sample without a clock says \"bt\":0.");
        }

        open = true;
        time = record.BaseTime;
        boot = -1;
        uptime = -1;
        clock = -1;
        flags = 0;
        values = new List<SampleValue>(4);
        return Whole(record, "count", 1, IngestLimits.IntegerMax, ref sequence);
    }

    private PackFault? Close()
    {
        if (boot < 0 || uptime < 0 || clock < 0)
        {
            return new("incomplete-sample", $"Sample {sequence} lacks one of boot, up, clk.");
        }

        if ((time == 0) != (clock == 0))
        {
            return new("clock-and-time", $"Sample {sequence} has clk {clock} and bt {time}; bt is 0 exactly when clk is 0.");
        }

        DateTimeOffset? instant = null;
        if (time != 0)
        {
            var earliest = IngestLimits.EarliestTime.ToUnixTimeSeconds();
            var latest = (now + IngestLimits.FutureMax).ToUnixTimeSeconds();
            if (time < earliest)
            {
                return new("time-too-old", $"Sample {sequence} is dated {time}; the earliest allowed is {earliest} (2010-01-01).");
            }

            if (time > latest)
            {
                return new("time-in-future", $"Sample {sequence} is dated {time}, later than the collector's clock by over {IngestLimits.FutureMax.TotalMinutes:0} minutes.");
            }

            instant = DateTimeOffset.FromUnixTimeSeconds(time);
        }

        if (samples.Count > 0 && (samples[0].Time is null) != (instant is null))
        {
            return new("mixed-dating", "The pack mixes dated and undated samples.");
        }

        samples.Add(new Sample(board, boot, sequence, uptime, instant, (ClockQuality)clock, (SampleFlags)flags, values));
        return null;
    }

    private PackFault? AddValue(in SenmlRecord record)
    {
        var name = record.Name!;
        if (Limits(name) is not { } limit)
        {
            return new("unknown-channel", $"The record '{Shown(name)}' is no channel; allowed are ch1..ch8, t1..t4, rh1..rh4, p1.");
        }

        foreach (var earlier in values)
        {
            if (earlier.Channel == name)
            {
                return new("duplicate-channel", $"Sample {sequence} has '{name}' twice.");
            }
        }

        if (record.Has(SenmlField.StringValue) && !record.Has(SenmlField.Value))
        {
            if (MissingReasons.Parse(record.StringValue!) is not { } reason)
            {
                return new("unknown-reason", $"'{name}' is missing for the reason '{Shown(record.StringValue!)}'; allowed are {MissingReasons.Allowed}.");
            }

            values.Add(new SampleValue(name, limit.Quantity, 0, reason));
            return null;
        }

        if (!record.Has(SenmlField.Value) || record.Has(SenmlField.StringValue))
        {
            return new("no-value", $"'{name}' needs either v or vs.");
        }

        if (record.Unit != limit.Unit)
        {
            return new("wrong-unit", $"'{name}' has the unit '{Shown(record.Unit ?? "")}'; '{limit.Unit}' is allowed.");
        }

        var scaled = record.Hundredths;
        if (limit.Whole)
        {
            if (scaled % 100 != 0)
            {
                return new("not-whole", $"'{name}' must be a whole number.");
            }

            scaled /= 100;
        }

        if (scaled < limit.Low || scaled > limit.High)
        {
            return new("value-out-of-range", $"'{name}' is {scaled}{(limit.Whole ? "" : " hundredths")}; allowed is {limit.Low} to {limit.High}.");
        }

        values.Add(new SampleValue(name, limit.Quantity, scaled, MissingReason.None));
        return null;
    }

    private static PackFault? Whole(in SenmlRecord record, string? unit, long low, long high, ref long target)
    {
        if (!record.Has(SenmlField.Value) || record.Has(SenmlField.StringValue) || record.Hundredths % 100 != 0)
        {
            return new("not-whole", $"'{record.Name}' must be a whole number.");
        }

        if (record.Unit != unit)
        {
            return new("wrong-unit", $"'{record.Name}' has the unit '{Shown(record.Unit ?? "")}'; '{unit}' is allowed.");
        }

        var value = record.Hundredths / 100;
        if (value < low || value > high)
        {
            return new("value-out-of-range", $"'{record.Name}' is {value}; allowed is {low} to {high}.");
        }

        target = value;
        return null;
    }

    private readonly record struct ChannelLimit(Quantity Quantity, string Unit, bool Whole, long Low, long High);

    private static ChannelLimit? Limits(string name) => Quantities.OfChannel(name) switch
    {
        Quantity.PulseRegister when name[^1] <= '8' => new(Quantity.PulseRegister, "count", true, 0, IngestLimits.IntegerMax),
        Quantity.AirTemperature when name[^1] <= '4' => new(Quantity.AirTemperature, "Cel", false, -6000, 15000),
        Quantity.RelativeHumidity when name[^1] <= '4' => new(Quantity.RelativeHumidity, "%RH", false, -1000, 12000),
        Quantity.AirPressure when name[^1] == '1' => new(Quantity.AirPressure, "Pa", true, 30000, 110000),
        _ => null,
    };

    /// <summary>Foreign text as it may stand in a message: short and printable.</summary>
    private static string Shown(string text)
    {
        Span<char> shown = stackalloc char[Math.Min(text.Length, 40)];
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = char.IsControl(text[i]) ? '?' : text[i];
        }

        return text.Length > shown.Length ? string.Concat(shown, "...") : new string(shown);
    }
}
