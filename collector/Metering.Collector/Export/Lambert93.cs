namespace Metering.Collector.Export;

/// <summary>
/// RGF93 / Lambert-93 (EPSG:2154): Lambert conformal conic with two standard parallels (EPSG method 9802) on the ellipsoid
/// GRS 1980; parallels 49° and 44°, origin 46.5° N 3° E, false origin 700 000 m and 6 600 000 m. WGS 84 and RGF93 differ by
/// less than a metre, which is left out.
/// </summary>
internal static class Lambert93
{
    private const double SemiMajorM = 6378137;
    private const double InverseFlattening = 298.257222101;
    private const double Rad = Math.PI / 180;
    private static readonly double E = Math.Sqrt((2 - 1 / InverseFlattening) / InverseFlattening);

    /// <summary>Area of use of EPSG:2154, onshore and offshore: 41.15 to 51.56° N, 9.86° W to 10.38° E.</summary>
    public static bool Covers(double latitude, double longitude) => latitude is >= 41.15 and <= 51.56 && longitude is >= -9.86 and <= 10.38;

    /// <summary>Easting and northing, m.</summary>
    public static (double X, double Y) Project(double latitude, double longitude)
    {
        var (m1, m2) = (M(49 * Rad), M(44 * Rad));
        var (t0, t1, t2) = (T(46.5 * Rad), T(49 * Rad), T(44 * Rad));
        var n = (Math.Log(m1) - Math.Log(m2)) / (Math.Log(t1) - Math.Log(t2));
        var f = m1 / (n * Math.Pow(t1, n));
        var r = SemiMajorM * f * Math.Pow(T(latitude * Rad), n);
        var r0 = SemiMajorM * f * Math.Pow(t0, n);
        var theta = n * (longitude - 3) * Rad;
        return (700000 + r * Math.Sin(theta), 6600000 + r0 - r * Math.Cos(theta));
    }

    private static double M(double phi) => Math.Cos(phi) / Math.Sqrt(1 - Math.Pow(E * Math.Sin(phi), 2));

    private static double T(double phi) =>
        Math.Tan(Math.PI / 4 - phi / 2) / Math.Pow((1 - E * Math.Sin(phi)) / (1 + E * Math.Sin(phi)), E / 2);
}
