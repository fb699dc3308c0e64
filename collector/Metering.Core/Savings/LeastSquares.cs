namespace Metering.Core.Savings;

/// <summary>
/// Weighted least squares by Householder QR (Golub and Van Loan, Matrix Computations, algorithm 5.2.1), in place over
/// column arrays. One thread and a fixed order of additions, so that the same data give the same last digit.
/// </summary>
internal sealed record LeastSquares(double[] Coefficients, double[] Residuals, double SumOfSquares, double TotalSumOfSquares, double[,] InverseOfNormal)
{
    /// <summary>Relative size of a diagonal entry of R below which the columns count as dependent.</summary>
    private const double RankTolerance = 1e-10;

    /// <summary>
    /// Minimises the sum of weight times squared residual. Null when the columns are linearly dependent or there are
    /// no more rows than columns.
    /// </summary>
    /// <param name="columns">Regressors, including a column of ones for an intercept.</param>
    /// <param name="y">Observed.</param>
    /// <param name="weights">Above 0, or null: all 1.</param>
    public static LeastSquares? Fit(IReadOnlyList<double[]> columns, double[] y, double[]? weights = null)
    {
        int n = y.Length, p = columns.Count;
        if (n <= p)
        {
            return null;
        }

        var roots = weights is null ? null : Array.ConvertAll(weights, Math.Sqrt);
        var work = columns.Select(c => Scaled(c, roots)).ToArray();
        var target = Scaled(y, roots);
        if (Triangular(work, target) is not { } r)
        {
            return null;
        }

        var coefficients = new double[p];
        for (var i = p - 1; i >= 0; i--)
        {
            var sum = target[i];
            for (var j = i + 1; j < p; j++)
            {
                sum -= r[i, j] * coefficients[j];
            }

            coefficients[i] = sum / r[i, i];
        }

        return Assess(columns, y, weights, coefficients, InverseOfNormalFrom(r));
    }

    /// <summary>(X'WX)^-1 alone; null when the columns are linearly dependent or there are no more rows than columns.</summary>
    public static double[,]? InverseOfNormalOf(IReadOnlyList<double[]> columns, double[]? weights = null)
    {
        var n = columns[0].Length;
        if (n <= columns.Count)
        {
            return null;
        }

        var roots = weights is null ? null : Array.ConvertAll(weights, Math.Sqrt);
        var work = columns.Select(c => Scaled(c, roots)).ToArray();
        return Triangular(work, new double[n]) is { } r ? InverseOfNormalFrom(r) : null;
    }

    private static double[] Scaled(double[] column, double[]? roots)
    {
        var scaled = (double[])column.Clone();
        for (var i = 0; roots is not null && i < scaled.Length; i++)
        {
            scaled[i] *= roots[i];
        }

        return scaled;
    }

    /// <summary>Reflects the columns to triangular form, and the target with them; null when they are dependent.</summary>
    private static double[,]? Triangular(double[][] columns, double[] target)
    {
        var p = columns.Length;
        var r = new double[p, p];
        for (var k = 0; k < p; k++)
        {
            var column = columns[k];
            var whole = Dot(column, column, 0);
            var below = Dot(column, column, k);
            if (!(below > RankTolerance * RankTolerance * whole))
            {
                return null;
            }

            var alpha = column[k] > 0 ? -Math.Sqrt(below) : Math.Sqrt(below);
            var square = 2 * (below - (alpha * column[k]));
            column[k] -= alpha;
            for (var j = k + 1; j < p; j++)
            {
                Reflect(column, square, columns[j], k);
            }

            Reflect(column, square, target, k);
            r[k, k] = alpha;
            for (var j = k + 1; j < p; j++)
            {
                r[k, j] = columns[j][k];
            }
        }

        return r;
    }

    private static void Reflect(double[] axis, double square, double[] column, int from)
    {
        var factor = 2 * Dot(axis, column, from) / square;
        for (var i = from; i < column.Length; i++)
        {
            column[i] -= factor * axis[i];
        }
    }

    private static double Dot(double[] a, double[] b, int from)
    {
        var sum = 0.0;
        for (var i = from; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>(X'WX)^-1 = R^-1 R^-T.</summary>
    private static double[,] InverseOfNormalFrom(double[,] r)
    {
        var p = r.GetLength(0);
        var inverse = new double[p, p];
        for (var j = 0; j < p; j++)
        {
            inverse[j, j] = 1 / r[j, j];
            for (var i = j - 1; i >= 0; i--)
            {
                var sum = 0.0;
                for (var k = i + 1; k <= j; k++)
                {
                    sum += r[i, k] * inverse[k, j];
                }

                inverse[i, j] = -sum / r[i, i];
            }
        }

        var normal = new double[p, p];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
            {
                for (var k = Math.Max(i, j); k < p; k++)
                {
                    normal[i, j] += inverse[i, k] * inverse[j, k];
                }
            }
        }

        return normal;
    }

    private static LeastSquares Assess(
        IReadOnlyList<double[]> columns, double[] y, double[]? weights, double[] coefficients, double[,] inverse)
    {
        var residuals = (double[])y.Clone();
        for (var j = 0; j < coefficients.Length; j++)
        {
            var column = columns[j];
            for (var i = 0; i < residuals.Length; i++)
            {
                residuals[i] -= coefficients[j] * column[i];
            }
        }

        double sse = 0, sumW = 0, sumWy = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var w = weights?[i] ?? 1;
            sse += w * residuals[i] * residuals[i];
            sumW += w;
            sumWy += w * y[i];
        }

        var mean = sumWy / sumW;
        var sst = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            sst += (weights?[i] ?? 1) * (y[i] - mean) * (y[i] - mean);
        }

        return new LeastSquares(coefficients, residuals, sse, sst, inverse);
    }
}
