using Metering.Core.Languages;

namespace Metering.Core.Findings;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know; nothing is wrong.</summary>
    Information = 0,

    /// <summary>A value carries a doubt; it is printed with it.</summary>
    Warning = 1,

    /// <summary>Values that depend on it may not carry a conclusion.</summary>
    Disqualifying = 2,
}

/// <summary>One number that proves a finding.</summary>
/// <param name="Name">Stable name, lower case with hyphens.</param>
/// <param name="Value">Value in <paramref name="Unit"/>.</param>
/// <param name="Unit">Symbol as printed; empty for a count or a pure number.</param>
public readonly record struct FindingEvidence(string Name, double Value, string Unit = "");

/// <summary>Something the data say about themselves or about the building: a value, not a line in a log.</summary>
public sealed record Finding
{
    /// <summary>Stable name, such as <c>energy.reversed</c>; a code keeps its meaning for ever.</summary>
    public required string Code { get; init; }

    public required FindingSeverity Severity { get; init; }

    /// <summary>One whole sentence in both languages, with its numbers.</summary>
    public required BilingualText Sentence { get; init; }

    /// <summary>What it is about: the id of a point, a building or a channel; empty when it is about a whole analysis.</summary>
    public string Subject { get; init; } = "";

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public IReadOnlyList<FindingEvidence> Evidence { get; init; } = [];
}
