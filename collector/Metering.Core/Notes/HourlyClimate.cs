using Metering.Core.Energy;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;

namespace Metering.Core.Notes;

/// <summary>Mean air of one local hour.</summary>
/// <param name="Start">Local start.</param>
/// <param name="TemperatureC">Mean temperature, °C.</param>
/// <param name="HumidityPercent">Mean relative humidity, %.</param>
/// <param name="Steps">Steps of ten minutes with both values.</param>
public readonly record struct ClimateHour(DateTimeOffset Start, double TemperatureC, double HumidityPercent, int Steps);

/// <summary>Hourly means of a room's samples; an hour counts from half of its steps on (CalTRACK 2.0, data sufficiency).</summary>
public static class HourlyClimate
{
    public static IReadOnlyList<ClimateHour> Of(
        IReadOnlyList<Reading> temperature, IReadOnlyList<Reading> humidity, NotePeriod period, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(temperature);
        ArgumentNullException.ThrowIfNull(humidity);
        var humidityAt = new Dictionary<DateTimeOffset, double>(humidity.Count);
        foreach (var reading in humidity)
        {
            if (Valid(reading, period))
            {
                humidityAt[reading.Time] = Math.Clamp((double)reading.Value / Quantities.Scale(Quantity.RelativeHumidity), 0, 100);
            }
        }

        return Means(
            temperature.Where(r => Valid(r, period) && humidityAt.ContainsKey(r.Time)).Select(r => (r.Time, Celsius(r), humidityAt[r.Time])), period, zone);
    }

    /// <summary>Hourly means of temperature alone; humidity is not a number.</summary>
    public static IReadOnlyList<ClimateHour> OfTemperature(IReadOnlyList<Reading> temperature, NotePeriod period, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(temperature);
        return Means(temperature.Where(r => Valid(r, period)).Select(r => (r.Time, Celsius(r), double.NaN)), period, zone);
    }

    private static double Celsius(in Reading reading) => (double)reading.Value / Quantities.Scale(Quantity.AirTemperature);

    private static List<ClimateHour> Means(IEnumerable<(DateTimeOffset Time, double T, double Rh)> samples, NotePeriod period, TimeZoneInfo zone)
    {
        var pairs = samples.DistinctBy(p => p.Time).OrderBy(p => p.Time).ToList();
        var boundaries = LocalCalendar.Boundaries(period.From, period.To, ProfileResolution.Hour, zone);
        var hours = new List<ClimateHour>();
        var next = 0;
        for (var i = 0; i + 1 < boundaries.Count; i++)
        {
            double t = 0, rh = 0;
            var n = 0;
            for (; next < pairs.Count && pairs[next].Time < boundaries[i + 1]; next++)
            {
                t += pairs[next].T;
                rh += pairs[next].Rh;
                n++;
            }

            if (n * NoteBuilder.Step >= (boundaries[i + 1] - boundaries[i]) * CompletenessRules.Hour)
            {
                hours.Add(new ClimateHour(boundaries[i], t / n, rh / n, n));
            }
        }

        return hours;
    }

    private static bool Valid(in Reading reading, NotePeriod period) =>
        reading.Missing == MissingReason.None && reading.Time >= period.From && reading.Time < period.To;
}
