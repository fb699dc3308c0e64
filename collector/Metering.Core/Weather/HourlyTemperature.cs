namespace Metering.Core.Weather;

/// <summary>Outdoor temperature of one hour.</summary>
/// <param name="Hour">Beginning of the hour; any offset, only the instant counts.</param>
/// <param name="Celsius">°C; NaN where it was not measured.</param>
public readonly record struct HourlyTemperature(DateTimeOffset Hour, double Celsius);
