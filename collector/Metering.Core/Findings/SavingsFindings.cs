using Metering.Core.Languages;
using Metering.Core.Savings;

namespace Metering.Core.Findings;

/// <summary>Savings and their verdict as findings.</summary>
public static class SavingsFindings
{
    /// <summary>The verdict on a target, as a sentence with the interval.</summary>
    /// <param name="buildingId">Id of the building.</param>
    /// <param name="savings">Avoided energy use, at the confidence that verdicts are given at.</param>
    /// <param name="target">Target, a fraction such as 0.30.</param>
    /// <param name="qualified">Whether the data passed the sufficiency rules.</param>
    public static Finding OfTarget(string buildingId, AvoidedEnergyUse savings, double target, bool qualified)
    {
        ArgumentNullException.ThrowIfNull(savings);
        var verdict = SavingsVerdict.OfTarget(savings.Fraction, savings.FractionUncertainty, target, qualified);
        var (french, english) = Words(verdict);
        return new Finding
        {
            Code = verdict switch
            {
                TargetVerdict.Met => "savings.target-met",
                TargetVerdict.Compatible => "savings.target-compatible",
                TargetVerdict.NotMet => "savings.target-not-met",
                _ => "savings.target-inconclusive",
            },
            Severity = verdict is TargetVerdict.Met or TargetVerdict.Compatible ? FindingSeverity.Information : FindingSeverity.Warning,
            Subject = buildingId,
            Sentence = FindingText.Sentence(
                "Économie de {0}\u00A0% ± {1}\u00A0% à {2}\u00A0% de confiance, objectif {3}\u00A0%\u00A0: " + french + ".",
                "Savings of {0} % ± {1} % at {2} % confidence, target {3} %: " + english + ".",
                1, 100 * savings.Fraction, 100 * savings.FractionUncertainty, 100 * savings.Confidence, 100 * target),
            Evidence =
            [
                new("savings", 100 * savings.Fraction, "%"), new("half-width", 100 * savings.FractionUncertainty, "%"),
                new("target", 100 * target, "%"), new("confidence", 100 * savings.Confidence, "%"), new("days", savings.Days, "d"),
            ],
        };
    }

    /// <summary>The verdict in words.</summary>
    public static BilingualText Verdict(TargetVerdict verdict)
    {
        var (french, english) = Words(verdict);
        return new BilingualText(french, english);
    }

    private static (string French, string English) Words(TargetVerdict verdict) => verdict switch
    {
        TargetVerdict.Met => ("atteint", "met"),
        TargetVerdict.Compatible => ("compatible", "compatible"),
        TargetVerdict.NotMet => ("non atteint", "not met"),
        TargetVerdict.Inconclusive => ("non concluant", "inconclusive"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Unknown verdict."),
    };
}
