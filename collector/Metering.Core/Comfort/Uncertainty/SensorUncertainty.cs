using Metering.Core.Applicability;

namespace Metering.Core.Comfort.Uncertainty;

/// <summary>
/// Carries the accuracy of a sensor to anything computed from its temperature and humidity: the two errors are independent,
/// each is applied up and down, and the half spreads add in quadrature (GUM, JCGM 100:2008, 5.1.3 with finite differences).
/// </summary>
public static class SensorUncertainty
{
    /// <summary>Of one state, such as a dew point, a humidex or a PMV.</summary>
    /// <param name="model">The indicator as a function of T, °C, and RH, %.</param>
    /// <param name="temperatureC">°C.</param>
    /// <param name="relativeHumidityPct">%.</param>
    /// <param name="accuracy">Of the sensor.</param>
    /// <returns>Not applicable where the model is not; an uncertainty of NaN where it is not at a shifted state.</returns>
    public static UncertainValue OfState(
        Func<double, double, ModelValue> model, double temperatureC, double relativeHumidityPct, SensorAccuracy accuracy)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Combine(
            At(model, temperatureC, relativeHumidityPct),
            At(model, temperatureC - accuracy.TemperatureK, relativeHumidityPct),
            At(model, temperatureC + accuracy.TemperatureK, relativeHumidityPct),
            At(model, temperatureC, relativeHumidityPct - accuracy.RelativeHumidityPct),
            At(model, temperatureC, Math.Min(100, relativeHumidityPct + accuracy.RelativeHumidityPct)));
    }

    /// <summary>
    /// Of anything counted over a series: hours by zone, discomfort rate, degree hours, mould. The error of one sensor is the
    /// same in every sample, so the whole series is shifted; it does not average out over a year.
    /// </summary>
    /// <param name="indicator">The indicator of a series.</param>
    /// <param name="samples">The series; read five times.</param>
    /// <param name="accuracy">Of the sensor.</param>
    public static UncertainValue OfSeries(
        Func<IEnumerable<ClimateSample>, double> indicator, IReadOnlyList<ClimateSample> samples, SensorAccuracy accuracy)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(samples);
        return Combine(
            indicator(samples),
            indicator(Shift(samples, -accuracy.TemperatureK, 0)),
            indicator(Shift(samples, accuracy.TemperatureK, 0)),
            indicator(Shift(samples, 0, -accuracy.RelativeHumidityPct)),
            indicator(Shift(samples, 0, accuracy.RelativeHumidityPct)));
    }

    private static double At(Func<double, double, ModelValue> model, double t, double rh) =>
        model(t, rh).TryGetValue(out var value) ? value : double.NaN;

    private static UncertainValue Combine(double value, double coldest, double hottest, double driest, double wettest)
    {
        var byTemperature = (hottest - coldest) / 2;
        var byHumidity = (wettest - driest) / 2;
        return new(value, Math.Sqrt((byTemperature * byTemperature) + (byHumidity * byHumidity)));
    }

    // A shifted humidity stays within what air can hold; missing values stay missing.
    private static IEnumerable<ClimateSample> Shift(IReadOnlyList<ClimateSample> samples, double kelvin, double percent) =>
        samples.Select(s => s with
        {
            TemperatureC = s.TemperatureC + kelvin,
            RelativeHumidityPct = double.IsNaN(s.RelativeHumidityPct)
                ? double.NaN
                : Math.Clamp(s.RelativeHumidityPct + percent, 0, 100),
        });
}
