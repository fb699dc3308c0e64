namespace Metering.Core.Registry;

/// <summary>A factor that turns measured energy into something else. Never without zone, year, scope and source.</summary>
public sealed record Factor
{
    public required string Id { get; init; }
    public required FactorKind Kind { get; init; }

    /// <summary>Energy carrier or use it holds for: electricity, gas, heat network name, ...</summary>
    public required string Carrier { get; init; }

    /// <summary>Territory: FR, GP, MQ, RE, ...</summary>
    public required string Zone { get; init; }

    /// <summary>Year it holds for, or first year of a regulation's factor.</summary>
    public required int Year { get; init; }

    public required decimal Value { get; init; }

    /// <summary>Such as kgCO2e/kWh, kWhEP/kWhEF, EUR/kWh.</summary>
    public required string Unit { get; init; }

    /// <summary>What it includes: direct, life cycle, with losses, regulation, ...</summary>
    public required string Scope { get; init; }

    public required string Source { get; init; }
}

/// <summary>What a <see cref="Factor"/> converts to.</summary>
public enum FactorKind
{
    /// <summary>Greenhouse gases, kgCO2e a kWh.</summary>
    Carbon = 0,

    /// <summary>Primary energy, kWh primary a kWh final.</summary>
    PrimaryEnergy = 1,

    /// <summary>Price, EUR a kWh.</summary>
    Price = 2,
}
