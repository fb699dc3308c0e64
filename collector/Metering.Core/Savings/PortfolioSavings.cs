namespace Metering.Core.Savings;

/// <summary>One building of a portfolio: savings and their half width, kWh.</summary>
public readonly record struct BuildingSavings(string BuildingId, double AdjustedBaselineKWh, double SavingsKWh, double UncertaintyKWh, double CvRmse);

/// <summary>
/// Savings of several buildings (CalTRACK 2.0, docs/methods): sums, and FSU = sqrt(sum of squared half widths) over the
/// sum of savings. The errors of different buildings count as independent, which a common weather error would not be.
/// </summary>
public sealed record PortfolioSavings(
    int Buildings, int LeftOut, double AdjustedBaselineKWh, double SavingsKWh, double UncertaintyKWh)
{
    /// <summary>Buildings whose baseline CV(RMSE) exceeds this are left out (CalTRACK acceptance: 100 %).</summary>
    public const double LargestCvRmse = 1.0;

    public double Fraction => SavingsKWh / AdjustedBaselineKWh;

    public double FractionUncertainty => UncertaintyKWh / AdjustedBaselineKWh;

    public double FractionalSavingsUncertainty => UncertaintyKWh / Math.Abs(SavingsKWh);

    public static PortfolioSavings Of(IReadOnlyList<BuildingSavings> buildings)
    {
        ArgumentNullException.ThrowIfNull(buildings);
        var kept = buildings.Where(b => b.CvRmse <= LargestCvRmse).ToArray();
        return new PortfolioSavings(
            kept.Length,
            buildings.Count - kept.Length,
            kept.Sum(b => b.AdjustedBaselineKWh),
            kept.Sum(b => b.SavingsKWh),
            Math.Sqrt(kept.Sum(b => b.UncertaintyKWh * b.UncertaintyKWh)));
    }
}
