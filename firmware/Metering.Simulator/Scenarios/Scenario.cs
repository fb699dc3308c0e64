namespace Metering.Simulator.Scenarios;

/// <summary>A period of simulated time, the boards that live through it, and what they measure.</summary>
public sealed record Scenario
{
    /// <summary>Samples are taken on the UTC ten-minute grid.</summary>
    public static readonly TimeSpan SamplePeriod = TimeSpan.FromMinutes(10);

    public required string Name { get; init; }

    public required int Seed { get; init; }

    /// <summary>First sample instant, on the ten-minute grid.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last sample instant, on the ten-minute grid.</summary>
    public required DateTimeOffset To { get; init; }

    public required ScenarioRegistry Registry { get; init; }

    public required IReadOnlyList<ScenarioBoard> Boards { get; init; }

    /// <summary>Grid instants from <see cref="From"/> to <see cref="To"/>, both included: the samples a board takes.</summary>
    public long SampleInstants => ((To - From).Ticks / SamplePeriod.Ticks) + 1;

    internal long FromUs => Microseconds.Of(From);

    internal long ToUs => Microseconds.Of(To);
}
