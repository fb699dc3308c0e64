namespace Metering.Virtual;

/// <summary>The firmware as the runner sees it: two stepped loops, which on a device are two threads.</summary>
/// <param name="Tick">The meter loop: bounded work, never blocks; returns the uptime in ms when it wants to be called again.</param>
/// <param name="IdleUntil">Uptime in ms before which <paramref name="Tick"/> finds nothing to do unless something happens at
/// the board's inputs. The runner jumps over the polls before it.</param>
/// <param name="UplinkTick">The uplink loop: may block (its blocking calls let the meter loop run).</param>
/// <param name="UplinkIdleUntil">As <paramref name="IdleUntil"/>, for the uplink loop.</param>
/// <param name="PollPeriodMs">Grid of the polls that may be jumped over, ms.</param>
/// <param name="HasNews">What the device's thread asks between two rounds of the meter loop; true calls it at once. Null: never asked.</param>
/// <param name="WatchPeriodMs">How often it is asked, from the end of the last round, ms.</param>
public sealed record BoardProgram(
    Func<long> Tick,
    Func<long> IdleUntil,
    Func<long> UplinkTick,
    Func<long> UplinkIdleUntil,
    int PollPeriodMs,
    Func<bool>? HasNews = null,
    int WatchPeriodMs = 0);
