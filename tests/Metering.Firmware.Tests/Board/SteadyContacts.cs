using Metering.Virtual;

namespace Metering.Firmware.Tests.Board;

/// <summary>A meter at constant power: one pulse every period, with bounce at both edges.</summary>
internal sealed class SteadyContacts(long firstUs, long periodUs, long widthUs = 100_000, int bounces = 0, int seed = 1) : IContactSource
{
    private readonly Random _random = new(seed);
    private readonly Queue<ContactEdge> _edges = new();
    private long _nextUs = firstUs;
    private long _emitted;

    public bool TryNext(out ContactEdge edge)
    {
        if (_edges.Count == 0)
        {
            _emitted++;
            Edge(_nextUs, closed: true);
            Edge(_nextUs + widthUs, closed: false);
            _nextUs += periodUs;
        }

        edge = _edges.Dequeue();
        return true;
    }

    // IEC 62053-31: the transition, bounce included, takes less than 5 ms.
    private void Edge(long atUs, bool closed)
    {
        _edges.Enqueue(new ContactEdge(atUs, closed, _emitted));
        var at = atUs;
        for (var i = 0; i < bounces; i++)
        {
            at += _random.Next(20, 4800 / (2 * Math.Max(1, bounces)));
            _edges.Enqueue(new ContactEdge(at, !closed, _emitted));
            at += _random.Next(20, 4800 / (2 * Math.Max(1, bounces)));
            _edges.Enqueue(new ContactEdge(at, closed, _emitted));
        }
    }
}

internal sealed class SteadyAir(double celsius, double percent) : IClimateSource
{
    public (double Celsius, double Percent) At(long atUs) => (celsius, percent);
}
