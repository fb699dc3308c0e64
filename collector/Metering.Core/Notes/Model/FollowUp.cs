using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Core.Notes.Model;

/// <summary>Before the works against year 1 and year 2 after their reception.</summary>
public sealed record FollowUp
{
    /// <summary>Twelve months before the works.</summary>
    public required NotePeriod Before { get; init; }

    public required NotePeriod Year1 { get; init; }

    public required NotePeriod Year2 { get; init; }

    /// <summary>Measured energy by use and year, from the sums of the days.</summary>
    public required IReadOnlyList<UseYears> Uses { get; init; }

    /// <summary>Months from the baseline's first to the last of year 2, of all points of <see cref="Boundary"/> together.</summary>
    public required IReadOnlyList<EnergyStep> Months { get; init; }

    /// <summary>Points whose energy is compared: the measurement boundary.</summary>
    public required IReadOnlyList<string> Boundary { get; init; }

    /// <summary>Daily mean outdoor temperature by local day, °C; empty where it is not measured.</summary>
    public IReadOnlyDictionary<DateOnly, double> OutdoorDays { get; init; } = new Dictionary<DateOnly, double>();

    /// <summary>Hours of the baseline, of all points of <see cref="Boundary"/> together.</summary>
    public IReadOnlyList<EnergyStep> BeforeHours { get; init; } = [];

    /// <summary>Savings, or null: see <see cref="SavingsMissing"/>.</summary>
    public SavingsFinding? Savings { get; init; }

    /// <summary>What keeps the savings from being computed.</summary>
    public SavingsGap SavingsMissing { get; init; }
}

public enum SavingsGap
{
    None = 0,

    /// <summary>No outdoor temperature.</summary>
    NoWeather = 1,

    /// <summary>No energy before the works.</summary>
    NoBaseline = 2,

    /// <summary>No energy after them.</summary>
    NoReporting = 3,

    /// <summary>No model of the baseline qualifies.</summary>
    NoModel = 4,
}

/// <param name="Use">The use.</param>
/// <param name="Before">Twelve months before.</param>
/// <param name="Year1">First year after.</param>
/// <param name="Year2">Second year after.</param>
public sealed record UseYears(PointUse Use, YearTotal Before, YearTotal Year1, YearTotal Year2);

/// <param name="EnergyKwh">Energy of the days that are known, kWh, never scaled up; null: none.</param>
/// <param name="DaysComplete">Complete days.</param>
/// <param name="Days">Days of the year.</param>
public readonly record struct YearTotal(decimal? EnergyKwh, int DaysComplete, int Days)
{
    /// <summary>Most days that may be missing (CalTRACK: 37).</summary>
    public bool Complete => Days > 0 && Days - DaysComplete <= Energy.CompletenessRules.MissingDaysOfYear;

    public double CompletenessPercent => Days == 0 ? 0 : 100.0 * DaysComplete / Days;
}

/// <summary>Climate-corrected savings with all that they stand on.</summary>
public sealed record SavingsFinding
{
    /// <summary>Baseline, savings of both years and findings.</summary>
    public required SavingsStudy Study { get; init; }

    /// <summary>The models of the days before the works, one or one a kind of day.</summary>
    public DailySavings Models => Study.Baseline!;

    /// <summary>The same fitted after the works, for the signature only; null when it cannot be.</summary>
    public DailySavings? After { get; init; }

    public required AvoidedEnergyUse Year1 { get; init; }

    public AvoidedEnergyUse? Year2 { get; init; }

    public AvoidedEnergyUse Total => Study.Avoided!;

    /// <summary>Uncorrected: baseline minus reporting per complete day, over baseline, fraction; NaN without both.</summary>
    public required double RawFraction { get; init; }

    public required IReadOnlyList<EnergyObservation> Baseline { get; init; }

    public required IReadOnlyList<EnergyObservation> Reporting { get; init; }

    /// <summary>Local days of <see cref="AvoidedEnergyUse.CumulativeDeviationKWh"/> of <see cref="Total"/>.</summary>
    public required IReadOnlyList<DateOnly> ComparedDays { get; init; }

    /// <summary>Name of the outdoor sensor or station.</summary>
    public required string Station { get; init; }
}

/// <summary>Seven days with the hottest indoor air: hourly temperatures.</summary>
/// <param name="First">First local day.</param>
/// <param name="Lines">One line a room, and one for outdoors where it is measured.</param>
public sealed record HottestWeek(DateOnly First, IReadOnlyList<HottestWeekLine> Lines);

/// <param name="Name">Room.</param>
/// <param name="Outdoor">Outdoor air.</param>
/// <param name="Hours">°C by hour of the week (168); NaN: missing.</param>
public sealed record HottestWeekLine(string Name, bool Outdoor, IReadOnlyList<double> Hours);
