using Metering.Core.Languages;

namespace Metering.Core.Conversion;

/// <summary>What a factor turns final energy into.</summary>
public enum FactorKind
{
    /// <summary>kWh of primary energy per kWh of final energy.</summary>
    PrimaryEnergy = 0,

    /// <summary>kg of CO2 equivalent per kWh of final energy.</summary>
    Carbon = 1,

    /// <summary>EUR per kWh of final energy.</summary>
    Price = 2,
}

/// <summary>
/// One factor of one source. Sources disagree, so a factor is a row with zone, dates, scope and source, and whoever prints a
/// converted value prints <see cref="Id"/> and <see cref="Source"/> beside it.
/// </summary>
public sealed record ConversionFactor
{
    /// <summary>Stable name, such as <c>pef.electricity.dpe-2026</c>.</summary>
    public required string Id { get; init; }

    public required FactorKind Kind { get; init; }

    /// <summary>electricity, natural-gas, heating-oil, coal, lpg, wood-logs, wood-chips, district-heat.</summary>
    public required string Carrier { get; init; }

    /// <summary>heating, hot-water, cooling, lighting, auxiliaries; null for all uses.</summary>
    public string? Use { get; init; }

    /// <summary>FR (metropolitan France), GP (Guadeloupe), ...</summary>
    public required string Zone { get; init; }

    /// <summary>First day of validity (inclusive), or null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>End of validity (exclusive), or null.</summary>
    public DateOnly? To { get; init; }

    public required decimal Value { get; init; }

    /// <summary>Unit as printed.</summary>
    public required string Unit { get; init; }

    /// <summary>False: seen somewhere, but no published text confirms it; it is never used unless chosen by its id.</summary>
    public required bool Confirmed { get; init; }

    public required BilingualText Scope { get; init; }
    public required string Source { get; init; }

    public bool IsValidOn(DateOnly day) => (From is null || day >= From) && (To is null || day < To);
}
