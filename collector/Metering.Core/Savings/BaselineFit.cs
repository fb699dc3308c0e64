using Metering.Core.Findings;

namespace Metering.Core.Savings;

/// <summary>The model that was chosen for a period, those it was chosen from, and what is to be said about the data.</summary>
public sealed record BaselineFit
{
    /// <summary>The chosen model, or null: no candidate qualified.</summary>
    public EnergyModel? Model { get; init; }

    /// <summary>The best model of each form that qualified, best first.</summary>
    public required IReadOnlyList<EnergyModel> Candidates { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether a conclusion may stand on it.</summary>
    public bool IsQualified => Model is not null && Findings.All(f => f.Severity < FindingSeverity.Disqualifying);
}
