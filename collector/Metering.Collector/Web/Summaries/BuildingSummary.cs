using Metering.Core.Savings;

namespace Metering.Collector.Web.Summaries;

/// <summary>
/// What the list of buildings says of one of them. Computed when its readings or its registry change, never when somebody
/// looks: a building of two years takes a second, a list of a thousand has to open in less.
/// </summary>
public sealed record BuildingSummary
{
    public required string BuildingId { get; init; }

    /// <summary>When it was computed.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>How long that took, s.</summary>
    public double CostS { get; init; }

    /// <summary>Hash of what it was computed from: registry, dossier, newest sample, corrections.</summary>
    public required string Basis { get; init; }

    /// <summary>First instant of the readings, local time of the site; null: there are none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of the readings, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Energy of the measurement boundary over the period, kWh, or null: no meter.</summary>
    public decimal? EnergyKwh { get; init; }

    /// <summary>Samples with a value, of all channels.</summary>
    public long Stored { get; init; }

    /// <summary>Samples that the grid asks for.</summary>
    public long Expected { get; init; }

    /// <summary>Verdicts on the targets on record, worst first.</summary>
    public IReadOnlyList<TargetVerdict> Verdicts { get; init; } = [];

    /// <summary>Intervals that are no plain step from one sample to the next.</summary>
    public int Gaps { get; init; }

    /// <summary>Of these, those without a known cause.</summary>
    public int Unexplained { get; init; }

    /// <summary>Whether there is anything to summarise.</summary>
    public bool HasReadings => To is not null;

    /// <summary>Share of the expected samples that is stored, 0 to 100, or null: none are expected.</summary>
    public double? CompletenessPercent => Expected == 0 ? null : Math.Min(100, 100.0 * Stored / Expected);
}
