using Metering.Wire;

namespace Metering.Firmware.Tests.Wire;

/// <summary>Samples anywhere inside the wire format's ranges, corners included.</summary>
internal static class RandomSamples
{
    public static WireSample Next(Random random)
    {
        var clock = (byte)random.Next(3);
        var sample = new WireSample
        {
            Boot = Corner(random, 1, WireLimits.BootMax),
            Sequence = Corner(random, 1, WireLimits.IntegerMax),
            Uptime = Corner(random, 0, WireLimits.IntegerMax),
            Clock = clock,
            Time = clock == 0 ? 0 : Corner(random, 1, 4102444800),
            Flags = (byte)random.Next(32),
        };
        foreach (var channel in Channels())
        {
            if (random.Next(2) == 0)
            {
                continue;
            }

            if (random.Next(5) == 0)
            {
                sample.AddMissing(channel, (byte)random.Next(1, 7));
            }
            else
            {
                sample.Add(channel, Value(random, channel));
            }
        }

        return sample;
    }

    private static IEnumerable<byte> Channels()
    {
        for (var i = 1; i <= WireLimits.PulseChannelsMax; i++)
        {
            yield return (byte)(WireChannel.Pulse + i);
        }

        for (var i = 1; i <= WireLimits.ClimateSensorsMax; i++)
        {
            yield return (byte)(WireChannel.Temperature + i);
            yield return (byte)(WireChannel.Humidity + i);
        }

        yield return WireChannel.Pressure + 1;
    }

    private static long Value(Random random, byte channel) => WireChannel.Kind(channel) switch
    {
        WireChannel.Pulse => Corner(random, 0, WireLimits.IntegerMax),
        WireChannel.Temperature => Corner(random, WireLimits.TemperatureCentiMin, WireLimits.TemperatureCentiMax),
        WireChannel.Humidity => Corner(random, WireLimits.HumidityCentiMin, WireLimits.HumidityCentiMax),
        _ => Corner(random, WireLimits.PressurePaMin, WireLimits.PressurePaMax),
    };

    private static long Corner(Random random, long min, long max) => random.Next(6) switch
    {
        0 => min,
        1 => max,
        2 => Math.Clamp(random.Next(-105, 105), min, max),
        _ => random.NextInt64(min, max + 1),
    };
}
