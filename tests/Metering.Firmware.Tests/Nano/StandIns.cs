namespace Metering.Firmware.Tests.Nano;

/// <summary>
/// Types of Metering.VirtualBoard that carry another namespace than nanoFramework's, because .NET itself has a type of
/// that name. Everything else of the virtual board is named as on the device.
/// </summary>
internal static class StandIns
{
    public const string Assembly = "Metering.VirtualBoard";

    private const string Prefix = "Metering.Virtual.";

    /// <summary>Stand-ins of types directly in System (Environment, DateTime).</summary>
    private const string Root = "Metering.Virtual.Root.";

    /// <summary>The nanoFramework name of a type of the virtual board.</summary>
    public static string NanoName(string fullName) =>
        fullName.StartsWith(Root, StringComparison.Ordinal) ? "System." + fullName[Root.Length..]
        : fullName.StartsWith(Prefix, StringComparison.Ordinal) && fullName.LastIndexOf('.') > Prefix.Length
            ? "System." + fullName[Prefix.Length..]
            : fullName;
}
