namespace Metering.Core.Savings;

/// <summary>Energy of one day or one billing period with the outdoor temperatures of its days.</summary>
/// <param name="Start">First local day.</param>
/// <param name="Days">Number of days, 1 and up.</param>
/// <param name="EnergyKWh">Energy of all of these days, kWh; NaN when missing.</param>
/// <param name="Temperatures">Daily mean outdoor temperatures, in the unit of the balance-point grid; NaN when missing.</param>
/// <param name="HumidityRatio">Mean outdoor humidity ratio, g/kg dry air, or NaN: only where humidity is to be tried as a regressor.</param>
public sealed record EnergyObservation(
    DateOnly Start, int Days, double EnergyKWh, IReadOnlyList<double> Temperatures, double HumidityRatio = double.NaN)
{
    /// <summary>One day.</summary>
    public EnergyObservation(DateOnly day, double energyKWh, double temperature, double humidityRatio = double.NaN)
        : this(day, 1, energyKWh, [temperature], humidityRatio)
    {
    }

    /// <summary>kWh a day.</summary>
    public double UsePerDay => EnergyKWh / Days;

    /// <summary>Days whose temperature is known.</summary>
    public int TemperatureDays => Temperatures.Count(t => !double.IsNaN(t));

    /// <summary>Whether it can enter a regression: energy is known and at least 90 % of the temperatures are (CalTRACK, billing).</summary>
    public bool IsUsable => Days > 0 && double.IsFinite(EnergyKWh) && TemperatureDays > 0 && TemperatureDays >= 0.9 * Days;
}
