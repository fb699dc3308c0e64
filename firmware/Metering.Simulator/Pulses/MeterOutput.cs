namespace Metering.Simulator.Pulses;

/// <summary>The pulse output of a simulated meter (IEC 62053-31: closed and open for at least 30 ms, transition with contact
/// bounce under 5 ms).</summary>
public sealed record MeterOutput
{
    /// <summary>IEC 62053-31: shortest time on and shortest time off, microseconds.</summary>
    public const int MinOnUs = 30_000;

    /// <inheritdoc cref="MinOnUs"/>
    public const int MinOffUs = 30_000;

    /// <summary>IEC 62053-31: longest transition including bounce, microseconds.</summary>
    public const int MaxBounceUs = 5_000;

    /// <summary>Steady time on, microseconds, from <see cref="MinOnUs"/> up.</summary>
    public int OnUs { get; init; } = MinOnUs;

    /// <summary>Longest bounce at each edge, microseconds, 0 to <see cref="MaxBounceUs"/>; 0: a transistor that never bounces.</summary>
    public int BounceUs { get; init; } = MaxBounceUs;

    /// <summary>
    /// No pulse touches the first and last microseconds of a step, so that the boundary samples of every board, whose
    /// clocks differ by milliseconds, agree on the step that a pulse belongs to. 0 for tests of the boundary itself.
    /// </summary>
    public int GuardUs { get; init; } = 3_000_000;

    /// <summary>How much of its share of the step a pulse may wander over, 0 to 1. A steady load does not jitter at all; at 0.5
    /// neighbours stay half the mean period apart, which a plausibility check of the board must accept.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>From the first edge of a pulse to the first edge of the next, microseconds, at least.</summary>
    public int MinPeriodUs => OnUs + MinOffUs + (2 * BounceUs);
}
