using Metering.Core.Psychrometrics;

namespace Metering.Core.Comfort.Durations;

/// <summary>Exceedances of fixed thresholds over a room's samples: hot, overcooled, cold, humid.</summary>
public static class ThresholdHours
{
    /// <summary>Comfort temperature of the thermal regulation of Guadeloupe (RTG, indicator ICT), °C.</summary>
    public const double IctComfortC = 28;

    /// <summary>Below it a cooled room is overcooled (project choice), °C.</summary>
    public const double OvercoolingC = 24;

    /// <summary>A cooled room may be cooled only above it: Code de l'énergie, art. R. 241-30, °C.</summary>
    public const double CoolingAllowedAboveC = 26;

    /// <summary>Heating set point of dwellings: Code de l'énergie, art. R. 241-26, °C.</summary>
    public const double HeatingC = 19;

    /// <summary>Humid air, %.</summary>
    public const double HumidPct = 80;

    /// <summary>Humid air of a cooled room, g/kg.</summary>
    public const double CooledRoomRatio = 12;

    /// <summary>Dew point of muggy air, °C.</summary>
    public const double MuggyDewPointC = 18;

    /// <summary>Hours above a temperature, and their degree hours.</summary>
    public static Exceedance TemperatureAbove(IEnumerable<ClimateSample> samples, double limitC, TimeSpan occupied) =>
        Count(samples, occupied, s => s.TemperatureC - limitC);

    /// <summary>Hours below a temperature, and their degree hours.</summary>
    public static Exceedance TemperatureBelow(IEnumerable<ClimateSample> samples, double limitC, TimeSpan occupied) =>
        Count(samples, occupied, s => limitC - s.TemperatureC);

    /// <summary>Hours above a relative humidity.</summary>
    public static Exceedance HumidityAbove(IEnumerable<ClimateSample> samples, double limitPct, TimeSpan occupied) =>
        Count(samples, occupied, s => s.RelativeHumidityPct - limitPct);

    /// <summary>Hours above a humidity ratio, g/kg, at the given air pressure.</summary>
    public static Exceedance HumidityRatioAbove(
        IEnumerable<ClimateSample> samples, double limit, double pressurePa, TimeSpan occupied) =>
        Count(samples, occupied, s =>
            HumidityRatio.At(s.TemperatureC, s.RelativeHumidityPct, pressurePa).TryGetValue(out var w) ? w - limit : double.NaN);

    /// <summary>Hours above a dew point, °C.</summary>
    public static Exceedance DewPointAbove(IEnumerable<ClimateSample> samples, double limitC, TimeSpan occupied) =>
        Count(samples, occupied, s =>
            DewPoint.At(s.TemperatureC, s.RelativeHumidityPct).TryGetValue(out var td) ? td - limitC : double.NaN);

    /// <summary>
    /// ICT_mes: the measured analogue of the RTG's ICT, mean excess over 28 °C in occupied hours, K
    /// (<see cref="Exceedance.MeanExcess"/>). Never to be divided by an ICT'ref, which rests on conventional weather and use:
    /// it shows trends and ranks rooms.
    /// </summary>
    /// <param name="samples">In the order of time.</param>
    /// <param name="airSpeed">Known air speed that lowers the felt temperature by 6 v − 1.6 v² (Szokolay), m/s, 0 to 1.5.</param>
    /// <param name="occupied">Occupied time of the period.</param>
    public static Exceedance IctMeasured(IEnumerable<ClimateSample> samples, double airSpeed, TimeSpan occupied)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(airSpeed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(airSpeed, 1.5);
        var lowered = (6 * airSpeed) - (1.6 * airSpeed * airSpeed);
        return Count(samples, occupied, s => s.TemperatureC - lowered - IctComfortC);
    }

    /// <summary>Counts occupied samples by any excess.</summary>
    /// <param name="samples">In the order of time.</param>
    /// <param name="occupied">Occupied time of the period.</param>
    /// <param name="excess">Excess of one sample: above 0 is beyond; NaN where it cannot be told.</param>
    public static Exceedance Count(IEnumerable<ClimateSample> samples, TimeSpan occupied, Func<ClimateSample, double> excess)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(excess);
        var counter = new ExceedanceCounter();
        foreach (var sample in samples)
        {
            if (sample.Occupied)
            {
                counter.Add(excess(sample), sample.Duration);
            }
            else
            {
                counter.Break();
            }
        }

        return counter.Summary(occupied);
    }
}
