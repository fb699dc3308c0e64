namespace Metering.Core.Obligations;

/// <summary>Holds values against the requirements of a call.</summary>
public static class RequirementCheck
{
    /// <summary>Every requirement of the category, in the order of the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="category">Category of the operation.</param>
    /// <param name="calculated">Imported regulatory values by quantity; labels as numbers (<see cref="ClassNumber"/>).</param>
    /// <param name="measured">Measured values by quantity, with the half width of their interval.</param>
    public static IReadOnlyList<RequirementOutcome> Evaluate(
        CallRules call, string category, IReadOnlyDictionary<string, double> calculated,
        IReadOnlyDictionary<string, RequirementValue> measured)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(calculated);
        ArgumentNullException.ThrowIfNull(measured);
        return [.. call.For(category).Select(r => Evaluate(r, calculated, measured))];
    }

    /// <summary>A = 1 to G = 7, so that labels can be compared: a better label is a smaller number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a letter from A to G.</exception>
    public static int ClassNumber(char label) => char.ToUpperInvariant(label) is >= 'A' and <= 'G' and var letter
        ? letter - 'A' + 1
        : throw new ArgumentOutOfRangeException(nameof(label), label, "Allowed are the letters A to G.");

    private static RequirementOutcome Evaluate(
        Requirement requirement, IReadOnlyDictionary<string, double> calculated,
        IReadOnlyDictionary<string, RequirementValue> measured)
    {
        if (requirement.Quantity is not { } quantity)
        {
            return new RequirementOutcome
            {
                Requirement = requirement,
                CalculatedVerdict = RequirementVerdict.ByDocument,
                MeasuredVerdict = RequirementVerdict.ByDocument,
            };
        }

        double? threshold = requirement.Threshold
            ?? (requirement.ThresholdQuantity is { } other && calculated.TryGetValue(other, out var value) ? value : null);
        RequirementValue? imported = calculated.TryGetValue(quantity, out var number) ? new(number) : null;
        RequirementValue? metered = measured.TryGetValue(quantity, out var found) ? found : null;
        return new RequirementOutcome
        {
            Requirement = requirement,
            Threshold = threshold,
            Calculated = imported,
            Measured = metered,
            CalculatedVerdict = Verdict(requirement.Comparator, imported, threshold),
            MeasuredVerdict = Verdict(requirement.Comparator, metered, threshold),
        };
    }

    private static RequirementVerdict Verdict(Comparator? comparator, RequirementValue? given, double? threshold)
    {
        if (given is not { } v || threshold is not { } limit || comparator is not { } compare
            || !double.IsFinite(v.Value) || !double.IsFinite(v.HalfWidth) || !double.IsFinite(limit))
        {
            return RequirementVerdict.Inconclusive;
        }

        var low = Satisfies(compare, v.Value - v.HalfWidth, limit);
        var high = Satisfies(compare, v.Value + v.HalfWidth, limit);
        return (low, high) switch
        {
            (true, true) => RequirementVerdict.Met,
            (false, false) when compare != Comparator.Equal || Math.Abs(v.Value - limit) > v.HalfWidth => RequirementVerdict.NotMet,
            _ => RequirementVerdict.Compatible,
        };
    }

    private static bool Satisfies(Comparator comparator, double value, double threshold) => comparator switch
    {
        Comparator.AtMost => value <= threshold,
        Comparator.AtLeast => value >= threshold,
        Comparator.Below => value < threshold,
        Comparator.Equal => value == threshold,
        _ => throw new ArgumentOutOfRangeException(nameof(comparator), comparator, "Unknown comparator."),
    };
}
