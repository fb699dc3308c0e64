using Metering.Core.Registry;

namespace Metering.Core.Energy;

/// <summary>What <see cref="IntervalBuilder"/> has to know about a point beyond its readings.</summary>
public sealed record IntervalOptions
{
    /// <summary>Allowance on the circuit's greatest power before energy counts as a spike (project rule SPIKE_P).</summary>
    public const decimal SpikeAllowance = 1.2m;

    /// <summary>Time between two samples on the board's grid.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most the circuit can carry, W, or null: no spike is recognised.</summary>
    public decimal? MaxPowerW { get; init; }

    /// <summary>The readings do not come from a real building: every interval says so.</summary>
    public bool Simulated { get; init; }

    /// <summary>The options of a registered point.</summary>
    public static IntervalOptions Of(MeteringPoint point, Building? building = null)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new IntervalOptions
        {
            MaxPowerW = point.MaxPowerW is { } watts ? (decimal)watts : null,
            Simulated = building?.Simulated ?? false,
        };
    }

    /// <summary>Two samples further apart than this have a missing grid instant between them.</summary>
    internal TimeSpan GapAfter => Step * 1.5;
}
