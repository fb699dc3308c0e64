using Metering.Core.Comfort;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Comfort.Indicators;
using Metering.Core.Notes.Model;
using Metering.Core.Psychrometrics;
using Metering.Core.Registry;
using Metering.Core.Weather;

namespace Metering.Core.Notes;

/// <summary>Judges each room by the indicators that suit its building, with the outdoor means that adaptive comfort needs.</summary>
public static class RoomStudies
{
    /// <param name="building">Decides which indicators apply.</param>
    /// <param name="site">Its altitude sets the air pressure.</param>
    /// <param name="zones">Givoni variant.</param>
    /// <param name="period">Period of the note.</param>
    /// <param name="outdoor">Daily mean outdoor temperature by local day, °C, days before the period included; may be empty.</param>
    public static Func<IReadOnlyList<ClimateHour>, ComfortStudy> For(
        Building building, Site site, GivoniZones zones, NotePeriod period, IReadOnlyDictionary<DateOnly, double> outdoor)
    {
        ArgumentNullException.ThrowIfNull(building);
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(outdoor);
        var running = Means(outdoor, RunningMean.AlphaEn16798);
        var prevailing = Means(outdoor, RunningMean.AlphaHumidTropics);
        var conditions = new RoomConditions
        {
            Zones = zones,
            PressurePa = StandardAtmosphere.PressurePa(site.AltitudeM).TryGetValue(out var pressure) ? pressure : StandardAtmosphere.SeaLevelPa,
        };
        return hours => ComfortStudy.Of(building.Use, [.. hours.Select(Hour)], conditions, period.To - period.From);

        RoomHour Hour(ClimateHour hour)
        {
            var day = DateOnly.FromDateTime(hour.Start.DateTime);
            return new RoomHour(
                hour.Start, new ClimateSample(hour.TemperatureC, hour.HumidityPercent, TimeSpan.FromHours(1)), null,
                outdoor.GetValueOrDefault(day, double.NaN), running.GetValueOrDefault(day, double.NaN), prevailing.GetValueOrDefault(day, double.NaN));
        }
    }

    private static Dictionary<DateOnly, double> Means(IReadOnlyDictionary<DateOnly, double> outdoor, double alpha)
    {
        if (outdoor.Count == 0)
        {
            return [];
        }

        var (first, last) = (outdoor.Keys.Min(), outdoor.Keys.Max());
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).ToList();
        var series = RunningMean.Series([.. days.Select(d => outdoor.GetValueOrDefault(d, double.NaN))], alpha);
        return days.Select((d, i) => (d, series[i])).ToDictionary(x => x.d, x => x.Item2);
    }
}
