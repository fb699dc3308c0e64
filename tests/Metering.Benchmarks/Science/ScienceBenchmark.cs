using System.Diagnostics;
using System.Globalization;
using Metering.Core.Comfort;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.Indicators;
using Metering.Core.Energy;
using Metering.Core.Findings;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Core.Savings;
using Metering.Core.Weather;

namespace Metering.Benchmarks.Science;

/// <summary>
/// Years of one building (ten minutes, 4 registers, 9 rooms) through the whole analysis on one thread: audit, intervals,
/// profiles, load statistics, quality, comfort of every room hour, degree days, models and savings. A year and a channel
/// at a time, as a note does it. Making up the data is not timed.
/// </summary>
internal static class ScienceBenchmark
{
    private static readonly TimeZoneInfo Zone = SiteTime.Zone("America/Guadeloupe");
    private static readonly Dictionary<string, TimeSpan> Times = [];
    private static readonly DeclaredOccupant Fan = new(0.6, 1.1, 0.4);
    private static long kept;

    public static int Run(string[] args)
    {
        var years = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2;
        Analyse(1);
        Times.Clear();
        kept = 0;
        var total = Analyse(years);
        foreach (var (name, time) in Times)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {time.TotalMilliseconds,8:F0} ms"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{years} years, one thread: {total.TotalSeconds:F2} s of processor time ({kept} results)"));
        return 0;
    }

    private static TimeSpan Analyse(int years)
    {
        var total = TimeSpan.Zero;
        EnergyModel? baseline = null;
        for (var year = 0; year < years; year++)
        {
            var (from, to) = (BuildingYear.Start(year), BuildingYear.Start(year + 1));
            var registers = Enumerable.Range(0, BuildingYear.Registers).Select(r => BuildingYear.Register(year, r)).ToArray();
            var hourly = Enumerable.Range(0, (int)(to - from).TotalHours)
                .Select(h => new HourlyTemperature(from.AddHours(h), BuildingYear.Outdoor(from.AddHours(h)))).ToList();

            var watch = new CpuWatch();
            watch.Start();
            var days = Timed("weather and degree days", () => Weather(hourly));
            var temperatures = days.ToDictionary(d => d.Day, d => d.Mean);
            var observations = new List<IReadOnlyList<EnergyObservation>>();
            var hours = new List<HourObservation>();
            for (var r = 0; r < registers.Length; r++)
            {
                observations.Add(Circuit(r, registers[r], from, to, temperatures, hours));
            }

            var building = DailyObservations.Sum(observations);
            baseline = Savings(building, hours, baseline);
            var means = days.Select(d => d.Mean).ToArray();
            var running = RunningMean.Series(means, RunningMean.AlphaEn16798);
            var prevailing = RunningMean.Series(means, RunningMean.AlphaHumidTropics);
            watch.Stop();

            for (var room = 0; room < BuildingYear.Rooms; room++)
            {
                var temperature = BuildingYear.Spot(year, room, Quantity.AirTemperature);
                var humidity = BuildingYear.Spot(year, room, Quantity.RelativeHumidity);
                watch.Start();
                Room(temperature, humidity, from, to, running, prevailing);
                watch.Stop();
            }

            total += watch.Cpu;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"year {year + 1}: {watch.Cpu.TotalSeconds:F2} s of processor time, {watch.Elapsed.TotalSeconds:F2} s on the clock, live memory {GC.GetTotalMemory(true) / 1048576.0:F1} MiB"));
        }

        return total;
    }

    private static IReadOnlyList<EnergyObservation> Circuit(
        int register, List<Reading> readings, DateTimeOffset from, DateTimeOffset to, Dictionary<DateOnly, double> temperatures,
        List<HourObservation> hours)
    {
        var channel = new AssignedReadings(BuildingYear.Assignment(register), readings);
        var options = new IntervalOptions { MaxPowerW = 9_000 };
        var audit = Timed("pulse audit and findings", () => PulseAudit.Of(channel, from, to, options));
        kept += EnergyFindings.Of(audit).Count;
        var series = Timed("intervals", () => IntervalBuilder.Build("p", [channel], options));
        kept += Timed("load statistics, duration curve", () =>
        {
            kept += LoadDurationCurve.OfIntervals(series.Intervals).Powers.Count;
            return LoadStatistics.Of(series, from, to, Zone);
        }).Completeness > 0 ? 1 : 0;
        var days = Timed("profiles (hour, day, month, year)", () =>
        {
            var profile = LoadProfile.Build(series, from, to, ProfileResolution.Hour, Zone);
            for (var h = 0; h < profile.Count; h++)
            {
                var energy = (double)profile[h].EnergyWh / 1000;
                if (register == 0)
                {
                    hours.Add(new HourObservation(profile[h].Start, energy, BuildingYear.Outdoor(profile[h].Start)));
                }
                else
                {
                    hours[h] = hours[h] with { EnergyKWh = hours[h].EnergyKWh + energy };
                }
            }

            kept += LoadProfile.Build(series, from, to, ProfileResolution.Month, Zone).Count;
            kept += LoadProfile.Build(series, from, to, ProfileResolution.Year, Zone).Count;
            return LoadProfile.Build(series, from, to, ProfileResolution.Day, Zone);
        });
        kept += Timed("completeness", () => Completeness.Of(
            Completeness.ValidInstants(readings), BuildingYear.Step, from, to, ProfileResolution.Month, Zone)).Count;
        return DailyObservations.Of(days, temperatures, zeroIsMissing: false);
    }

    private static EnergyObservation[] Bills(IReadOnlyList<EnergyObservation> days) =>
    [
        .. days.Chunk(30).Select(c => new EnergyObservation(c[0].Start, c.Length, c.Sum(d => d.EnergyKWh), [.. c.Select(d => d.Temperatures[0])])),
    ];

    private static EnergyModel? Savings(IReadOnlyList<EnergyObservation> building, List<HourObservation> hours, EnergyModel? baseline)
    {
        var fit = Timed("CalTRACK daily", () => CalTrack.Daily(building, BalancePointGrid.CalTrackCelsius));
        kept += Timed("CalTRACK tropical", () => CalTrack.TropicalDaily(building)).Candidates.Count;
        kept += Timed("CalTRACK billing", () => CalTrack.Billing(Bills(building), BalancePointGrid.CalTrackCelsius)).Candidates.Count;
        kept += Timed("change-point models", () => ChangePointModels.All(building, BalancePointGrid.CalTrackCelsius)).Count;
        kept += Timed("time of week and temperature, interval", () =>
            TimeOfWeekModel.Fit(hours, TemperatureBins.Tropical, 10, 18.3)?.Savings(hours)) is null ? 0 : 1;
        kept += Timed("savings study", () => SavingsStudy.Of("b", building, building, 0.3, tropical: true)).Findings.Count;
        if (baseline is not null)
        {
            foreach (var method in new[] { UncertaintyMethod.Guideline14, UncertaintyMethod.SunBaltazarDaily, UncertaintyMethod.LeastSquares })
            {
                var avoided = Timed("savings and verdict", () => AvoidedEnergyUse.Of(baseline, building, method));
                kept += SavingsFindings.OfTarget("b", avoided, 0.3, true).Evidence.Count;
            }
        }

        return fit.Model;
    }

    private static IReadOnlyList<WeatherDay> Weather(List<HourlyTemperature> hourly)
    {
        var days = WeatherDays.FromHourly(hourly, Zone);
        foreach (var method in Enum.GetValues<DegreeDayMethod>())
        {
            kept += days.Count(d => DegreeDays.Of(d, method, DegreeDayKind.Cooling, 23).IsApplicable);
        }

        return days;
    }

    private static void Room(
        List<Reading> temperature, List<Reading> humidity, DateTimeOffset from, DateTimeOffset to, double[] running, double[] prevailing)
    {
        var (tFlags, rhFlags) = Timed("quality of T and RH", () => (
            SpotQuality.Check(temperature, Quantity.AirTemperature, SpotRules.IndoorTemperature),
            SpotQuality.Check(humidity, Quantity.RelativeHumidity, SpotRules.IndoorHumidity)));
        kept += ClimateFindings.Of("room", temperature, tFlags).Count;
        var samples = Timed("hourly means", () =>
        {
            var t = HourlySeries.FillShortGaps(
                HourlySeries.Means(temperature, tFlags, Quantity.AirTemperature, BuildingYear.Step, from, to, Zone), 1);
            var rh = HourlySeries.FillShortGaps(
                HourlySeries.Means(humidity, rhFlags, Quantity.RelativeHumidity, BuildingYear.Step, from, to, Zone), 1);
            return t.Zip(rh, (a, b) => new ClimateSample(a.Value, b.Value, TimeSpan.FromHours(1))).ToArray();
        });
        Comfort(samples, from, to - from, running, prevailing);
    }

    /// <summary>
    /// Every indicator there is, each with the uncertainty of the sensor (the hours are gone through five
    /// times), and SET*, cooling effect and the vote of ASHRAE 55 of every hour at a fan's air speed.
    /// </summary>
    private static long Comfort(ClimateSample[] samples, DateTimeOffset from, TimeSpan period, double[] running, double[] prevailing)
    {
        var hours = new RoomHour[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            var (start, day) = (from.AddHours(i).ToOffset(Zone.BaseUtcOffset), Math.Min(i / 24, running.Length - 1));
            hours[i] = new RoomHour(start, samples[i], start.Hour is >= 20 or < 6, BuildingYear.Outdoor(start), running[day], prevailing[day]);
        }

        var conditions = new RoomConditions { Occupant = Fan, TemperatureFactor = 0.7 };
        // Together these three have every indicator; the other kinds repeat some of them.
        foreach (var use in new[] { BuildingUse.NaturallyVentilatedTropicalDwelling, BuildingUse.AirConditionedOffice, BuildingUse.MetropolitanDwelling })
        {
            kept += Timed("comfort study: " + use, () => ComfortStudy.Of(use, hours, conditions, period)).Results.Count(r => r.IsApplicable);
        }

        Timed("SET*, cooling effect, PMV ASHRAE 55", () =>
        {
            foreach (var sample in samples)
            {
                kept += Fan.SetAt(sample.TemperatureC, sample.RelativeHumidityPct).IsApplicable ? 1 : 0;
                kept += Fan.CoolingEffectAt(sample.TemperatureC, sample.RelativeHumidityPct).IsApplicable ? 1 : 0;
                kept += Fan.VoteAt(sample.TemperatureC, sample.RelativeHumidityPct).Vote.IsApplicable ? 1 : 0;
            }

            return kept;
        });
        return kept;
    }

    private static T Timed<T>(string name, Func<T> work)
    {
        var watch = new CpuWatch();
        watch.Start();
        var result = work();
        watch.Stop();
        Times[name] = Times.GetValueOrDefault(name) + watch.Cpu;
        return result;
    }

    /// <summary>Time on the clock and time of the processor: on a shared machine only the second one says what the work costs.</summary>
    private sealed class CpuWatch
    {
        private readonly Stopwatch clock = new();
        private TimeSpan since;

        public TimeSpan Cpu { get; private set; }
        public TimeSpan Elapsed => clock.Elapsed;

        public void Start()
        {
            since = Environment.CpuUsage.TotalTime;
            clock.Start();
        }

        public void Stop()
        {
            clock.Stop();
            Cpu += Environment.CpuUsage.TotalTime - since;
        }
    }
}
