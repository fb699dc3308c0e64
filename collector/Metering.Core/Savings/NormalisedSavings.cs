namespace Metering.Core.Savings;

/// <summary>
/// Normalised savings (IPMVP): both the baseline model and the reporting model under the weather of a mean year. For
/// targets in percent and for comparing buildings; <see cref="AvoidedEnergyUse"/> is what really happened.
/// </summary>
public sealed record NormalisedSavings
{
    public required double BaselineKWh { get; init; }

    public required double ReportingKWh { get; init; }

    /// <summary>Half width, kWh: both models' by root of the sum of squares.</summary>
    public required double UncertaintyKWh { get; init; }

    public required double Confidence { get; init; }

    /// <summary>Days of the mean year that were used.</summary>
    public required int Days { get; init; }

    public double SavingsKWh => BaselineKWh - ReportingKWh;

    public double Fraction => SavingsKWh / BaselineKWh;

    public double FractionUncertainty => UncertaintyKWh / BaselineKWh;

    /// <summary>Both models under the same year.</summary>
    /// <param name="baseline">Model of the baseline period.</param>
    /// <param name="reporting">Model of the reporting period.</param>
    /// <param name="year">Daily mean temperatures of the mean year, in the unit of the models; NaN is refused.</param>
    /// <param name="method">Of the uncertainty.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <param name="humidity">Daily mean humidity ratios of the same days, g/kg: needed where a model has humidity.</param>
    public static NormalisedSavings Of(
        EnergyModel baseline, EnergyModel reporting, IReadOnlyList<double> year, UncertaintyMethod method, double confidence = 0.9,
        IReadOnlyList<double>? humidity = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(reporting);
        ArgumentNullException.ThrowIfNull(year);
        if (year.Count == 0 || year.Any(t => !double.IsFinite(t)))
        {
            throw new ArgumentException("A mean year needs a temperature for each of its days.", nameof(year));
        }

        if ((baseline.HumiditySlope ?? reporting.HumiditySlope) is not null
            && (humidity is null || humidity.Count != year.Count || humidity.Any(w => !double.IsFinite(w))))
        {
            throw new ArgumentException("A model with humidity needs a humidity ratio for each day of the mean year.", nameof(humidity));
        }

        var mean = new EnergyObservation(default, year.Count, 0, year, humidity?.Average() ?? double.NaN);
        var before = baseline.Predict(mean);
        var after = reporting.Predict(mean);
        var ofBaseline = HalfWidth(baseline, before, mean, method, confidence);
        var ofReporting = HalfWidth(reporting, after, mean, method, confidence);
        return new NormalisedSavings
        {
            BaselineKWh = before,
            ReportingKWh = after,
            UncertaintyKWh = Math.Sqrt((ofBaseline * ofBaseline) + (ofReporting * ofReporting)),
            Confidence = confidence,
            Days = year.Count,
        };
    }

    private static double HalfWidth(
        EnergyModel model, double energyKWh, EnergyObservation year, UncertaintyMethod method, double confidence) =>
        method == UncertaintyMethod.LeastSquares
            ? SavingsUncertainty.LeastSquaresHalfWidthKWh(model, [year], confidence)
            : SavingsUncertainty.HalfWidthKWh(
                method, model.Statistics, energyKWh, year.Days, year.Days / (365.25 / 12), confidence);
}
