using Metering.Core.Languages;

namespace Metering.Core.Obligations;

/// <summary>One requirement of a call, as data: the threshold is the call's, never a constant of this program.</summary>
public sealed record Requirement
{
    /// <summary>Stable name, such as <c>capi.savings</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where the call says it.</summary>
    public required string Clause { get; init; }

    public required RequirementRole Role { get; init; }

    /// <summary>Categories of the call that it binds.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The call's words, shortened.</summary>
    public required BilingualText Text { get; init; }

    /// <summary>What a measurement can and cannot say about it, or null.</summary>
    public BilingualText? Limit { get; init; }

    /// <summary>Name of the value that decides, or null where a document does.</summary>
    public string? Quantity { get; init; }

    /// <summary>Unit of the value; "class" for letters, A = 1 to G = 7.</summary>
    public string Unit { get; init; } = "";

    public Comparator? Comparator { get; init; }

    /// <summary>The threshold, or null where another value is the threshold.</summary>
    public double? Threshold { get; init; }

    /// <summary>Name of the value that is the threshold, or null.</summary>
    public string? ThresholdQuantity { get; init; }
}
