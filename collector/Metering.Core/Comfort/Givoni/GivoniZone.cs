namespace Metering.Core.Comfort.Givoni;

/// <summary>A corner of a zone.</summary>
/// <param name="TemperatureC">°C.</param>
/// <param name="RelativeHumidityPct">%.</param>
/// <param name="HumidityRatio">g per kg of dry air at 101 325 Pa.</param>
public readonly record struct GivoniVertex(double TemperatureC, double RelativeHumidityPct, double HumidityRatio);

/// <summary>Where people at rest are comfortable while the air moves at <see cref="AirSpeed"/>. A convex polygon, edges included.</summary>
public sealed class GivoniZone
{
    // Distance from an edge, in the units of the plane times the edge's length, below which a point lies on it: far below any
    // sensor's resolution, far above the rounding of a double.
    private const double OnEdge = 1e-9;

    private readonly double[] x;
    private readonly double[] y;

    internal GivoniZone(double airSpeed, IReadOnlyList<GivoniVertex> vertices, GivoniInterpolation interpolation)
    {
        AirSpeed = airSpeed;
        Vertices = vertices;
        x = [.. vertices.Select(v => v.TemperatureC)];
        y = [.. vertices.Select(v =>
            interpolation == GivoniInterpolation.HumidityRatio ? v.HumidityRatio : v.RelativeHumidityPct)];
    }

    /// <summary>m/s.</summary>
    public double AirSpeed { get; }

    /// <summary>Corners in order, clockwise on the chart (the sense is not used).</summary>
    public IReadOnlyList<GivoniVertex> Vertices { get; }

    /// <summary>
    /// How much cooler the air would have to be, at the same humidity, to lie in the zone, K: 0 inside, infinite where no
    /// temperature would do (too humid, too dry) or where warmer air would be needed.
    /// </summary>
    internal double ExcessK(double temperatureC, double ordinate)
    {
        var hottest = double.NegativeInfinity;
        for (int i = x.Length - 1, j = 0; j < x.Length; i = j++)
        {
            var (low, high) = y[i] <= y[j] ? (i, j) : (j, i);
            if (ordinate < y[low] || ordinate > y[high])
            {
                continue;
            }

            var crossing = y[high] > y[low]
                ? x[low] + ((x[high] - x[low]) * (ordinate - y[low]) / (y[high] - y[low]))
                : Math.Max(x[low], x[high]);
            hottest = Math.Max(hottest, crossing);
        }

        return temperatureC > hottest && double.IsFinite(hottest) ? temperatureC - hottest : double.PositiveInfinity;
    }

    /// <summary>Inside or on the edge, in the plane of the interpolation.</summary>
    internal bool Contains(double temperatureC, double ordinate)
    {
        var left = false;
        var right = false;
        for (int i = x.Length - 1, j = 0; j < x.Length; i = j++)
        {
            var cross = ((x[j] - x[i]) * (ordinate - y[i])) - ((y[j] - y[i]) * (temperatureC - x[i]));
            left |= cross > OnEdge;
            right |= cross < -OnEdge;
        }

        return !(left && right);
    }
}
