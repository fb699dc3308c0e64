namespace Metering.Core.Savings;

/// <summary>How the uncertainty of avoided energy use is computed.</summary>
public enum UncertaintyMethod
{
    /// <summary>ASHRAE Guideline 14: factor 1.26.</summary>
    Guideline14 = 0,

    /// <summary>Sun and Baltazar, as in CalTRACK 2.0, daily coefficients.</summary>
    SunBaltazarDaily = 1,

    /// <summary>Sun and Baltazar, as in CalTRACK 2.0, billing coefficients.</summary>
    SunBaltazarBilling = 2,

    /// <summary>
    /// Least-squares prediction interval of the sum over the reporting period, both the model's and the reporting
    /// noise widened for autocorrelation. The only one that knows the reporting weather; see docs/formulas.md for how
    /// often each contains the truth.
    /// </summary>
    LeastSquares = 3,
}

/// <summary>Uncertainty of avoided energy use at a confidence, from the baseline model alone.</summary>
public static class SavingsUncertainty
{
    /// <summary>Factor of ASHRAE Guideline 14 (general knowledge, agrees with nmecr @e789ebc).</summary>
    public const double Guideline14Factor = 1.26;

    /// <summary>
    /// Factor in front of CV: 1.26 (Guideline 14), or a M² + b M + d with M months of reporting: daily a = -0.00024,
    /// b = 0.03535, d = 1.00286; billing a = -0.00022, b = 0.03306, d = 0.94054 (CalTRACK 2.0, docs/methods).
    /// </summary>
    /// <param name="method">Method.</param>
    /// <param name="months">Months of reporting, above 0.</param>
    public static double Factor(UncertaintyMethod method, double months)
    {
        if (!(months > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(months), months, "There must be more than 0 months of reporting.");
        }

        return method switch
        {
            UncertaintyMethod.Guideline14 => Guideline14Factor,
            UncertaintyMethod.SunBaltazarDaily => (-0.00024 * months * months) + (0.03535 * months) + 1.00286,
            UncertaintyMethod.SunBaltazarBilling => (-0.00022 * months * months) + (0.03306 * months) + 0.94054,
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
    }

    /// <summary>
    /// Half width of the confidence interval of the avoided energy use, kWh:
    /// t factor CV sqrt((n/n')(1 + 2/n')/m) times the predicted energy, which is the fractional savings uncertainty
    /// times the savings, and stays meaningful when the savings are 0. t: Student's two-sided value with n - p degrees
    /// of freedom.
    /// </summary>
    /// <param name="method">Method.</param>
    /// <param name="baseline">Statistics of the baseline model.</param>
    /// <param name="predictedKWh">Adjusted baseline of the reporting period, kWh.</param>
    /// <param name="reportingPoints">Observations of the reporting period (m, Q).</param>
    /// <param name="months">Months of the reporting period.</param>
    /// <param name="confidence">Confidence, between 0 and 1.</param>
    public static double HalfWidthKWh(
        UncertaintyMethod method, ModelStatistics baseline, double predictedKWh, int reportingPoints, double months, double confidence)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentOutOfRangeException.ThrowIfLessThan(reportingPoints, 1);
        var effective = baseline.EffectiveN;
        return StudentT(confidence, baseline.N - baseline.P)
            * Factor(method, months)
            * baseline.CvRmse
            * Math.Sqrt(baseline.N / effective * (1 + (2 / effective)) / reportingPoints)
            * Math.Abs(predictedKWh);
    }

    /// <summary>
    /// Half width by <see cref="UncertaintyMethod.LeastSquares"/>, kWh: t sqrt(SSE/(n' - q) (g'(J'J)^-1 g + m)) with
    /// g the sum of the model's derivatives over the reporting days, m the reporting days (in units of the baseline's
    /// mean period), q coefficients and searched balance points, n' = n (1 - rho)/(1 + rho) with rho freed of its bias,
    /// and t with n' - q degrees of freedom. For a linear model without autocorrelation this is the prediction interval
    /// of a sum; searched balance points enter by linearisation (Gauss and Newton), autocorrelation by n' in place of n.
    /// </summary>
    /// <param name="baseline">A fitted model.</param>
    /// <param name="reporting">Observations that are compared.</param>
    /// <param name="confidence">Confidence, between 0 and 1.</param>
    public static double LeastSquaresHalfWidthKWh(EnergyModel baseline, IReadOnlyList<EnergyObservation> reporting, double confidence)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(reporting);
        return StudentT(confidence, (int)DegreesOfFreedom(baseline.Statistics)) * LeastSquaresStandardErrorKWh(baseline, reporting);
    }

    /// <summary>n' - q, at least 1.</summary>
    internal static double DegreesOfFreedom(ModelStatistics statistics) => Math.Max(
        1,
        ModelStatistics.EffectiveCount(statistics.N, statistics.RhoWithoutBias) - statistics.P - statistics.SearchedBalancePoints);

    private static double LeastSquaresStandardErrorKWh(EnergyModel baseline, IReadOnlyList<EnergyObservation> reporting)
    {
        var inverse = baseline.InverseOfNormal;
        var q = baseline.CoefficientCount + baseline.BalancePointDerivatives;
        if (inverse.GetLength(0) != q)
        {
            throw new ArgumentException("The model was not fitted to data, so its coefficients have no known uncertainty.", nameof(baseline));
        }

        var sum = new double[q];
        var noise = 0.0;
        foreach (var observation in reporting)
        {
            var derivatives = baseline.Derivatives(observation.Temperatures, observation.HumidityRatio);
            for (var j = 0; j < q; j++)
            {
                sum[j] += observation.Days * derivatives[j];
            }

            noise += observation.Days * baseline.MeanDays;
        }

        var ofModel = 0.0;
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                ofModel += sum[i] * inverse[i, j] * sum[j];
            }
        }

        return Math.Sqrt(baseline.Statistics.SumOfSquares / DegreesOfFreedom(baseline.Statistics) * (ofModel + noise));
    }

    /// <summary>Student's value t for a two-sided confidence.</summary>
    /// <param name="confidence">Between 0 and 1, exclusive.</param>
    /// <param name="degreesOfFreedom">1 and up.</param>
    public static double StudentT(double confidence, int degreesOfFreedom)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        return MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degreesOfFreedom, 0.5 + (confidence / 2));
    }
}
