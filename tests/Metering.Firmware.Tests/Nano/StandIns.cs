namespace Metering.Firmware.Tests.Nano;

/// <summary>
/// Types of Metering.VirtualBoard that carry another namespace than nanoFramework's, because .NET itself has a type of
/// that name. Everything else of the virtual board is named as on the device.
/// </summary>
internal static class StandIns
{
    public const string Assembly = "Metering.VirtualBoard";

    private const string Prefix = "Metering.VirtualBoard.";

    /// <summary>The nanoFramework name of a type of the virtual board.</summary>
    public static string NanoName(string fullName) =>
        fullName.StartsWith(Prefix, StringComparison.Ordinal) && fullName.LastIndexOf('.') > Prefix.Length
            ? "System." + fullName[Prefix.Length..]
            : fullName;
}
