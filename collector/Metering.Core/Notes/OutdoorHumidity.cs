using Metering.Core.Psychrometrics;

namespace Metering.Core.Notes;

/// <summary>Outdoor humidity ratio by day: the second regressor of a cooling load in a humid climate (docs/formulas.md).</summary>
public static class OutdoorHumidity
{
    /// <summary>Hours that a daily mean needs.</summary>
    private const int HoursADayLeast = 12;

    /// <summary>Daily means, g/kg of dry air, by local day; days of fewer than twelve hours are left out.</summary>
    /// <param name="hours">Outdoor hours with temperature and humidity.</param>
    /// <param name="altitudeM">Altitude of the site, m: sets the air pressure.</param>
    public static IReadOnlyDictionary<DateOnly, double> DailyMeans(IReadOnlyList<ClimateHour> hours, double altitudeM)
    {
        ArgumentNullException.ThrowIfNull(hours);
        if (!StandardAtmosphere.PressurePa(altitudeM).TryGetValue(out var pressure))
        {
            return new Dictionary<DateOnly, double>();
        }

        var sums = new Dictionary<DateOnly, (double Sum, int Count)>();
        foreach (var hour in hours)
        {
            if (HumidityRatio.At(hour.TemperatureC, hour.HumidityPercent, pressure).TryGetValue(out var ratio))
            {
                var day = DateOnly.FromDateTime(hour.Start.DateTime);
                var (sum, count) = sums.GetValueOrDefault(day);
                sums[day] = (sum + ratio, count + 1);
            }
        }

        return sums.Where(d => d.Value.Count >= HoursADayLeast).ToDictionary(d => d.Key, d => d.Value.Sum / d.Value.Count);
    }
}
