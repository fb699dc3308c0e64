using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Metering.Core.Languages;

namespace Metering.Core.Applicability;

/// <summary>
/// What a model answers: a number, or "not applicable" with the reason. Never an extrapolation. A value type without
/// allocation, so that it can be asked millions of times a second.
/// </summary>
public readonly record struct ModelValue
{
    private readonly double number;
    private readonly Inapplicability? reason;

    private ModelValue(double number, Inapplicability? reason)
    {
        this.number = number;
        this.reason = reason;
    }

    public static ModelValue Of(double value) => new(value, null);

    /// <param name="reason">Which condition is not met.</param>
    /// <param name="given">The input that was refused, in the unit of the condition; NaN when it was not measured.</param>
    public static ModelValue NotApplicable(Inapplicability reason, double given = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new(given, reason);
    }

    [MemberNotNullWhen(false, nameof(reason), nameof(Reason))]
    public bool IsApplicable => reason is null;

    public Inapplicability? Reason => reason;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">Not applicable; the message is the English sentence.</exception>
    public double Value => IsApplicable ? number : throw new InvalidOperationException(Sentence(Language.English));

    public bool TryGetValue(out double value)
    {
        value = IsApplicable ? number : double.NaN;
        return IsApplicable;
    }

    /// <summary>Why there is no number, as a sentence; empty when there is one.</summary>
    public string Sentence(Language language) => IsApplicable ? "" : reason.Sentence(language, number);

    public override string ToString() =>
        IsApplicable ? number.ToString("R", CultureInfo.InvariantCulture) : Sentence(Language.English);
}
