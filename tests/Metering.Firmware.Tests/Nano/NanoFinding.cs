namespace Metering.Firmware.Tests.Nano;

/// <summary>One thing the device cannot do, where it is done, and what to write instead.</summary>
/// <param name="Where">Type and member of the firmware.</param>
/// <param name="What">The member or construct.</param>
/// <param name="Instead">The replacement.</param>
public sealed record NanoFinding(string Where, string What, string Instead)
{
    public override string ToString() => $"{Where}: {What}. Instead: {Instead}";
}
