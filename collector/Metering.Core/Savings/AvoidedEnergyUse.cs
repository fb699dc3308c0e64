namespace Metering.Core.Savings;

/// <summary>
/// Avoided energy use (IPMVP options B and C, CalTRACK): the baseline model under the weather of the reporting period,
/// plus non-routine adjustments, minus what was measured. Only periods with energy and temperature count; nothing is
/// scaled up for the others.
/// </summary>
public sealed record AvoidedEnergyUse
{
    public required DateOnly From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Observations compared.</summary>
    public required int Points { get; init; }

    /// <summary>Days compared.</summary>
    public required int Days { get; init; }

    /// <summary>Observations left out for want of energy or temperature.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Baseline under the weather of the reporting period, kWh, before adjustments.</summary>
    public required double PredictedKWh { get; init; }

    /// <summary>Measured, kWh.</summary>
    public required double MeasuredKWh { get; init; }

    /// <summary>Sum of the non-routine adjustments, kWh.</summary>
    public required double AdjustmentsKWh { get; init; }

    /// <summary>Half width of the interval, kWh, at <see cref="Confidence"/>.</summary>
    public required double UncertaintyKWh { get; init; }

    public required double Confidence { get; init; }

    public required UncertaintyMethod Method { get; init; }

    /// <summary>Adjusted baseline, kWh.</summary>
    public double AdjustedBaselineKWh => PredictedKWh + AdjustmentsKWh;

    /// <summary>Avoided energy use, kWh; negative: more was used.</summary>
    public double SavingsKWh => AdjustedBaselineKWh - MeasuredKWh;

    /// <summary>Savings over the adjusted baseline, a fraction.</summary>
    public double Fraction => SavingsKWh / AdjustedBaselineKWh;

    /// <summary>Half width over the adjusted baseline, a fraction: savings are <see cref="Fraction"/> ± this.</summary>
    public double FractionUncertainty => UncertaintyKWh / AdjustedBaselineKWh;

    /// <summary>Fractional savings uncertainty FSU: half width over savings; infinite for savings of 0.</summary>
    public double FractionalSavingsUncertainty => UncertaintyKWh / Math.Abs(SavingsKWh);

    /// <summary>Measured minus predicted, added up, kWh: the curve of figure 6 (CUSUM), one entry an observation.</summary>
    public required IReadOnlyList<double> CumulativeDeviationKWh { get; init; }

    /// <summary>Days of a month on average.</summary>
    private const double DaysOfMonth = 365.25 / 12;

    /// <summary>Avoided energy use of the reporting observations.</summary>
    /// <param name="baseline">Model of the baseline period.</param>
    /// <param name="reporting">Reporting period, in time order.</param>
    /// <param name="method">Of the uncertainty.</param>
    /// <param name="confidence">Between 0 and 1; 0.9 for the note.</param>
    /// <param name="adjustments">Ledger entries; those outside the compared days have no effect.</param>
    /// <exception cref="ArgumentException">No observation of the reporting period can be compared.</exception>
    public static AvoidedEnergyUse Of(
        EnergyModel baseline, IReadOnlyList<EnergyObservation> reporting, UncertaintyMethod method, double confidence = 0.9,
        IReadOnlyList<NonRoutineAdjustment>? adjustments = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(reporting);
        var used = reporting
            .Where(o => o.IsUsable && (baseline.HumiditySlope is null || double.IsFinite(o.HumidityRatio)))
            .ToArray();
        if (used.Length == 0)
        {
            throw new ArgumentException("No day of the reporting period has both energy and temperature.", nameof(reporting));
        }

        double predicted = 0, measured = 0, sum = 0, adjusted = 0, adjustedVariance = 0;
        var cumulative = new double[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            var prediction = baseline.Predict(used[i]);
            predicted += prediction;
            measured += used[i].EnergyKWh;
            sum += used[i].EnergyKWh - prediction;
            cumulative[i] = sum;
        }

        foreach (var entry in adjustments ?? [])
        {
            var days = used.Sum(o => entry.DaysWithin(o.Start, o.Start.AddDays(o.Days)));
            adjusted += entry.KWhPerDay * days;
            adjustedVariance += Math.Pow(entry.UncertaintyKWhPerDay * days, 2);
        }

        var daysCompared = used.Sum(o => o.Days);
        var ofModel = method == UncertaintyMethod.LeastSquares
            ? SavingsUncertainty.LeastSquaresHalfWidthKWh(baseline, used, confidence)
            : SavingsUncertainty.HalfWidthKWh(
                method, baseline.Statistics, predicted, used.Length, daysCompared / DaysOfMonth, confidence);
        return new AvoidedEnergyUse
        {
            From = used[0].Start,
            To = used[^1].Start.AddDays(used[^1].Days),
            Points = used.Length,
            Days = daysCompared,
            LeftOut = reporting.Count - used.Length,
            PredictedKWh = predicted,
            MeasuredKWh = measured,
            AdjustmentsKWh = adjusted,
            UncertaintyKWh = Math.Sqrt((ofModel * ofModel) + adjustedVariance),
            Confidence = confidence,
            Method = method,
            CumulativeDeviationKWh = cumulative,
        };
    }
}
