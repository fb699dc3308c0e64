namespace Metering.Core.Comfort.Uncertainty;

/// <summary>Standard accuracies of a room's sensor, taken as independent.</summary>
/// <param name="TemperatureK">±K.</param>
/// <param name="RelativeHumidityPct">±% of relative humidity.</param>
public readonly record struct SensorAccuracy(double TemperatureK, double RelativeHumidityPct)
{
    /// <summary>±0.3 K and ±3 %: what this project asks of its sensors.</summary>
    public static SensorAccuracy ProjectTarget { get; } = new(0.3, 3);
}

/// <summary>An indicator with the uncertainty that the sensor's accuracy gives it.</summary>
/// <param name="Value">As measured.</param>
/// <param name="Uncertainty">±, in the unit of the value; NaN where a shifted reading leaves the model's range.</param>
public readonly record struct UncertainValue(double Value, double Uncertainty);
