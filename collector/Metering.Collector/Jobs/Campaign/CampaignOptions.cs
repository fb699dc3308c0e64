using System.Text.Json.Serialization;
using Metering.Simulator.Faults;
using Metering.Virtual;

namespace Metering.Collector.Jobs.Campaign;

/// <summary>What a campaign runs: one board for each seed, all against one collector.</summary>
internal sealed record CampaignOptions
{
    /// <summary>Boards that run at once, at most: each has a thread of its own.</summary>
    public const int SeedsMax = 100;

    /// <summary>First seed; the others follow it.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>Seeds, 1 to <see cref="SeedsMax"/>.</summary>
    public required int Seeds { get; init; }

    /// <summary>Simulated days of each board.</summary>
    public required int Days { get; init; }

    /// <summary>Pulse channels of each board.</summary>
    public int Meters { get; init; } = 2;

    public required FaultLevel Faults { get; init; }

    /// <summary>Messages that are acknowledged and thrown away, so that a test sees the campaign see it. None in earnest.</summary>
    [JsonIgnore]
    public Func<MqttLinkMessage, bool> Swallows { get; init; } = _ => false;

    /// <summary>First sample instant, on the ten-minute grid.</summary>
    public DateTimeOffset From { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
