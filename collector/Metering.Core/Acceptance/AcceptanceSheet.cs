namespace Metering.Core.Acceptance;

/// <summary>The acceptance of one board: who compared its registers with the displays, when, and what came of it.</summary>
public sealed record AcceptanceSheet
{
    /// <summary>EUI-64.</summary>
    public required string Board { get; init; }

    public string? Firmware { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the person who read the displays, as they wrote it.</summary>
    public required string Electrician { get; init; }

    public string? Remarks { get; init; }

    public required IReadOnlyList<ChannelAcceptance> Channels { get; init; }

    /// <summary>Failed when one channel failed; passed when at least one passed and none failed.</summary>
    public AcceptanceVerdict Verdict =>
        Channels.Any(static c => c.Verdict == AcceptanceVerdict.Failed) ? AcceptanceVerdict.Failed
        : Channels.Any(static c => c.Verdict == AcceptanceVerdict.Passed) ? AcceptanceVerdict.Passed
        : AcceptanceVerdict.NotTested;
}
