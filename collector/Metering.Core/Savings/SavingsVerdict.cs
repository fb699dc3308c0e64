namespace Metering.Core.Savings;

/// <summary>Whether a target is reached (fr. atteint, compatible, non atteint, non concluant).</summary>
public enum TargetVerdict
{
    /// <summary>The whole interval lies at or above the target.</summary>
    Met = 0,

    /// <summary>The interval contains the target, and the savings themselves are proven.</summary>
    Compatible = 1,

    /// <summary>The whole interval lies below the target.</summary>
    NotMet = 2,

    /// <summary>The data do not carry a conclusion.</summary>
    Inconclusive = 3,
}

/// <summary>How firm the savings are (fr. concluant, indicatif, non concluant).</summary>
public enum SavingsEvidence
{
    /// <summary>FSU below 50 %.</summary>
    Conclusive = 0,

    /// <summary>FSU below 100 %: the sign is proven, the size roughly.</summary>
    Indicative = 1,

    /// <summary>FSU of 100 % or more: the interval contains 0.</summary>
    Inconclusive = 2,
}

/// <summary>The rules by which a note speaks (rules of this project; the interval is that of 90 % confidence).</summary>
public static class SavingsVerdict
{
    /// <summary>Confidence at which verdicts are given.</summary>
    public const double Confidence = 0.9;

    /// <summary>The verdict on a target.</summary>
    /// <param name="fraction">Savings, a fraction of the adjusted baseline.</param>
    /// <param name="halfWidth">Half width of the interval at 90 %, the same unit; not below 0.</param>
    /// <param name="target">Target, such as 0.30.</param>
    /// <param name="qualified">Whether the data passed the sufficiency rules.</param>
    public static TargetVerdict OfTarget(double fraction, double halfWidth, double target, bool qualified)
    {
        if (!qualified || !double.IsFinite(fraction) || !double.IsFinite(halfWidth))
        {
            return TargetVerdict.Inconclusive;
        }

        if (fraction - halfWidth >= target)
        {
            return TargetVerdict.Met;
        }

        if (fraction + halfWidth < target)
        {
            return TargetVerdict.NotMet;
        }

        return OfSavings(fraction, halfWidth, qualified) == SavingsEvidence.Inconclusive
            ? TargetVerdict.Inconclusive
            : TargetVerdict.Compatible;
    }

    /// <summary>How firm savings are.</summary>
    /// <inheritdoc cref="OfTarget" path="/param"/>
    public static SavingsEvidence OfSavings(double fraction, double halfWidth, bool qualified)
    {
        if (!qualified || !double.IsFinite(fraction) || !double.IsFinite(halfWidth) || fraction == 0)
        {
            return SavingsEvidence.Inconclusive;
        }

        var fsu = halfWidth / Math.Abs(fraction);
        return fsu < 0.5 ? SavingsEvidence.Conclusive : fsu < 1 ? SavingsEvidence.Indicative : SavingsEvidence.Inconclusive;
    }
}
