using Metering.Simulator.Climate;
using Metering.Simulator.Pulses;

namespace Metering.Simulator.Scenarios;

/// <summary>One board of a scenario and what is connected to it.</summary>
public sealed record ScenarioBoard
{
    public required string Name { get; init; }

    /// <summary>MAC-48.</summary>
    public required IReadOnlyList<byte> Mac { get; init; }

    /// <summary>Meters at the pulse inputs; the first is channel ch1.</summary>
    public IReadOnlyList<ScenarioMeter> Meters { get; init; } = [];

    /// <summary>The air around the board's SHT45, or null when none is fitted.</summary>
    public ClimateTrace? Climate { get; init; }

    /// <summary>Seed of everything random about this board (faults, jitter, bounce); null: drawn from the scenario's.</summary>
    public int? Seed { get; init; }

    /// <summary>EUI-64, sixteen lower-case hexadecimal digits (RFC 9039).</summary>
    public string Eui64 =>
        Convert.ToHexStringLower([Mac[0], Mac[1], Mac[2], 0xff, 0xfe, Mac[3], Mac[4], Mac[5]]);

    /// <summary>A locally administered MAC-48 for simulated boards: 02-4d-54 (M, T) and a number.</summary>
    public static byte[] SimulatedMac(int number) => [0x02, 0x4d, 0x54, (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}

/// <summary>A meter at a pulse input; <c>PulseWeightWh</c> is its pulse weight, Wh per pulse.</summary>
public sealed record ScenarioMeter(string PointId, decimal PulseWeightWh, PulseTrace Trace, MeterOutput Output);
