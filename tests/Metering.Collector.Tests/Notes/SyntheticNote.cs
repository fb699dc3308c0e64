using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Tests.Notes;

/// <summary>A note model made up from a seed: nothing in it was measured, everything in it adds up.</summary>
internal static class SyntheticNote
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(1);

    public static NoteModel House(int seed = 1, int days = 137, int rooms = 9)
    {
        var random = new Random(seed);
        var from = new DateTimeOffset(2016, 1, 11, 17, 0, 0, Offset);
        var to = from.AddDays(days).AddHours(1);
        return new NoteModel
        {
            Building = new Building { Id = "house", SiteId = "site", Name = "Maison d’essai <A & B>", Use = BuildingUse.MetropolitanDwelling, FloorAreaM2 = 280, Dwellings = 1 },
            Site = new Site { Id = "site", Name = "Stambruges", TimeZone = "+01:00", AltitudeM = 60, WeatherStation = "Chièvres" },
            Period = new NotePeriod(from, to),
            Consumption =
            [
                Point("appliances", "Appareils", PointUse.Appliances, random, from, to, 10, 200),
                Point("lights", "Éclairage", PointUse.Lighting, random, from, to, 0, 12),
            ],
            Rooms = [.. Enumerable.Range(1, rooms).Select(i => Room($"Pièce {i}", 17 + i * 0.7, random, from, to))],
            Completeness = [.. Enumerable.Range(1, 4).Select(i => Completeness(i, from, to))],
            Provenance = new Provenance
            {
                AsOf = to.AddHours(1),
                DataHash = new string('a', 64),
                SettingsHash = new string('b', 64),
                Version = "0.0.0-test",
            },
            Credit = new DataCredit(
                "Appliances Energy Prediction", "Candanedo, Feldheim, Deramaix (2017), Energy and Buildings 140, doi:10.1016/j.enbuild.2017.01.083",
                "CC BY 4.0", "Maison réelle en Belgique."),
        };
    }

    private static PointConsumption Point(
        string id, string name, PointUse use, Random random, DateTimeOffset from, DateTimeOffset to, int least, int most)
    {
        var hours = new List<(DateTimeOffset Start, long Pulses)>();
        for (var t = from; t < to; t = t.AddHours(1))
        {
            var evening = Math.Exp(-Math.Pow((t.Hour - 19) / 3.0, 2)) + 0.5 * Math.Exp(-Math.Pow((t.Hour - 9) / 2.5, 2));
            hours.Add((t, least + (long)(random.NextDouble() * evening * (most - least))));
        }

        var pulses = hours.Sum(h => h.Pulses);
        var samples = (long)(to - from).TotalMinutes / 10;
        return new PointConsumption
        {
            Point = new MeteringPoint { Id = id, BuildingId = "house", Name = name, Use = use, MeterClass = "B" },
            Registers = [new RegisterSpan(new ChannelKey("0000000000000001", id == "lights" ? "ch2" : "ch1"), null, 10m, from, 0, to, pulses, pulses)],
            EnergyKwh = pulses * 10m / 1000m,
            Hours = Steps(hours, t => t, t => t.AddHours(1)),
            Days = Steps(hours, t => new DateTimeOffset(t.Date, Offset), t => t.AddDays(1)),
            Months = Steps(hours, t => new DateTimeOffset(t.Year, t.Month, 1, 0, 0, 0, Offset), t => t.AddMonths(1)),
            Flags = QualityFlags.Ok,
            SamplesStored = samples,
            SamplesExpected = samples,
        };
    }

    private static List<EnergyStep> Steps(
        List<(DateTimeOffset Start, long Pulses)> hours, Func<DateTimeOffset, DateTimeOffset> start, Func<DateTimeOffset, DateTimeOffset> end) =>
        [.. hours.GroupBy(h => start(h.Start)).Select(g =>
        {
            var covered = 100.0 * g.Count() / (end(g.Key) - g.Key).TotalHours;
            return new EnergyStep(g.Key, end(g.Key), g.Sum(h => h.Pulses) * 10m / 1000m, covered, covered < 90 ? QualityFlags.Incomplete : QualityFlags.Ok);
        })];

    private static RoomClimate Room(string name, double mean, Random random, DateTimeOffset from, DateTimeOffset to)
    {
        var states = new List<ChartState>();
        for (var t = from; t < to; t = t.AddHours(1))
        {
            var temperature = mean + 2 * Math.Sin(t.Hour / 24.0 * 2 * Math.PI) + random.NextDouble() * 3 + (t - from).TotalDays / 60;
            states.Add(new ChartState(temperature, RatioGkg(temperature, 30 + random.NextDouble() * 25)));
        }

        return new RoomClimate
        {
            Name = name,
            PointId = name,
            HoursValid = states.Count,
            HoursExpected = states.Count,
            TemperatureC = new(states.Min(s => s.TemperatureC), states.Average(s => s.TemperatureC), states.Max(s => s.TemperatureC)),
            HumidityPercent = new(30, 42.5, 55),
            Zones = [new(ZoneKind.Inside, 0, states.Count - 60), new(ZoneKind.Inside, 0.5, 30), new(ZoneKind.Inside, 1, 10), new(ZoneKind.Inside, 1.5, 5),
                new(ZoneKind.TooCold, 0, 10), new(ZoneKind.Outside, 0, 5)],
            Variant = Variant,
            HoursAbove28 = 12,
            HoursHumid = 0,
            HoursBelow19 = 400,
            LongestRunOutsideHours = 6,
            Flags = QualityFlags.Ok,
            Hours = states,
        };
    }

    private static CompletenessRow Completeness(int i, DateTimeOffset from, DateTimeOffset to)
    {
        var months = new List<MonthCompleteness>();
        for (var month = new DateOnly(from.Year, from.Month, 1); month < DateOnly.FromDateTime(to.DateTime); month = month.AddMonths(1))
        {
            var expected = month.DayNumber + DateTime.DaysInMonth(month.Year, month.Month) - month.DayNumber;
            months.Add(new MonthCompleteness(month, i == 3 && month.Month == 3 ? expected * 144 / 2 : expected * 144, expected * 144));
        }

        return new CompletenessRow($"Voie {i}", new ChannelKey("0000000000000001", $"t{i}"), months);
    }

    // Corners of variant G1 as in data/givoni; saturation after Magnus (WMO), good enough for a picture.
    private static ComfortVariant Variant { get; } = new("G1",
    [
        new(0, Corners((20, 20), (20, 80), (25, 80), (27, 50), (27, 20))),
        new(0.5, Corners((20, 20), (20, 87), (26, 87), (30, 50), (30, 20))),
        new(1, Corners((20, 20), (20, 92), (27, 92), (32, 50), (32, 20))),
        new(1.5, Corners((20, 20), (20, 96), (27.6, 96), (33, 50), (33, 20))),
    ], [.. Enumerable.Range(0, 51).Select(t => new ChartState(t, RatioGkg(t, 100)))], 101325);

    private static ChartState[] Corners(params (double T, double Rh)[] corners) => [.. corners.Select(c => new ChartState(c.T, RatioGkg(c.T, c.Rh)))];

    private static double RatioGkg(double t, double rh)
    {
        var pv = rh / 100 * 611.2 * Math.Exp(17.62 * t / (243.12 + t));
        return 621.945 * pv / (101325 - pv);
    }
}
