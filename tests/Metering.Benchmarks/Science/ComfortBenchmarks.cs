using System.Diagnostics;
using System.Globalization;
using Metering.Core.Applicability;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.HeatStress;
using Metering.Core.Psychrometrics;

namespace Metering.Benchmarks.Science;

/// <summary>Points a second of the comfort models on one core, over the states of a tropical year.</summary>
internal static class ComfortBenchmarks
{
    private const int States = 4096;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    public static int Run()
    {
        Print("PMV ISO 7730", (t, rh) => Pmv.Iso7730(t - 3, t - 3, 0.1, rh - 15, 1.2, 0.5).Vote);
        Print("PMV ASHRAE 55, 0.5 m/s", (t, rh) => Pmv.Ashrae55(t, t, 0.5, rh, 1.2, 0.5).Vote);
        Print("SET*", (t, rh) => SetTemperature.At(t, t, 0.5, rh, 1.2, 0.5));
        Print("humidity ratio", (t, rh) => HumidityRatio.At(t, rh, StandardAtmosphere.SeaLevelPa));
        Print("dew point", DewPoint.At);
        Print("wet bulb", (t, rh) => WetBulb.At(t, rh, StandardAtmosphere.SeaLevelPa));
        Print("humidex", Humidex.At);
        var zones = GivoniZones.Default;
        Print("Givoni zone", (t, rh) => ModelValue.Of(zones.Classify(t, rh).ZoneIndex));
        return 0;
    }

    private static void Print(string name, Func<double, double, ModelValue> model)
    {
        var temperatures = new double[States];
        var humidities = new double[States];
        var random = new Random(1);
        for (var i = 0; i < States; i++)
        {
            temperatures[i] = 24 + (7 * random.NextDouble());
            humidities[i] = 55 + (35 * random.NextDouble());
        }

        // A first round compiles and tiers up; the best of three is the least disturbed by other work.
        var best = 0.0;
        var allocated = 0L;
        for (var round = 0; round < 4; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            long points = 0;
            var applicable = 0L;
            while (watch.Elapsed < Long)
            {
                for (var i = 0; i < States; i++)
                {
                    applicable += model(temperatures[i], humidities[i]).IsApplicable ? 1 : 0;
                }

                points += States;
            }

            var rate = points / watch.Elapsed.TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            best = round == 0 ? 0 : Math.Max(best, rate);
            if (round == 3)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {best / 1e6:F2} M points/s, {(double)applicable / points:P0} applicable, {allocated} bytes a round"));
            }
        }
    }
}
