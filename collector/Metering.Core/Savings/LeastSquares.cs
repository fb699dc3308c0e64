using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Metering.Core.Savings;

/// <summary>Weighted least squares by QR decomposition.</summary>
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
        var x = DenseMatrix.Create(n, p, (i, j) => columns[j][i] * (roots?[i] ?? 1));
        var target = DenseVector.Create(n, i => y[i] * (roots?[i] ?? 1));
        var qr = x.QR(QRMethod.Thin);
        for (var j = 0; j < p; j++)
        {
            if (!(Math.Abs(qr.R[j, j]) > RankTolerance * x.Column(j).L2Norm()))
            {
                return null;
            }
        }

        var solution = qr.Solve(target);
        var inverseR = qr.R.Inverse();
        var residuals = new double[n];
        double sse = 0, sumW = 0, sumWy = 0;
        for (var i = 0; i < n; i++)
        {
            var fitted = 0.0;
            for (var j = 0; j < p; j++)
            {
                fitted += columns[j][i] * solution[j];
            }

            var w = weights?[i] ?? 1;
            residuals[i] = y[i] - fitted;
            sse += w * residuals[i] * residuals[i];
            sumW += w;
            sumWy += w * y[i];
        }

        var mean = sumWy / sumW;
        var sst = 0.0;
        for (var i = 0; i < n; i++)
        {
            sst += (weights?[i] ?? 1) * (y[i] - mean) * (y[i] - mean);
        }

        return new LeastSquares(solution.ToArray(), residuals, sse, sst, (inverseR * inverseR.Transpose()).ToArray());
    }
}
