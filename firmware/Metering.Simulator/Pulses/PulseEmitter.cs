using Metering.Simulator.Scenarios;
using Metering.Virtual;

namespace Metering.Simulator.Pulses;

/// <summary>
/// A virtual meter: spreads the pulses of each step over it as a steady load would, with jitter, and turns each into
/// contact edges with bounce. Deterministic from its seed.
/// </summary>
public sealed class PulseEmitter : IContactSource
{
    /// <summary>Most edges of one transition: the wanted one, and pairs of bounce.</summary>
    public const int MaxEdgesPerTransition = 7;

    private readonly PulseTrace _trace;
    private readonly MeterOutput _output;
    private readonly Random _random;
    private readonly ContactEdge[] _edges = new ContactEdge[2 * MaxEdgesPerTransition];
    private readonly int[] _bounce = new int[MaxEdgesPerTransition - 1];
    private int _edgeCount;
    private int _edge;
    private int _step;
    private int _pulse;
    private long _emitted;

    public PulseEmitter(PulseTrace trace, MeterOutput output, int seed)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.OnUs, MeterOutput.MinOnUs);
        ArgumentOutOfRangeException.ThrowIfNegative(output.Jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(output.Jitter, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(output.BounceUs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(output.BounceUs, MeterOutput.MaxBounceUs);
        _trace = trace;
        _output = output;
        _random = new Random(seed);
        var most = (trace.StepUs - (2L * output.GuardUs)) / output.MinPeriodUs;
        for (var i = 0; i < trace.Counts.Count; i++)
        {
            if (trace.Counts[i] > most)
            {
                throw new ScenarioDataException(trace.Name, $"step {i}", $"{trace.Counts[i]} pulses", $"up to {most}, what the meter's output can emit in a step");
            }
        }
    }

    public bool TryNext(out ContactEdge edge)
    {
        if (_edge == _edgeCount && !NextPulse())
        {
            edge = default;
            return false;
        }

        edge = _edges[_edge++];
        return true;
    }

    private bool NextPulse()
    {
        while (_step < _trace.Counts.Count && _pulse == _trace.Counts[_step])
        {
            _step++;
            _pulse = 0;
        }

        if (_step == _trace.Counts.Count)
        {
            return false;
        }

        // One slot of the step for each pulse; within it the pulse wanders as far as the jitter and the shortest time off allow.
        var stepStart = _trace.StartUs + (_step * _trace.StepUs) + _output.GuardUs;
        var usable = _trace.StepUs - (2L * _output.GuardUs);
        var slotStart = stepStart + (usable * _pulse / _trace.Counts[_step]);
        var slotEnd = stepStart + (usable * (_pulse + 1) / _trace.Counts[_step]);
        var slack = slotEnd - slotStart - _output.MinPeriodUs;
        var wander = (long)(slack * _output.Jitter);
        _pulse++;
        _emitted++;
        _edge = 0;
        _edgeCount = 0;
        var closeUs = slotStart + ((slack - wander) / 2) + _random.NextInt64(wander + 1);
        var settledUs = Transition(closeUs, closed: true);
        Transition(settledUs + _output.OnUs, closed: false);
        return true;
    }

    /// <summary>The wanted edge, then an even number of others within the bounce time; returns when it has settled.</summary>
    private long Transition(long atUs, bool closed)
    {
        _edges[_edgeCount++] = new ContactEdge(atUs, closed, _emitted);
        var extra = _output.BounceUs == 0 ? 0 : 2 * _random.Next((MaxEdgesPerTransition - 1) / 2 + 1);
        if (extra == 0)
        {
            return atUs;
        }

        for (var i = 0; i < extra; i++)
        {
            _bounce[i] = 1 + _random.Next(_output.BounceUs);
        }

        Array.Sort(_bounce, 0, extra);
        var state = closed;
        for (var i = 0; i < extra; i++)
        {
            state = !state;
            _edges[_edgeCount++] = new ContactEdge(atUs + _bounce[i], state, _emitted);
        }

        return atUs + _bounce[extra - 1];
    }
}
