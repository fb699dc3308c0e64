namespace Metering.Core.Comfort;

/// <summary>What a room's air was during a stretch of time.</summary>
/// <param name="TemperatureC">Air temperature, °C; NaN where it was not measured.</param>
/// <param name="RelativeHumidityPct">Relative humidity, %; NaN where it was not measured.</param>
/// <param name="Duration">How long the sample stands for: its weight in hours counted.</param>
/// <param name="Occupied">Whether somebody is there; comfort is counted in occupied hours.</param>
public readonly record struct ClimateSample(
    double TemperatureC, double RelativeHumidityPct, TimeSpan Duration, bool Occupied = true);
