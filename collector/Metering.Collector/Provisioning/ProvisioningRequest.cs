using System.Globalization;
using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>One board to be provisioned, checked.</summary>
internal sealed record ProvisioningRequest
{
    /// <summary>EUI-64.</summary>
    public required string Board { get; init; }

    /// <summary>Metering points, channel ch1 first; empty for a room board.</summary>
    public required IReadOnlyList<string> Points { get; init; }

    /// <summary>Wh per pulse of each channel.</summary>
    public required IReadOnlyList<decimal> PulseWeightsWh { get; init; }

    /// <summary>Register of each channel at the start, pulses: what the meter's display says, divided by the pulse weight.</summary>
    public required IReadOnlyList<long> Starts { get; init; }

    public required BrokerAddress Broker { get; init; }

    /// <summary>True: certificate, false: user and password.</summary>
    public required bool WithCertificate { get; init; }

    /// <summary>
    /// The board numbers its boots from above this one, so that one which lost its memory repeats none that the store
    /// knows; 0: no boot of it is known.
    /// </summary>
    public int BootFloor { get; init; }

    public string? Ssid { get; init; }

    public string? WifiPassword { get; init; }

    /// <summary>Most pulse inputs a board has (docs/wire-format.md).</summary>
    public const int ChannelsMax = 8;

    /// <summary>Highest floor that the firmware takes: half of all boot numbers.</summary>
    public const int BootFloorMax = int.MaxValue / 2;

    /// <summary>
    /// The floor of a board whose highest stored boot is known: one above it, for the boot that was under way when the
    /// board lost its memory and may still have a message in a broker's queue.
    /// </summary>
    public static int FloorAbove(long? highestBoot) => highestBoot is { } boot ? (int)Math.Min(boot + 1, BootFloorMax) : 0;

    /// <summary>Refuses what the firmware would refuse.</summary>
    public void Check()
    {
        if (Points.Count > ChannelsMax)
        {
            throw new UsageException($"--point: {Points.Count} were given; allowed are {ChannelsMax}, one a pulse input.");
        }

        Same("--pulse-weight", PulseWeightsWh.Count);
        Same("--start", Starts.Count);
        foreach (var weight in PulseWeightsWh.Where(w => w is < 0.001m or > 1000m))
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--pulse-weight: {weight} was given; allowed are 0.001 to 1000 Wh."));
        }

        foreach (var start in Starts.Where(s => s < 0))
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--start: {start} was given; allowed is a count of pulses, 0 or more."));
        }

        if (Ssid is { Length: 0 or > 32 })
        {
            throw new UsageException($"--ssid: {Ssid.Length} characters were given; allowed are 1 to 32.");
        }

        if (WifiPassword is not null and not { Length: >= 8 and <= 63 })
        {
            throw new UsageException($"--wifi-password-file: {WifiPassword.Length} characters were read; allowed are 8 to 63 (WPA2).");
        }

        if (WithCertificate && !Broker.Tls)
        {
            throw new UsageException($"--broker: '{Broker}' was given; with --auth certificate it begins with mqtts://.");
        }
    }

    private void Same(string option, int count)
    {
        if (count != 0 && count != Points.Count)
        {
            throw new UsageException($"{option}: {count} were given for {Points.Count} points; give one a point, in the same order, or none.");
        }
    }
}
