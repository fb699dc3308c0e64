using Metering.Core.Findings;

namespace Metering.Core.Savings;

/// <summary>
/// CalTRACK 2.0 data sufficiency of a baseline (docs/methods, section on data sufficiency, as restated in
/// docs/formulas.md). Problems are values: warnings stay beside the result, a disqualifying one forbids a conclusion.
/// </summary>
public static class BaselineSufficiency
{
    /// <summary>Length of a baseline, days.</summary>
    public const int BaselineDays = 365;

    /// <summary>Most days that may lack energy or temperature (10 %).</summary>
    public const int MissingDays = 37;

    /// <summary>Shortest billing period, days.</summary>
    public const int ShortestBill = 25;

    /// <summary>Longest monthly billing period, days.</summary>
    public const int LongestMonthlyBill = 35;

    /// <summary>Longest bimonthly billing period, days.</summary>
    public const int LongestBimonthlyBill = 70;

    /// <summary>What is wrong with daily observations as a baseline; empty when nothing is.</summary>
    /// <param name="days">One observation a day of the baseline; days that are not in the list are missing too.</param>
    public static IReadOnlyList<Finding> OfDays(IReadOnlyList<EnergyObservation> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        var findings = new List<Finding>();
        var valid = days.Count(d => d.IsUsable);
        var missing = BaselineDays - valid;
        if (missing > MissingDays)
        {
            findings.Add(new Finding
            {
                Code = "baseline.too-few-days",
                Severity = FindingSeverity.Disqualifying,
                Sentence = FindingText.Sentence(
                    "La période de référence a {0} jours complets (énergie et température) sur 365\u00A0; il en manque {1}, CalTRACK en admet 37.",
                    "The baseline has {0} complete days (energy and temperature) out of 365; {1} are missing, CalTRACK allows 37.",
                    0, valid, missing),
                Evidence = [new("valid-days", valid, "d"), new("missing-days", missing, "d")],
            });
        }

        var negative = days.Count(d => d.EnergyKWh < 0);
        if (negative > 0)
        {
            findings.Add(new Finding
            {
                Code = "baseline.negative-use",
                Severity = FindingSeverity.Warning,
                Sentence = FindingText.Sentence(
                    "{0} jours ont une consommation négative\u00A0: production locale possible.",
                    "{0} days have a negative use: there may be local production.", 0, negative),
                Evidence = [new("days", negative, "d")],
            });
        }

        AddOutliers(findings, days);
        return findings;
    }

    /// <summary>
    /// Billing periods that CalTRACK keeps: at least 25 days, at most 35 (monthly) or 70 (bimonthly); an estimated read
    /// must have been merged with the following one before. What is dropped is reported.
    /// </summary>
    public static (IReadOnlyList<EnergyObservation> Kept, IReadOnlyList<Finding> Findings) OfBills(
        IReadOnlyList<EnergyObservation> bills, bool bimonthly = false)
    {
        ArgumentNullException.ThrowIfNull(bills);
        var longest = bimonthly ? LongestBimonthlyBill : LongestMonthlyBill;
        var kept = bills.Where(b => b.Days >= ShortestBill && b.Days <= longest && b.IsUsable).ToArray();
        var findings = new List<Finding>();
        if (kept.Length < bills.Count)
        {
            findings.Add(new Finding
            {
                Code = "baseline.bills-dropped",
                Severity = FindingSeverity.Warning,
                Sentence = FindingText.Sentence(
                    "{0} factures sont écartées\u00A0: moins de {1} jours, plus de {2} jours, ou température manquante.",
                    "{0} bills are dropped: shorter than {1} days, longer than {2} days, or without temperature.",
                    0, bills.Count - kept.Length, ShortestBill, longest),
                Evidence = [new("bills", bills.Count - kept.Length)],
            });
        }

        var days = kept.Sum(b => b.Days);
        if (BaselineDays - days > MissingDays)
        {
            findings.Add(new Finding
            {
                Code = "baseline.too-few-days",
                Severity = FindingSeverity.Disqualifying,
                Sentence = FindingText.Sentence(
                    "Les factures retenues couvrent {0} jours sur 365\u00A0; CalTRACK admet 37 jours manquants.",
                    "The bills kept cover {0} days out of 365; CalTRACK allows 37 missing days.", 0, days),
                Evidence = [new("valid-days", days, "d")],
            });
        }

        AddOutliers(findings, kept);
        return (kept, findings);
    }

    private static void AddOutliers(List<Finding> findings, IReadOnlyList<EnergyObservation> observations)
    {
        var outliers = Quality.OutlierRule.Outliers([.. observations.Select(o => o.UsePerDay)]).Count(o => o);
        if (outliers > 0)
        {
            findings.Add(new Finding
            {
                Code = "baseline.outliers",
                Severity = FindingSeverity.Warning,
                Sentence = FindingText.Sentence(
                    "{0} valeurs dépassent la médiane de plus de trois écarts interquartiles\u00A0; elles sont gardées.",
                    "{0} values exceed the median by more than three interquartile ranges; they are kept.", 0, outliers),
                Evidence = [new("values", outliers)],
            });
        }
    }
}
