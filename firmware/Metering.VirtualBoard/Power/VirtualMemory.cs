namespace Metering.Virtual;

/// <summary>The figures the firmware reads about its memory; a fault plan lowers them.</summary>
public sealed class VirtualMemory
{
    public const uint NativeTotal = 300_000;

    public uint NativeFree { get; set; } = 120_000;

    public uint LargestBlock { get; set; } = 90_000;

    public uint ManagedFree { get; set; } = 80_000;
}
