using Metering.Core.Findings;

namespace Metering.Core.Savings;

/// <summary>
/// The savings of one building from its daily observations, by the rules of docs/formulas.md: model, avoided energy use,
/// verdict, and what is to be said about them. Everything a note prints about savings in one value.
/// </summary>
public sealed record SavingsStudy
{
    public required BaselineFit Baseline { get; init; }

    /// <summary>The model that the savings stand on: the baseline's, or its mean where the weather does not drive the use; null without any.</summary>
    public EnergyModel? Model { get; init; }

    /// <summary>Whether the savings are corrected for the weather.</summary>
    public bool IsWeatherCorrected { get; init; }

    /// <summary>By least squares at 90 %, the interval that verdicts are given by; null when nothing can be compared.</summary>
    public AvoidedEnergyUse? Avoided { get; init; }

    /// <summary>The same savings with the half width of CalTRACK (Sun and Baltazar), for comparison.</summary>
    public AvoidedEnergyUse? AvoidedByCalTrack { get; init; }

    public required TargetVerdict Verdict { get; init; }

    public required SavingsEvidence Evidence { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The study of a building.</summary>
    /// <param name="buildingId">Subject of the findings.</param>
    /// <param name="baseline">Days before the works, at most 365, °C.</param>
    /// <param name="reporting">Days after the works, °C.</param>
    /// <param name="target">Target as a fraction, such as 0.30.</param>
    /// <param name="tropical">No heating: CDD on 18..28 °C and a straight line where the break cannot be identified.</param>
    /// <param name="adjustments">Ledger of non-routine adjustments.</param>
    public static SavingsStudy Of(
        string buildingId, IReadOnlyList<EnergyObservation> baseline, IReadOnlyList<EnergyObservation> reporting, double target,
        bool tropical, IReadOnlyList<NonRoutineAdjustment>? adjustments = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(reporting);
        var fit = tropical ? CalTrack.TropicalDaily(baseline) : CalTrack.Daily(baseline, BalancePointGrid.CalTrackCelsius);
        var findings = new List<Finding>(fit.Findings);
        var corrected = fit.Model is not null && DegreeDayRatio.IsMeaningful(fit.Model.Statistics);
        var model = corrected ? fit.Model : ModelFit.Best(ModelForm.Mean, baseline, BalancePointGrid.CalTrackCelsius);
        if (fit.Model is not null && !corrected)
        {
            findings.Add(NotDriven(buildingId, fit.Model.Statistics.R2));
        }

        var avoided = model is null || !reporting.Any(o => o.IsUsable) ? null : AvoidedEnergyUse.Of(
            model, reporting, UncertaintyMethod.LeastSquares, SavingsVerdict.Confidence, adjustments);
        if (avoided is null)
        {
            return new SavingsStudy
            {
                Baseline = fit,
                Model = model,
                Verdict = TargetVerdict.Inconclusive,
                Evidence = SavingsEvidence.Inconclusive,
                Findings = findings,
            };
        }

        findings.Add(SavingsFindings.OfTarget(buildingId, avoided, target, fit.IsQualified));
        return new SavingsStudy
        {
            Baseline = fit,
            Model = model,
            IsWeatherCorrected = corrected,
            Avoided = avoided,
            AvoidedByCalTrack = AvoidedEnergyUse.Of(
                model!, reporting, UncertaintyMethod.SunBaltazarDaily, SavingsVerdict.Confidence, adjustments),
            Verdict = SavingsVerdict.OfTarget(avoided.Fraction, avoided.FractionUncertainty, target, fit.IsQualified),
            Evidence = SavingsVerdict.OfSavings(avoided.Fraction, avoided.FractionUncertainty, fit.IsQualified),
            Findings = findings,
        };
    }

    private static Finding NotDriven(string buildingId, double r2) => new()
    {
        Code = "savings.weather-does-not-drive",
        Severity = FindingSeverity.Warning,
        Subject = buildingId,
        Sentence = FindingText.Sentence(
            "La météo n'explique que {0}\u00A0% de la consommation quotidienne (il en faut 30)\u00A0: l'économie est donnée sans correction climatique.",
            "The weather explains only {0} % of the daily use (30 are needed): savings are given without correction for the weather.",
            0, 100 * r2),
        Evidence = [new("r2", r2)],
    };
}
