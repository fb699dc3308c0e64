namespace Metering.Simulator.Fleet;

/// <summary>What really happened in a simulated fleet: the oracle that the collector's numbers are held against.</summary>
public sealed record FleetTruth
{
    public required string Scenario { get; init; }

    public required int Seed { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required IReadOnlyList<BoardTruth> Boards { get; init; }

    public long PulsesEmitted => Boards.Sum(b => b.Channels.Sum(c => c.PulsesEmitted));

    /// <summary>Pulses that no board could count, because it had no supply.</summary>
    public long PulsesWhileDown => Boards.Sum(b => b.Channels.Sum(c => c.PulsesWhileDown));

    public long SamplesExpected => Boards.Sum(b => b.SamplesExpected);

    public long MessagesPublished => Boards.Sum(b => b.MessagesPublished);
}

/// <summary>The truth about one board.</summary>
public sealed record BoardTruth
{
    public required string Name { get; init; }

    /// <summary>EUI-64.</summary>
    public required string Board { get; init; }

    /// <summary>Grid instants at which the board was up, from the scenario's first to the last it lived through.</summary>
    public required long SamplesExpected { get; init; }

    /// <summary>Messages handed to the network: samples, status and events, repeats included.</summary>
    public required long MessagesPublished { get; init; }

    /// <summary>Starts of the processor.</summary>
    public required int Boots { get; init; }

    /// <summary>Spans without a running processor, power-up to first statement included.</summary>
    public required IReadOnlyList<DownTime> DownTimes { get; init; }

    /// <summary>Samples still in the board's journal at the end.</summary>
    public required long SamplesWaiting { get; init; }

    public required IReadOnlyList<ChannelTruth> Channels { get; init; }
}

/// <summary>A span without a running processor.</summary>
/// <param name="From">The processor stopped.</param>
/// <param name="To">Its firmware started.</param>
/// <param name="PulsesLost">Pulses of each channel that arrived in between: no board could count them.</param>
/// <param name="PulsesAtStake">
/// Pulses of each channel, 0 or 1, that had arrived since the last look of the meter loop when the supply failed or the
/// processor was reset: the board may have saved them or not.
/// </param>
/// <param name="Warned">Whether the power-fail input had fallen before, or the board stopped by itself.</param>
public sealed record DownTime(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<long> PulsesLost, IReadOnlyList<long> PulsesAtStake, bool Warned);

/// <summary>The truth about one pulse channel.</summary>
/// <param name="Channel">Name on the wire, ch1 and up.</param>
/// <param name="PointId">Metering point.</param>
/// <param name="PulsesEmitted">Genuine pulses of the meter.</param>
/// <param name="PulsesWhileDown">Of these, the ones that arrived while the processor was down or starting.</param>
public sealed record ChannelTruth(string Channel, string PointId, long PulsesEmitted, long PulsesWhileDown);
