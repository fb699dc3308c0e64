namespace Metering.Core.Comfort.Durations;

/// <summary>A room's air and whether its cooling ran (pulses of its circuit in the interval).</summary>
/// <param name="Climate">The room's air.</param>
/// <param name="CoolingOn">Whether the circuit drew energy; null where that was not measured.</param>
public readonly record struct CooledSample(ClimateSample Climate, bool? CoolingOn);

/// <summary>
/// How cooling is used: hours that run although the room is at 26 °C or below (Code de l'énergie, art. R. 241-30: cooling may
/// be put or kept in operation only where the indoor temperature passes 26 °C), and hours below 24 °C.
/// </summary>
public sealed record AirConditioningDiscipline
{
    /// <summary>Hours with cooling on.</summary>
    public required double CoolingHours { get; init; }

    /// <summary>Hours with cooling on at 26 °C or below.</summary>
    public required double CoolingBelowLimitHours { get; init; }

    /// <summary>Hours with cooling on below 24 °C.</summary>
    public required double OvercooledHours { get; init; }

    /// <summary>Hours with a temperature and a known state of the cooling.</summary>
    public required double ValidHours { get; init; }

    /// <summary>Number of valid samples, n.</summary>
    public required int SampleCount { get; init; }

    public static AirConditioningDiscipline Count(IEnumerable<CooledSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        long valid = 0, on = 0, below = 0, over = 0;
        var n = 0;
        foreach (var (climate, cooling) in samples)
        {
            if (cooling is not { } running || double.IsNaN(climate.TemperatureC) || climate.Duration <= TimeSpan.Zero)
            {
                continue;
            }

            n++;
            var ticks = climate.Duration.Ticks;
            valid += ticks;
            if (!running)
            {
                continue;
            }

            on += ticks;
            below += climate.TemperatureC <= ThresholdHours.CoolingAllowedAboveC ? ticks : 0;
            over += climate.TemperatureC < ThresholdHours.OvercoolingC ? ticks : 0;
        }

        return new AirConditioningDiscipline
        {
            CoolingHours = TimeSpan.FromTicks(on).TotalHours,
            CoolingBelowLimitHours = TimeSpan.FromTicks(below).TotalHours,
            OvercooledHours = TimeSpan.FromTicks(over).TotalHours,
            ValidHours = TimeSpan.FromTicks(valid).TotalHours,
            SampleCount = n,
        };
    }
}
