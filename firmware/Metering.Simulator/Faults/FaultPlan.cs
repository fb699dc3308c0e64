using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Faults;

/// <summary>How rough the world is.</summary>
public enum FaultLevel
{
    /// <summary>Nothing ever fails.</summary>
    None,

    /// <summary>What a site sees in ordinary years.</summary>
    Everyday,

    /// <summary>A cyclone season: everything ten times as often, and outages of days and weeks.</summary>
    Storm,
}

/// <summary>What happens.</summary>
public enum FaultKind
{
    /// <summary>The board's supply goes for a while; its meters go on, so their pulses are physically lost.</summary>
    PowerCut,

    /// <summary>A dip: the processor resets and starts again at once.</summary>
    BrownOut,

    /// <summary>The Wi-Fi access point is gone for a while.</summary>
    AccessPointGone,

    /// <summary>The name server does not answer for a while.</summary>
    NameServerGone,

    /// <summary>The broker does not answer for a while; a connection in use is cut.</summary>
    BrokerGone,

    /// <summary>The broker stores messages whose acknowledgement is lost.</summary>
    AcknowledgementLost,

    /// <summary>Acknowledgements take seconds for a while.</summary>
    AcknowledgementLate,

    /// <summary>A connection attempt never returns.</summary>
    ConnectHangs,

    /// <summary>The climate sensor does not acknowledge its address for a while.</summary>
    SensorSilent,

    /// <summary>The climate sensor's next answers carry a wrong checksum.</summary>
    SensorBadCrc,

    /// <summary>The time server does not answer for a while.</summary>
    TimeServerGone,

    /// <summary>One read of a hardware counter is 32 767 off, as at a wrap.</summary>
    CounterGlitch,

    /// <summary>The processor stops without warning and starts again: a reset pin, a crash, a supply that collapses.</summary>
    Collapse,

    /// <summary>The board's memory is full or fragmented: no message leaves it until it has started again.</summary>
    OutOfMemory,
}

/// <summary>One thing that happens to one board.</summary>
/// <param name="AtUs">True instant, microseconds since the Unix epoch.</param>
/// <param name="Kind">What.</param>
/// <param name="DurationUs">For how long, microseconds; 0 where it is an instant.</param>
/// <param name="Count">How many times, where it counts.</param>
public sealed record FaultEvent(long AtUs, FaultKind Kind, long DurationUs, int Count);

/// <summary>Everything that will happen to one board, drawn from a seed.</summary>
public sealed record FaultPlan(FaultLevel Level, IReadOnlyList<FaultEvent> Events)
{
    /// <summary>
    /// No fault in the first hour, in which a technician commissions the board, nor in the last two days, in which the
    /// journal drains: a campaign compares what arrived, not what is still on its way.
    /// </summary>
    public const long CalmAtStartUs = Microseconds.PerHour;

    /// <inheritdoc cref="CalmAtStartUs"/>
    public const long CalmAtEndUs = 2 * Microseconds.PerDay;

    private const long Second = Microseconds.PerSecond;
    private const long Minute = Microseconds.PerMinute;
    private const long Hour = Microseconds.PerHour;
    private const long Day = Microseconds.PerDay;

    /// <summary>
    /// Assumed rates, events a year, and spans. They are this project's own judgement of a site in a tropical island
    /// network, not a published statistic.
    /// </summary>
    private static readonly Rate[] Everyday =
    [
        new(FaultKind.PowerCut, 8, 2 * Second, 6 * Hour),
        new(FaultKind.BrownOut, 4, 0, 0, 2),
        new(FaultKind.AccessPointGone, 40, 20 * Second, 8 * Hour),
        new(FaultKind.NameServerGone, 6, Minute, 2 * Hour),
        new(FaultKind.BrokerGone, 12, Minute, 12 * Hour),
        new(FaultKind.AcknowledgementLost, 100, 0, 0, 3),
        new(FaultKind.AcknowledgementLate, 20, 10 * Minute, 2 * Hour),
        new(FaultKind.ConnectHangs, 2, 0, 0),
        new(FaultKind.SensorSilent, 6, Minute, 3 * Hour),
        new(FaultKind.SensorBadCrc, 30, 0, 0, 4),
        new(FaultKind.TimeServerGone, 6, Hour, 4 * Day),
        new(FaultKind.CounterGlitch, 6, 0, 0),
        new(FaultKind.Collapse, 4, 0, 0),
        new(FaultKind.OutOfMemory, 3, 0, 0),
    ];

    private static readonly Rate[] Storm =
    [
        new(FaultKind.PowerCut, 80, Second, 3 * Day),
        new(FaultKind.BrownOut, 60, 0, 0, 20),
        new(FaultKind.AccessPointGone, 120, 10 * Second, 14 * Day),
        new(FaultKind.NameServerGone, 30, Minute, Day),
        new(FaultKind.BrokerGone, 60, Minute, 4 * Day),
        new(FaultKind.AcknowledgementLost, 600, 0, 0, 10),
        new(FaultKind.AcknowledgementLate, 150, 10 * Minute, Day),
        new(FaultKind.ConnectHangs, 20, 0, 0),
        new(FaultKind.SensorSilent, 60, Minute, 2 * Day),
        new(FaultKind.SensorBadCrc, 300, 0, 0, 10),
        new(FaultKind.TimeServerGone, 40, Hour, 20 * Day),
        new(FaultKind.CounterGlitch, 60, 0, 0),
        new(FaultKind.Collapse, 60, 0, 0),
        new(FaultKind.OutOfMemory, 30, 0, 0),
    ];

    public static FaultPlan None { get; } = new(FaultLevel.None, []);

    /// <param name="level">How rough.</param>
    /// <param name="seed">The same seed gives the same plan.</param>
    /// <param name="fromUs">Beginning of the simulated period, microseconds since the Unix epoch.</param>
    /// <param name="toUs">Its end.</param>
    public static FaultPlan Draw(FaultLevel level, int seed, long fromUs, long toUs)
    {
        var first = fromUs + CalmAtStartUs;
        var span = toUs - CalmAtEndUs - first;
        if (level == FaultLevel.None || span <= 0)
        {
            return None with { Level = level };
        }

        var random = new Random(seed);
        var events = new List<FaultEvent>();
        foreach (var rate in level == FaultLevel.Everyday ? Everyday : Storm)
        {
            var meanGapUs = 365.25 * Day / rate.PerYear;
            // Exponential gaps: a Poisson process.
            for (var at = -meanGapUs * Math.Log(1 - random.NextDouble()); at < span; at -= meanGapUs * Math.Log(1 - random.NextDouble()))
            {
                var atUs = first + (long)at;
                var duration = Math.Min(rate.Duration(random), first + span - atUs);
                events.Add(new FaultEvent(atUs, rate.Kind, duration, 1 + random.Next(rate.MaxCount)));
            }
        }

        events.Sort((a, b) => a.AtUs.CompareTo(b.AtUs));
        return new FaultPlan(level, events);
    }

    private sealed record Rate(FaultKind Kind, double PerYear, long MinUs, long MaxUs, int MaxCount = 1)
    {
        /// <summary>Short outages are common, long ones rare: uniform in the logarithm.</summary>
        public long Duration(Random random) =>
            MaxUs == 0 ? 0 : (long)(MinUs * Math.Pow((double)MaxUs / MinUs, random.NextDouble()));
    }
}
