using Metering.Simulator.Faults;

namespace Metering.Simulator.Fleet;

/// <summary>How a fleet is run.</summary>
public sealed record FleetOptions
{
    public FaultLevel Faults { get; init; } = FaultLevel.None;

    /// <summary>Samples that a board waits for before it sends a pack, 1 to 16 (setting <c>packSamples</c>).</summary>
    public int PackSamples { get; init; } = 1;

    /// <summary>Simulated seconds per real second at most, or 0: as fast as the machine goes.</summary>
    public double Speed { get; init; }

    /// <summary>Time of the pacing by <see cref="Speed"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
