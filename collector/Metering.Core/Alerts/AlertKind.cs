namespace Metering.Core.Alerts;

/// <summary>What an alert is about. The numbers are stored: never renumber.</summary>
public enum AlertKind
{
    /// <summary>Nothing arrived from a board. Value: minutes since it was last heard.</summary>
    SilentBoard = 1,

    /// <summary>A board speaks and one of its sensors does not. Value: minutes since its last value.</summary>
    SilentSensor = 2,

    /// <summary>A change that no circuit and no room can make. Value: the change as a multiple of the greatest possible one.</summary>
    ImplausibleJump = 3,

    /// <summary>Counted pulses and the meter's own display differ. Value: percent of the energy between two readings of the display.</summary>
    IndexDrift = 4,

    /// <summary>The disk of the store fills up. Value: free MiB.</summary>
    Disk = 5,

    /// <summary>A certificate ends soon. Value: days that are left, negative when it has ended.</summary>
    Certificate = 6,

    /// <summary>Readings wait for the other store. Value: minutes that the oldest one has waited.</summary>
    ForwarderLag = 7,
}

/// <summary>One thing that can be wrong.</summary>
/// <param name="Kind">What about.</param>
/// <param name="Subject">Board, channel (board/channel), point, file or store.</param>
public readonly record struct AlertKey(AlertKind Kind, string Subject);

/// <summary>What was just seen of one subject.</summary>
/// <param name="Key">Of what.</param>
/// <param name="Value">In the unit of the kind; null: it could not be seen, which changes nothing.</param>
public readonly record struct AlertObservation(AlertKey Key, double? Value);
