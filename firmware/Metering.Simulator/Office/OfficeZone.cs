namespace Metering.Simulator.Office;

/// <summary>What an air-conditioned room is made of. Invented, of the size of a light tropical building.</summary>
/// <param name="LossWPerK">Heat through envelope and air change, W/K.</param>
/// <param name="SolarM2">Effective area that lets sun in, m².</param>
/// <param name="GainsW">Heat of people and machines at full occupancy, W.</param>
/// <param name="FreshAirKgPerS">Outdoor air that has to be dried, kg/s at full occupancy.</param>
/// <param name="StorageWhPerK">Heat held by air, furniture and walls, Wh/K.</param>
/// <param name="CapacityW">Cooling capacity, W.</param>
internal sealed record OfficeZoneSize(
    double LossWPerK, double SolarM2, double GainsW, double FreshAirKgPerS, double StorageWhPerK, double CapacityW);

/// <summary>One air-conditioned room, step by step: its air, and the electricity that its air conditioner takes.</summary>
internal sealed class OfficeZone(OfficeZoneSize size)
{
    /// <summary>Energy efficiency ratio of the old air conditioners, W of cold by W of electricity.</summary>
    private const double EnergyEfficiencyRatio = 2.9;

    /// <summary>Electricity of an air conditioner that is switched on, whatever it does, W.</summary>
    private const double FanW = 45;

    /// <summary>Electricity of an air conditioner that waits, W.</summary>
    private const double StandbyW = 6;

    private const double VaporisationJPerKg = 2.45e6;
    private const double Hours = OfficeWeather.StepMinutes / 60.0;

    /// <summary>Moisture of cooled air at the coil, kg/kg.</summary>
    private const double DriedRatio = 0.0098;

    /// <summary>Air temperature, °C.</summary>
    public double Celsius { get; private set; } = 26;

    /// <summary>Humidity ratio, kg/kg.</summary>
    public double Ratio { get; private set; } = 0.014;

    /// <summary>Lives through one step.</summary>
    /// <param name="outdoor">Outdoor air.</param>
    /// <param name="occupancy">0 to 1.</param>
    /// <param name="setPoint">Set point, °C, or null: switched off.</param>
    /// <returns>Electricity of the air conditioner in the step, Wh.</returns>
    public double Step(OutdoorStep outdoor, double occupancy, double? setPoint)
    {
        var outdoorRatio = MoistAir.Ratio(MoistAir.VapourPa(outdoor.Celsius) * outdoor.Percent / 100);
        var heatW = (size.LossWPerK * (outdoor.Celsius - Celsius)) + (size.SolarM2 * outdoor.SunWm2) + (size.GainsW * occupancy);
        var wantedW = setPoint is { } wanted ? heatW + ((Celsius - wanted) * size.StorageWhPerK / Hours) : 0;
        var sensibleW = Math.Clamp(wantedW, 0, size.CapacityW);
        Celsius += (heatW - sensibleW) * Hours / size.StorageWhPerK;

        // Outdoors and people moisten the air within hours; the coil dries it within half an hour.
        var people = 0.0012 * occupancy;
        var target = setPoint is null || sensibleW <= 0 ? outdoorRatio + people : Math.Min(outdoorRatio, DriedRatio) + people;
        Ratio += (target - Ratio) * (sensibleW > 0 ? 0.3 : 0.06);
        if (setPoint is null)
        {
            return StandbyW * Hours;
        }

        var latentW = sensibleW > 0 ? size.FreshAirKgPerS * (0.3 + (0.7 * occupancy)) * VaporisationJPerKg * Math.Max(0, outdoorRatio - DriedRatio) : 0;
        return (FanW + ((sensibleW + latentW) / EnergyEfficiencyRatio)) * Hours;
    }
}
