using Metering.Core.Applicability;

namespace Metering.Core.Savings;

/// <summary>Avoided energy use by an hourly model over the hours that have energy, temperature and a prediction.</summary>
public sealed record HourlySavings
{
    /// <summary>Baseline under the weather of the reporting hours, kWh.</summary>
    public required double PredictedKWh { get; init; }

    public required double MeasuredKWh { get; init; }

    /// <summary>Hours compared.</summary>
    public required int Hours { get; init; }

    /// <summary>Hours left out for want of energy, temperature or a prediction.</summary>
    public required int LeftOut { get; init; }

    public required double Confidence { get; init; }

    /// <summary>
    /// Half width of the interval, kWh: t sqrt(SSE/f (m + m²/n)) of the residuals added up to days, n days of the
    /// baseline, m of the reporting period, f = (n - p)(1 - rho)/(1 + rho) degrees of freedom, and in quadrature the bias that the monthly models are known to have (NMBE).
    /// Not applicable when the baseline has too few whole days.
    /// </summary>
    public required ModelValue UncertaintyKWh { get; init; }

    public double SavingsKWh => PredictedKWh - MeasuredKWh;

    /// <summary>Savings over the prediction, a fraction.</summary>
    public double Fraction => SavingsKWh / PredictedKWh;

    /// <summary>Whole days from which the autocorrelation of days can be told.</summary>
    public const int LeastDays = ModelStatistics.LeastForBias;

    /// <summary>At least <see cref="LeastDays"/>, and half of them must be left over after what the model takes.</summary>
    public static ModelRule TooFewDays { get; } = new(
        "hourly-savings.too-few-days",
        new("trop peu de jours complets pour connaître l'incertitude d'un modèle horaire",
            "too few whole days to know the uncertainty of an hourly model"),
        "choix du projet / project choice");

    internal static HourlySavings Of(
        ModelStatistics days, double predicted, double measured, int hours, int leftOut, double confidence) => new()
    {
        PredictedKWh = predicted,
        MeasuredKWh = measured,
        Hours = hours,
        LeftOut = leftOut,
        Confidence = confidence,
        UncertaintyKWh = HalfWidth(days, predicted, hours / 24.0, confidence),
    };

    private static ModelValue HalfWidth(ModelStatistics days, double predicted, double m, double confidence)
    {
        var freedom = ModelStatistics.EffectiveCount(days.N - days.P, days.Rho);
        if (!(m > 0) || days.N < Math.Max(LeastDays, 2 * days.P) || freedom < 2)
        {
            return ModelValue.NotApplicable(TooFewDays);
        }

        var variance = days.SumOfSquares / freedom * (m + (m * m / days.N));
        var bias = days.Nmbe * (days.N - days.P) / days.N * predicted;
        var t = SavingsUncertainty.StudentT(confidence, (int)freedom);
        return ModelValue.Of(Math.Sqrt((t * t * variance) + (bias * bias)));
    }
}
