namespace Metering.Core.Acceptance;

/// <summary>
/// One channel of a board beside the display of its meter (docs/commissioning.md, section 2 and 4). The index was set
/// before, so register and display count the same energy.
/// </summary>
public sealed record ChannelAcceptance
{
    /// <summary>ch1 .. ch8.</summary>
    public required string Channel { get; init; }

    /// <summary>Metering point, or null: the channel is assigned to none.</summary>
    public string? PointId { get; init; }

    /// <summary>Wh per pulse.</summary>
    public required decimal PulseWeightWh { get; init; }

    /// <summary>Register when commissioning mode began, pulses.</summary>
    public required long RegisterAtStart { get; init; }

    /// <summary>Register at the moment of reading, pulses.</summary>
    public required long Register { get; init; }

    /// <summary>Index on the meter's display at the same moment, kWh; null: not read.</summary>
    public decimal? DisplayKwh { get; init; }

    /// <summary>Energy that the register stands for, kWh.</summary>
    public decimal RegisterKwh => Register * PulseWeightWh / 1000m;

    /// <summary>Pulses since commissioning mode began.</summary>
    public long Pulses => Register - RegisterAtStart;

    /// <summary>Register minus display, kWh; null: the display was not read.</summary>
    public decimal? DifferenceKwh => RegisterKwh - DisplayKwh;

    /// <summary>
    /// One pulse, and one unit of the last digit that was read: a display shows whole units only, and the pulse under way
    /// is on one of the two but not yet on the other. kWh.
    /// </summary>
    public decimal ToleranceKwh => (PulseWeightWh / 1000m) + (DisplayKwh is { } display ? LastDigit(display) : 0);

    public AcceptanceVerdict Verdict =>
        DifferenceKwh is not { } difference ? AcceptanceVerdict.NotTested
        : Pulses > 0 && Math.Abs(difference) <= ToleranceKwh ? AcceptanceVerdict.Passed
        : AcceptanceVerdict.Failed;

    /// <summary>0.01 for 12.30, 1 for 12: a decimal keeps the digits that were written.</summary>
    private static decimal LastDigit(decimal display) => new(1, 0, 0, false, display.Scale);
}
