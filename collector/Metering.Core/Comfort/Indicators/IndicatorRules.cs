using Metering.Core.Applicability;
using Metering.Core.Registry;
using static Metering.Core.Comfort.Indicators.ComfortIndicator;

namespace Metering.Core.Comfort.Indicators;

/// <summary>Weight of an indicator for a kind of building.</summary>
public enum IndicatorRole
{
    /// <summary>The note concludes on it.</summary>
    Primary = 0,

    /// <summary>Printed beside it.</summary>
    Secondary = 1,

    /// <summary>Not printed: it would mislead here. The reason says why.</summary>
    Avoid = 2,
}

/// <summary>One indicator for one kind of building.</summary>
/// <param name="Indicator">Which.</param>
/// <param name="Role">Weight.</param>
/// <param name="Reason">Why it is avoided; null otherwise.</param>
public sealed record IndicatorChoice(ComfortIndicator Indicator, IndicatorRole Role, Inapplicability? Reason = null);

/// <summary>Which indicator suits which building (docs/formulas.md, comfort; project choice unless a rule names its source).</summary>
public static class IndicatorRules
{
    private static readonly ModelRule PmvWithoutCooling = new(
        "indicator.pmv-natural",
        new("le PMV ne décrit pas les occupants d'un logement ventilé naturellement (pa > 2 700 Pa, attentes adaptatives)",
            "PMV does not describe people in naturally ventilated dwellings (pa > 2 700 Pa, adaptive expectation)"),
        "ISO 7730:2005, 4.1 ; EN 16798-1:2019, 6.2.2");

    private static readonly ModelRule RangeWithoutCooling = new(
        "indicator.range-natural",
        new("les plages des locaux climatisés ne valent que là où une installation tient la température",
            "the ranges of conditioned rooms hold only where a plant keeps the temperature"),
        "EN 16798-1:2019, annex B");

    private static readonly ModelRule AdaptiveWithCooling = new(
        "indicator.adaptive-cooled",
        new("le confort adaptatif suppose un local sans refroidissement mécanique",
            "adaptive comfort supposes a room without mechanical cooling"),
        "EN 16798-1:2019, 6.2.2 ; ASHRAE 55-2020, 5.4.1");

    private static readonly ModelRule GivoniCooled = new(
        "indicator.givoni-cooled",
        new("les zones de Givoni seules ne jugent pas un local climatisé",
            "Givoni zones alone do not judge an air-conditioned room"),
        "choix du projet / project choice");

    private static readonly ModelRule GivoniMetropolitan = new(
        "indicator.givoni-metropolitan",
        new("les zones de Givoni par vitesse d'air sont faites pour les climats chauds et humides",
            "Givoni zones by air speed are made for hot and humid climates"),
        "choix du projet / project choice");

    private static readonly ModelRule Blended = new(
        "indicator.blended",
        new("un taux unique mélangerait les heures avec et sans climatisation",
            "one rate would blend hours with and without cooling"),
        "choix du projet / project choice");

    /// <summary>
    /// The choices for a building. An air-conditioned dwelling is judged separately while its cooling runs and while it does
    /// not: give <paramref name="coolingOn"/>; without it only what holds in both states is chosen.
    /// </summary>
    /// <param name="use">What the building is.</param>
    /// <param name="coolingOn">Whether cooling runs, from the pulses of its circuit; used for air-conditioned dwellings only.</param>
    public static IReadOnlyList<IndicatorChoice> For(BuildingUse use, bool? coolingOn = null) => use switch
    {
        BuildingUse.NaturallyVentilatedTropicalDwelling => Natural,
        BuildingUse.AirConditionedOffice => Office,
        BuildingUse.AirConditionedDwelling => coolingOn switch { true => DwellingOn, false => Natural, null => DwellingBoth },
        BuildingUse.MetropolitanDwelling => Metropolitan,
        BuildingUse.Other => Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Unknown building use."),
    };

    /// <summary>Why an indicator is not printed for a building, or null.</summary>
    public static Inapplicability? Refusal(ComfortIndicator indicator, BuildingUse use, bool? coolingOn = null) =>
        For(use, coolingOn).FirstOrDefault(c => c.Indicator == indicator && c.Role == IndicatorRole.Avoid)?.Reason;

    private static readonly IReadOnlyList<IndicatorChoice> Natural =
    [
        .. Primary(GivoniZones, CocoLimits, DiscomfortRate, IctMeasured),
        .. Secondary(
            AdaptiveAshrae55, AdaptiveEn16798, Humidex, ComfortIndicator.HeatIndex, WbgtEstimate, ComfortIndicator.SetTemperature, HotNights,
            HumidHours, DewPointHours, ComfortIndicator.VttMouldIndex),
        Avoid(PmvPpd, PmvWithoutCooling),
        Avoid(ConditionedRange, RangeWithoutCooling),
        Avoid(ComfortIndicator.Re2020DegreeHours, Durations.Re2020DegreeHours.MetropolitanOnly),
    ];

    private static readonly IReadOnlyList<IndicatorChoice> Office =
    [
        .. Primary(PmvPpd, ConditionedRange, Overcooling, CoolingBelow26, HumidityRatioLimit),
        .. Secondary(ConditionedHumidity, ExceedanceMethods, ExceedanceMethodC, DewPointHours),
        Avoid(AdaptiveAshrae55, AdaptiveWithCooling),
        Avoid(AdaptiveEn16798, AdaptiveWithCooling),
        Avoid(GivoniZones, GivoniCooled),
    ];

    private static readonly IReadOnlyList<IndicatorChoice> DwellingOn =
    [
        .. Primary(PmvPpd, Overcooling, CoolingBelow26),
        .. Secondary(ConditionedRange, ConditionedHumidity, HumidityRatioLimit, ExceedanceMethodC),
        Avoid(AdaptiveAshrae55, AdaptiveWithCooling),
        Avoid(AdaptiveEn16798, AdaptiveWithCooling),
        Avoid(GivoniZones, GivoniCooled),
        Avoid(ComfortIndicator.Re2020DegreeHours, Durations.Re2020DegreeHours.MetropolitanOnly),
    ];

    private static readonly IReadOnlyList<IndicatorChoice> DwellingBoth =
    [
        .. Secondary(HotNights, HumidHours, ComfortIndicator.VttMouldIndex),
        Avoid(DiscomfortRate, Blended),
        Avoid(ComfortIndicator.Re2020DegreeHours, Durations.Re2020DegreeHours.MetropolitanOnly),
    ];

    private static readonly IReadOnlyList<IndicatorChoice> Metropolitan =
    [
        .. Primary(AdaptiveEn16798, ColdHours, ComfortIndicator.Re2020DegreeHours, ComfortIndicator.SurfaceHumidity),
        .. Secondary(DiscomfortRate, ExceedanceMethods, ComfortIndicator.VttMouldIndex, HumidHours),
        Avoid(GivoniZones, GivoniMetropolitan),
        Avoid(CocoLimits, GivoniMetropolitan),
    ];

    // Nothing is known about the building: facts of the air only, no judgement of comfort.
    private static readonly IReadOnlyList<IndicatorChoice> Unknown = [.. Secondary(Humidex, HotNights, HumidHours, ColdHours)];

    private static IEnumerable<IndicatorChoice> Primary(params ComfortIndicator[] indicators) =>
        indicators.Select(i => new IndicatorChoice(i, IndicatorRole.Primary));

    private static IEnumerable<IndicatorChoice> Secondary(params ComfortIndicator[] indicators) =>
        indicators.Select(i => new IndicatorChoice(i, IndicatorRole.Secondary));

    private static IndicatorChoice Avoid(ComfortIndicator indicator, Inapplicability reason) =>
        new(indicator, IndicatorRole.Avoid, reason);
}
