namespace Metering.Virtual;

/// <summary>What a simulated device is made of. The defaults are the project's own board (hardware/).</summary>
public sealed record VirtualBoardOptions
{
    /// <summary>MAC-48 of the Wi-Fi interface; the board's EUI-64 has <c>fffe</c> in its middle.</summary>
    public byte[] Mac { get; init; } = [0x02, 0x4d, 0x54, 0x00, 0x00, 0x01];

    /// <summary>True instant at which the board is first powered, microseconds since the Unix epoch.</summary>
    public long StartUs { get; init; }

    /// <summary>Time from power to the firmware's first statement, microseconds (hardware facts: 2 to 5 s).</summary>
    public long BootUs { get; init; } = 2_500_000;

    /// <summary>How long the supply's capacitor carries the processor after the power-fail input falls, microseconds
    /// (1000 uF at 80 mA from 4.7 V to 3.6 V: 13.8 ms).</summary>
    public long HoldUpUs { get; init; } = 13_800;

    /// <summary>Hardware pulse counters in the chip: ESP32 8, S3 4, C3 none.</summary>
    public int PulseCounterUnits { get; init; } = 8;

    /// <summary>Size of the littlefs partition, bytes (256 KiB on 4 MB modules).</summary>
    public int FlashBytes { get; init; } = 256 * 1024;

    /// <summary>Pin of the power-fail input, or -1 when the board has none. High: supply good.</summary>
    public int PowerFailPin { get; init; } = 26;

    /// <summary>Frequency error of the board's crystal, parts per million; positive runs fast.</summary>
    public double CrystalPpm { get; init; }

    /// <summary>Virtual time from a PUBLISH to its PUBACK, microseconds.</summary>
    public long MqttRoundTripUs { get; init; } = 40_000;

    /// <summary>Seed of everything random in the board itself (time server error, torn writes).</summary>
    public int Seed { get; init; } = 1;
}
