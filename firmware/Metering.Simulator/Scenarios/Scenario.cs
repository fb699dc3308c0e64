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

    /// <summary>The saving that was planted in the scenario, or null: what an analysis should find.</summary>
    public PlantedTruth? Planted { get; init; }

    /// <summary>Grid instants from <see cref="From"/> to <see cref="To"/>, both included: the samples a board takes.</summary>
    public long SampleInstants => ((To - From).Ticks / SamplePeriod.Ticks) + 1;

    internal long FromUs => Microseconds.Of(From);

    internal long ToUs => Microseconds.Of(To);
}

/// <summary>A saving that is known because it was planted.</summary>
/// <param name="Saving">Part of the energy that is saved, 0 to 1.</param>
/// <param name="WithoutWorksKwh">What the meters would have counted after reception without the works, kWh.</param>
public sealed record PlantedTruth(double Saving, double WithoutWorksKwh);
