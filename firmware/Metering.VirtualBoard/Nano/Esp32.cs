#pragma warning disable IDE0130, CA1052, CA1034 // imitates nanoFramework's names and shapes
using Metering.Virtual;

namespace nanoFramework.Hardware.Esp32;

public enum DeviceFunction
{
    I2C1_DATA = 131328,
    I2C1_CLOCK = 131329,
    I2C2_DATA = 131584,
    I2C2_CLOCK = 131585,
}

public class Configuration
{
    public static void SetPinFunction(int pin, DeviceFunction value)
    {
        _ = pin;
        _ = value;
        VirtualBoard.Current.ThrowIfDead();
    }
}

public class NativeMemory
{
    public enum MemoryType
    {
        All = 0,
        Internal = 1,
        SpiRam = 2,
    }

    public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        _ = memType;
        var memory = VirtualBoard.Current.Memory;
        totalSize = VirtualMemory.NativeTotal;
        totalFreeSize = memory.NativeFree;
        largestFreeBlock = memory.LargestBlock;
    }
}
