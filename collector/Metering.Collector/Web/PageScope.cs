using Metering.Collector.Alerts;
using Metering.Collector.Notes;

namespace Metering.Collector.Web;

/// <summary>What the pages speak of when it is not everything up to now: the demo's period, and whose data it replays.</summary>
/// <param name="Complete">Completes a request for a note or a page.</param>
public sealed record PageScope(Func<NoteRequest, NoteRequest> Complete)
{
    /// <summary>When alerts are looked at; at once and from now unless said otherwise.</summary>
    internal AlertGate Gate { get; init; } = new();

    /// <summary>Everything up to now.</summary>
    public static PageScope Whole { get; } = new(static request => request);
}
