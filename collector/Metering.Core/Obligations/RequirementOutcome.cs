namespace Metering.Core.Obligations;

/// <summary>What can be said about a requirement.</summary>
public enum RequirementVerdict
{
    /// <summary>The value, with its whole interval where it has one, satisfies it.</summary>
    Met = 0,

    /// <summary>The interval of the measured value contains the threshold.</summary>
    Compatible = 1,

    /// <summary>The value, with its whole interval, does not satisfy it.</summary>
    NotMet = 2,

    /// <summary>There is no value, or it carries no conclusion.</summary>
    Inconclusive = 3,

    /// <summary>A document proves it, not a value.</summary>
    ByDocument = 4,
}

/// <summary>A value given to a requirement.</summary>
/// <param name="Value">In the requirement's unit.</param>
/// <param name="HalfWidth">Half width of its interval at 90 %; 0 for calculated values.</param>
public readonly record struct RequirementValue(double Value, double HalfWidth = 0);

/// <summary>
/// A requirement with its calculated and its measured value, which never share a column: two verdicts, each on its own value.
/// </summary>
public sealed record RequirementOutcome
{
    public required Requirement Requirement { get; init; }

    /// <summary>The threshold that applied; null where a document decides or the threshold itself is unknown.</summary>
    public double? Threshold { get; init; }

    /// <summary>The regulatory value as imported.</summary>
    public RequirementValue? Calculated { get; init; }

    /// <summary>The measured value.</summary>
    public RequirementValue? Measured { get; init; }

    /// <summary>On the calculated value.</summary>
    public required RequirementVerdict CalculatedVerdict { get; init; }

    /// <summary>On the measured value.</summary>
    public required RequirementVerdict MeasuredVerdict { get; init; }
}
