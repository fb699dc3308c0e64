namespace Metering.Core.Comfort;

/// <summary>What a room's air was during a stretch of time.</summary>
/// <param name="TemperatureC">Air temperature, °C; NaN where it was not measured.</param>
/// <param name="RelativeHumidityPct">Relative humidity, %; NaN where it was not measured.</param>
/// <param name="Duration">How long the sample stands for: its weight in hours counted.</param>
public readonly record struct ClimateSample(double TemperatureC, double RelativeHumidityPct, TimeSpan Duration);
