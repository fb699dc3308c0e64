using System.Globalization;
using Metering.Core.Readings;

namespace Metering.Benchmarks.Storage;

/// <summary>Samples as boards send them: registers that grow, temperatures and humidities that wander (seeded).</summary>
internal sealed class BenchmarkSamples(int seed)
{
    internal static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const int StepSeconds = 600;

    private readonly Random random = new(seed);

    internal static string Board(int index) => string.Create(CultureInfo.InvariantCulture, $"0024befffe{index:x6}");

    /// <summary>Samples of one board from its <paramref name="first"/>-th step on: four registers, one temperature, one humidity.</summary>
    internal Sample[] Of(int board, int first, int count)
    {
        var samples = new Sample[count];
        long pulses = first * 20L;
        var temperature = 2600;
        var humidity = 7000;
        for (var i = 0; i < count; i++)
        {
            pulses += random.Next(0, 40);
            temperature = Math.Clamp(temperature + random.Next(-20, 21), 1800, 3600);
            humidity = Math.Clamp(humidity + random.Next(-80, 81), 3000, 9900);
            var step = first + i;
            samples[i] = new Sample(
                Board(board),
                1,
                step + 1,
                (long)step * StepSeconds + 7,
                Start.AddSeconds((double)step * StepSeconds),
                ClockQuality.Synchronised,
                SampleFlags.None,
                [
                    new("ch1", Quantity.PulseRegister, pulses, MissingReason.None),
                    new("ch2", Quantity.PulseRegister, pulses / 3, MissingReason.None),
                    new("ch3", Quantity.PulseRegister, pulses / 7, MissingReason.None),
                    new("ch4", Quantity.PulseRegister, pulses / 11, MissingReason.None),
                    new("t1", Quantity.AirTemperature, temperature, MissingReason.None),
                    new("rh1", Quantity.RelativeHumidity, humidity, MissingReason.None),
                ]);
        }

        return samples;
    }
}
