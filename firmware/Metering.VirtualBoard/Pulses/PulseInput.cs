namespace Metering.Virtual;

/// <summary>One pulse input: a meter's contact, the input filter, and the truth about what passed.</summary>
public sealed class PulseInput
{
    private readonly IContactSource _source;
    private InputFilter _filter;
    private ContactEdge _pending;
    private bool _hasPending;
    private bool _nextRising;
    private long _emittedAhead;

    internal PulseInput(int pin, IContactSource source, long startUs)
    {
        Pin = pin;
        _source = source;
        _filter = InputFilter.Idle(startUs);
        _hasPending = _source.TryNext(out _pending);
        FindNextEdge();
    }

    public int Pin { get; }

    /// <summary>Truth: genuine pulses that the meter had begun at the last edge that left the filter.</summary>
    public long Emitted { get; private set; }

    /// <summary>Truth: pulses that arrived at the GPIO (rising edges behind the filter).</summary>
    public long Arrived { get; private set; }

    /// <summary>Truth: of <see cref="Arrived"/>, those that arrived while no counter ran (processor off or booting).</summary>
    public long ArrivedWhileDown { get; private set; }

    /// <summary>Truth: instant at which the last pulse arrived at the GPIO, or <see cref="long.MinValue"/>.</summary>
    public long LastArrivedUs { get; private set; } = long.MinValue;

    /// <summary>Instant of the next GPIO edge, or <see cref="long.MaxValue"/> when the source is exhausted.</summary>
    internal long NextEdgeUs { get; private set; }

    internal bool High { get; private set; }

    internal int Rising { get; private set; }

    internal int Falling { get; private set; }

    internal bool Counting { get; set; }

    /// <summary>Only rising edges matter to anybody: the falling one before it may be passed early.</summary>
    internal bool RisingOnly { get; set; }

    /// <summary>Instant of the next edge that can matter.</summary>
    internal long NextHappeningUs
    {
        get
        {
            if (RisingOnly && !_nextRising && NextEdgeUs != long.MaxValue)
            {
                AdvanceTo(NextEdgeUs);
            }

            return NextEdgeUs;
        }
    }

    /// <summary>Called on each GPIO edge while the processor runs: (rising).</summary>
    internal Action<bool>? OnEdge { get; set; }

    /// <summary>Passes every edge up to an instant.</summary>
    internal void AdvanceTo(long atUs)
    {
        while (NextEdgeUs <= atUs)
        {
            High = _nextRising;
            Emitted = _emittedAhead;
            if (_nextRising)
            {
                Arrived++;
                LastArrivedUs = NextEdgeUs;
                Rising++;
                if (!Counting)
                {
                    ArrivedWhileDown++;
                }
            }
            else
            {
                Falling++;
            }

            OnEdge?.Invoke(_nextRising);
            FindNextEdge();
        }
    }

    private void FindNextEdge()
    {
        while (true)
        {
            var change = _filter.NextChangeUs;
            if (_hasPending && _pending.AtUs < change)
            {
                _filter.Contact(_pending.AtUs, _pending.Closed);
                _emittedAhead = _pending.Emitted;
                _hasPending = _source.TryNext(out _pending);
                continue;
            }

            NextEdgeUs = change;
            if (change != long.MaxValue)
            {
                _filter.Flip(change);
                _nextRising = _filter.High;
            }

            return;
        }
    }
}
