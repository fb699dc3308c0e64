using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Pulses;

/// <summary>How many pulses a meter emits in each step of a regular series.</summary>
public sealed class PulseTrace
{
    private readonly int[] _counts;

    /// <param name="name">For messages.</param>
    /// <param name="startUs">Beginning of step 0, microseconds since the Unix epoch.</param>
    /// <param name="stepUs">Length of a step, microseconds.</param>
    /// <param name="counts">Pulses by step, 0 and up.</param>
    public PulseTrace(string name, long startUs, long stepUs, int[] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepUs);
        Name = name;
        StartUs = startUs;
        StepUs = stepUs;
        _counts = counts;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 0)
            {
                throw new ScenarioDataException(name, $"step {i}", $"{counts[i]} pulses", "0 and up");
            }

            Total += counts[i];
        }
    }

    public string Name { get; }

    public long StartUs { get; }

    public long StepUs { get; }

    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Pulses of all steps.</summary>
    public long Total { get; }

    public long EndUs => StartUs + (StepUs * _counts.Length);
}
