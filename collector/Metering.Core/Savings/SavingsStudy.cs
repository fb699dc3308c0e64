using Metering.Core.Findings;

namespace Metering.Core.Savings;

/// <summary>
/// The savings of one building from its daily observations, by the rules of docs/formulas.md: models, avoided energy use,
/// verdict, and what is to be said about them. Everything a note prints about savings in one value.
/// </summary>
public sealed record SavingsStudy
{
    /// <summary>The baseline; null when no day of it is usable.</summary>
    public DailySavings? Baseline { get; init; }

    /// <summary>The model of all days, or of the working days where kinds of days are told apart; null without any.</summary>
    public EnergyModel? Model => Baseline?.Models[0].Model;

    /// <summary>Whether the savings are corrected for the weather.</summary>
    public bool IsWeatherCorrected => Baseline is { IsWeatherCorrected: true };

    /// <summary>By least squares at 90 %, the interval that verdicts are given by; null when nothing can be compared.</summary>
    public AvoidedEnergyUse? Avoided { get; init; }

    /// <summary>The same savings with the half width of CalTRACK (Sun and Baltazar), for comparison.</summary>
    public AvoidedEnergyUse? AvoidedByCalTrack { get; init; }

    /// <summary>Null without a target.</summary>
    public required TargetVerdict? Verdict { get; init; }

    public required SavingsEvidence Evidence { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The study of a building.</summary>
    /// <param name="buildingId">Subject of the findings.</param>
    /// <param name="baseline">Days before the works, at most 365, °C.</param>
    /// <param name="reporting">Days after the works, °C.</param>
    /// <param name="target">Target as a fraction, such as 0.30, or null: none on record.</param>
    /// <param name="tropical">No heating: CDD on 18..28 °C and a straight line where the break cannot be identified.</param>
    /// <param name="adjustments">Ledger of non-routine adjustments.</param>
    public static SavingsStudy Of(
        string buildingId, IReadOnlyList<EnergyObservation> baseline, IReadOnlyList<EnergyObservation> reporting, double? target,
        bool tropical, IReadOnlyList<NonRoutineAdjustment>? adjustments = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(reporting);
        var daily = DailySavings.Fit(buildingId, baseline, tropical);
        var findings = new List<Finding>(daily?.Findings ?? BaselineSufficiency.OfDays(baseline));
        if (daily?.Avoided(reporting, adjustments) is not { } avoided)
        {
            return new SavingsStudy
            {
                Baseline = daily,
                Verdict = target is null ? null : TargetVerdict.Inconclusive,
                Evidence = SavingsEvidence.Inconclusive,
                Findings = findings,
            };
        }

        if (target is { } wanted)
        {
            findings.Add(SavingsFindings.OfTarget(buildingId, avoided, wanted, daily.IsQualified));
        }

        return new SavingsStudy
        {
            Baseline = daily,
            Avoided = avoided,
            AvoidedByCalTrack = daily.Avoided(reporting, adjustments, UncertaintyMethod.SunBaltazarDaily),
            Verdict = target is { } t ? SavingsVerdict.OfTarget(avoided.Fraction, avoided.FractionUncertainty, t, daily.IsQualified) : null,
            Evidence = SavingsVerdict.OfSavings(avoided.Fraction, avoided.FractionUncertainty, daily.IsQualified),
            Findings = findings,
        };
    }
}
