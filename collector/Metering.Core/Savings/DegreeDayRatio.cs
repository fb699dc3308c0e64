namespace Metering.Core.Savings;

/// <summary>
/// Climate correction by the ratio of degree days, as energy performance contracts do (fr. CPE): on the
/// weather-dependent part only, never on the base load. Degree days of both periods by the same station, method and base.
/// </summary>
/// <param name="SavingsKWh">Positive: less was used.</param>
/// <param name="ReferenceKWh">What the savings are a part of.</param>
public readonly record struct DegreeDayRatio(double SavingsKWh, double ReferenceKWh)
{
    public double Fraction => SavingsKWh / ReferenceKWh;

    /// <summary>In the climate of the reference period: reference minus measured times DJU_ref/DJU.</summary>
    /// <param name="referenceKWh">Weather-dependent energy of the reference period, kWh.</param>
    /// <param name="measuredKWh">Weather-dependent energy of the reporting period, kWh.</param>
    /// <param name="referenceDegreeDays">K·days, above 0.</param>
    /// <param name="degreeDays">K·days of the reporting period, above 0.</param>
    /// <param name="baseKWhReference">Energy of the reference period that does not depend on the weather, kWh.</param>
    /// <param name="baseKWhMeasured">The same of the reporting period, kWh.</param>
    public static DegreeDayRatio InReferenceClimate(
        double referenceKWh, double measuredKWh, double referenceDegreeDays, double degreeDays,
        double baseKWhReference = 0, double baseKWhMeasured = 0)
    {
        Check(referenceDegreeDays, degreeDays);
        return new DegreeDayRatio(
            referenceKWh - (measuredKWh * referenceDegreeDays / degreeDays) + baseKWhReference - baseKWhMeasured,
            referenceKWh + baseKWhReference);
    }

    /// <summary>In the climate of the reporting period: reference times DJU/DJU_ref minus measured.</summary>
    /// <inheritdoc cref="InReferenceClimate" path="/param"/>
    public static DegreeDayRatio InRealClimate(
        double referenceKWh, double measuredKWh, double referenceDegreeDays, double degreeDays,
        double baseKWhReference = 0, double baseKWhMeasured = 0)
    {
        Check(referenceDegreeDays, degreeDays);
        var adjusted = referenceKWh * degreeDays / referenceDegreeDays;
        return new DegreeDayRatio(adjusted - measuredKWh + baseKWhReference - baseKWhMeasured, adjusted + baseKWhReference);
    }

    /// <summary>
    /// Whether a climate correction is allowed at all: below an R² of 0.3 of use per day against degree days the
    /// weather does not drive the use, and raw figures are published (project rule).
    /// </summary>
    public static bool IsMeaningful(ModelStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        return statistics.R2 >= LeastR2;
    }

    /// <summary>Least R² for a climate correction.</summary>
    public const double LeastR2 = 0.3;

    private static void Check(double reference, double real)
    {
        if (!(reference > 0 && real > 0))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Degree days must be above 0; given were {reference} (reference) and {real} (reporting)."));
        }
    }
}
