namespace Metering.Core.Savings;

/// <summary>
/// Goodness of a fit. n observations, p coefficients (balance points not counted, as in CalTRACK), residual = observed
/// minus fitted, weighted by days for billing periods.
/// </summary>
public sealed record ModelStatistics
{
    /// <summary>Observations.</summary>
    public required int N { get; init; }

    /// <summary>Coefficients.</summary>
    public required int P { get; init; }

    /// <summary>
    /// Balance points that were searched for on a grid. Not in <see cref="P"/>, as in CalTRACK; the interval of
    /// <see cref="UncertaintyMethod.LeastSquares"/> counts them, because the search fits them to the noise as well.
    /// </summary>
    public int SearchedBalancePoints { get; init; }

    /// <summary>Mean observed use per day, kWh.</summary>
    public required double Mean { get; init; }

    /// <summary>Sum of squared residuals, (kWh/day)².</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>Sum of squares about the mean, (kWh/day)².</summary>
    public required double TotalSumOfSquares { get; init; }

    /// <summary>Sum of the residuals over (n - p) times the mean; 0 for least squares with an intercept.</summary>
    public required double Nmbe { get; init; }

    /// <summary>Lag-1 autocorrelation: correlation of the residuals with themselves shifted by one observation.</summary>
    public required double Rho { get; init; }

    /// <summary>R² = 1 - SSE/SST.</summary>
    public double R2 => TotalSumOfSquares > 0 ? 1 - (SumOfSquares / TotalSumOfSquares) : 0;

    /// <summary>1 - (SSE/(n - p))/(SST/(n - 1)).</summary>
    public double AdjustedR2 => TotalSumOfSquares > 0
        ? 1 - (SumOfSquares / (N - P) / (TotalSumOfSquares / (N - 1)))
        : 0;

    /// <summary>sqrt(SSE/(n - p)), kWh/day.</summary>
    public double Rmse => Math.Sqrt(SumOfSquares / (N - P));

    /// <summary>CV(RMSE) = sqrt(SSE/(n - p))/mean, a fraction.</summary>
    public double CvRmse => Rmse / Mean;

    /// <summary>Effective number of observations n' = n (1 - rho)/(1 + rho); a negative rho is taken as 0.</summary>
    public double EffectiveN => EffectiveCount(N, Rho);

    /// <summary>
    /// <see cref="Rho"/> without the bias that fitting gives it: the residuals of p fitted terms that change slowly look
    /// less alike than the noise, E[r] = rho - (p (1 + rho) + 2 rho)/n to the order 1/n; with p = 1, a fitted mean, that is
    /// rho - (1 + 3 rho)/n (Kendall 1954; Marriott and Pope 1954). Below <see cref="LeastForBias"/> observations the
    /// expansion is no guide, and the plain estimate stays.
    /// </summary>
    public double RhoWithoutBias
    {
        get
        {
            var p = P + SearchedBalancePoints;
            return N >= LeastForBias ? ((N * Rho) + p) / (N - p - 2) : Rho;
        }
    }

    /// <summary>Observations from which the bias of the autocorrelation is taken off.</summary>
    public const int LeastForBias = 60;

    /// <summary>n' = n (1 - rho)/(1 + rho), with rho limited to 0..0.99: anticorrelated noise earns no credit.</summary>
    public static double EffectiveCount(double n, double rho)
    {
        var limited = double.IsNaN(rho) ? 0 : Math.Clamp(rho, 0, 0.99);
        return n * (1 - limited) / (1 + limited);
    }

    /// <summary>Correlation of a series with itself shifted by one; NaN pairs are left out; 0 below three pairs.</summary>
    public static double Lag1(IReadOnlyList<double> residuals)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        double sumA = 0, sumB = 0;
        var pairs = 0;
        for (var i = 1; i < residuals.Count; i++)
        {
            if (double.IsFinite(residuals[i - 1]) && double.IsFinite(residuals[i]))
            {
                sumA += residuals[i - 1];
                sumB += residuals[i];
                pairs++;
            }
        }

        if (pairs < 3)
        {
            return 0;
        }

        double aa = 0, bb = 0, ab = 0;
        for (var i = 1; i < residuals.Count; i++)
        {
            if (double.IsFinite(residuals[i - 1]) && double.IsFinite(residuals[i]))
            {
                var a = residuals[i - 1] - (sumA / pairs);
                var b = residuals[i] - (sumB / pairs);
                aa += a * a;
                bb += b * b;
                ab += a * b;
            }
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }
}
