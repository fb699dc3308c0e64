using Metering.Core.Comfort.Givoni;
using Metering.Core.Comfort.Uncertainty;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Psychrometrics;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Notes;

/// <summary>Counts a room's hours.</summary>
internal static class RoomClimateBuilder
{
    private const double HotC = 28;
    private const double ColdC = 19;
    private const double HumidPercent = 80;

    /// <summary>What this project asks of its sensors; no room declares its own yet.</summary>
    private static readonly SensorAccuracy Accuracy = SensorAccuracy.ProjectTarget;

    public static RoomClimate Build(MeteringPoint point, IReadOnlyList<ClimateHour> hours, NotePeriod period, GivoniZones zones)
    {
        var inZone = new int[zones.Zones.Count];
        int cold = 0, outside = 0, run = 0, longest = 0;
        DateTimeOffset? previous = null;
        foreach (var hour in hours)
        {
            var place = zones.Classify(hour.TemperatureC, hour.HumidityPercent);
            if (place.Place == GivoniPlace.Zone)
            {
                inZone[place.ZoneIndex]++;
                run = 0;
            }
            else
            {
                cold += place.Place == GivoniPlace.TooCold ? 1 : 0;
                outside += place.Place == GivoniPlace.TooCold ? 0 : 1;
                // A gap in the data ends a run: nobody knows what the air was.
                run = previous is { } p && hour.Start - p == TimeSpan.FromHours(1) ? run + 1 : 1;
                longest = Math.Max(longest, run);
            }

            previous = hour.Start;
        }

        var counts = new List<ZoneHours>();
        for (var z = 0; z < inZone.Length; z++)
        {
            counts.Add(new ZoneHours(ZoneKind.Inside, zones.Zones[z].AirSpeed, inZone[z]));
        }

        counts.Add(new ZoneHours(ZoneKind.TooCold, 0, cold));
        counts.Add(new ZoneHours(ZoneKind.Outside, 0, outside));
        return new RoomClimate
        {
            Name = point.Name,
            PointId = point.Id,
            HoursValid = hours.Count,
            HoursExpected = (int)Math.Round((period.To - period.From).TotalHours),
            TemperatureC = Spread(hours.Select(h => h.TemperatureC)),
            HumidityPercent = Spread(hours.Select(h => h.HumidityPercent)),
            Zones = counts,
            Variant = Variant(zones),
            HoursAbove28 = hours.Count(h => h.TemperatureC > HotC),
            HoursHumid = hours.Count(h => h.HumidityPercent > HumidPercent),
            HoursBelow19 = hours.Count(h => h.TemperatureC < ColdC),
            NightHoursAbove28 = hours.Count(h => h.TemperatureC > HotC && (h.Start.Hour is >= 22 or < 6)),
            HoursBelow24 = hours.Count(h => h.TemperatureC < 24),
            HoursBelow26 = hours.Count(h => h.TemperatureC < 26),
            MeanExcessOver28K = hours.Count == 0 ? double.NaN : hours.Average(h => Math.Max(0, h.TemperatureC - HotC)),
            LongestRunOutsideHours = longest,
            Flags = QualityFlags.Ok,
            HoursBeyondCoco = hours.Count(h => CocoLimits.Classify(h.TemperatureC, h.HumidityPercent) == CocoPlace.Outside),
            Outside = new ShiftedHours(
                Outside(hours, zones, Accuracy.TemperatureK, 0), Outside(hours, zones, -Accuracy.TemperatureK, 0),
                Outside(hours, zones, 0, Accuracy.RelativeHumidityPct), Outside(hours, zones, 0, -Accuracy.RelativeHumidityPct)),
            Hours = [.. hours.Select(h => State(h.TemperatureC, h.HumidityPercent))],
        };
    }

    private static int Outside(IReadOnlyList<ClimateHour> hours, GivoniZones zones, double kelvin, double percent) =>
        hours.Count(h => zones.Classify(h.TemperatureC + kelvin, Math.Clamp(h.HumidityPercent + percent, 0, 100)).Place != GivoniPlace.Zone);

    /// <summary>The zones as a chart draws them: at the air pressure of the zones' own corners, so that points and corners agree.</summary>
    public static ComfortVariant Variant(GivoniZones zones) => new(
        zones.Name,
        [.. zones.Zones.Select(z => new ComfortZone(z.AirSpeed, [.. z.Vertices.Select(v => new ChartState(v.TemperatureC, v.HumidityRatio))]))],
        [.. Enumerable.Range(-40, 181).Select(i => State(i * 0.5, 100))],
        StandardAtmosphere.SeaLevelPa);

    private static ChartState State(double temperatureC, double humidityPercent) => new(
        temperatureC,
        HumidityRatio.At(temperatureC, humidityPercent, StandardAtmosphere.SeaLevelPa).TryGetValue(out var w) ? w : double.NaN);

    private static SpreadOf Spread(IEnumerable<double> values)
    {
        var list = values.ToList();
        return list.Count == 0 ? new(double.NaN, double.NaN, double.NaN) : new(list.Min(), list.Average(), list.Max());
    }
}
