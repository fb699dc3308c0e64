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
        var warm = Values(temperature, period, Quantity.AirTemperature);
        var humid = Values(humidity, period, Quantity.RelativeHumidity);
        var pairs = new List<(long, double, double)>(warm.Count);
        for (int t = 0, h = 0; t < warm.Count && h < humid.Count;)
        {
            if (warm[t].Ticks == humid[h].Ticks)
            {
                pairs.Add((warm[t].Ticks, warm[t++].Value, Math.Clamp(humid[h++].Value, 0, 100)));
            }
            else if (warm[t].Ticks < humid[h].Ticks)
            {
                t++;
            }
            else
            {
                h++;
            }
        }

        return Means(pairs, period, zone);
    }

    /// <summary>Hourly means of temperature alone; humidity is not a number.</summary>
    public static IReadOnlyList<ClimateHour> OfTemperature(IReadOnlyList<Reading> temperature, NotePeriod period, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(temperature);
        return Means([.. Values(temperature, period, Quantity.AirTemperature).Select(v => (v.Ticks, v.Value, double.NaN))], period, zone);
    }

    /// <summary>Values of the period in physical units, by rising instant, one an instant: of two the first.</summary>
    private static List<(long Ticks, double Value)> Values(IReadOnlyList<Reading> readings, NotePeriod period, Quantity quantity)
    {
        var (from, to) = (period.From.UtcTicks, period.To.UtcTicks);
        double scale = Quantities.Scale(quantity);
        var values = new List<(long Ticks, double Value)>(readings.Count);
        var sorted = true;
        for (var i = 0; i < readings.Count; i++)
        {
            var ticks = readings[i].Time.UtcTicks;
            if (readings[i].Missing != MissingReason.None || ticks < from || ticks >= to)
            {
                continue;
            }

            var repeated = values.Count > 0 && ticks == values[^1].Ticks;
            sorted &= values.Count == 0 || ticks >= values[^1].Ticks;
            if (!repeated)
            {
                values.Add((ticks, readings[i].Value / scale));
            }
        }

        return sorted ? values : [.. values.DistinctBy(v => v.Ticks).OrderBy(v => v.Ticks)];
    }

    /// <param name="pairs">By rising instant, one an instant.</param>
    /// <param name="period">Period.</param>
    /// <param name="zone">Zone of the site.</param>
    private static List<ClimateHour> Means(List<(long Ticks, double T, double Rh)> pairs, NotePeriod period, TimeZoneInfo zone)
    {
        var boundaries = LocalCalendar.Boundaries(period.From, period.To, ProfileResolution.Hour, zone);
        var hours = new List<ClimateHour>();
        var next = 0;
        for (var i = 0; i + 1 < boundaries.Count; i++)
        {
            double t = 0, rh = 0;
            var n = 0;
            for (; next < pairs.Count && pairs[next].Ticks < boundaries[i + 1].UtcTicks; next++)
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
}
