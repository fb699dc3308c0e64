namespace Metering.Virtual;

/// <summary>The figures the firmware reads about its memory; a fault plan lowers them.</summary>
public sealed class VirtualMemory
{
    public const uint NativeTotal = 300_000;

    /// <summary>Fault: what an MQTT client needs does not fit any more (OutOfMemoryException), whatever the figures say. A start
    /// of the processor clears it.</summary>
    public bool Exhausted { get; set; }

    public uint NativeFree { get; set; } = 120_000;

    public uint LargestBlock { get; set; } = 90_000;

    public uint ManagedFree { get; set; } = 80_000;

    internal void ThrowIfExhausted()
    {
        if (Exhausted)
        {
#pragma warning disable CA2201 // what the device's runtime throws there
            throw new OutOfMemoryException();
#pragma warning restore CA2201
        }
    }
}
