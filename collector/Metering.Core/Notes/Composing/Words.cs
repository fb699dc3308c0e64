using Metering.Core.Languages;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Composing;

/// <summary>The field's words in both languages.</summary>
internal static class Words
{
    public static string Use(PointUse use, Language language) => use switch
    {
        PointUse.Cooling => language.Of("climatisation", "cooling"),
        PointUse.Heating => language.Of("chauffage", "heating"),
        PointUse.HotWater => language.Of("eau chaude sanitaire", "hot water"),
        PointUse.Lighting => language.Of("éclairage", "lighting"),
        PointUse.Ventilation => language.Of("ventilation", "ventilation"),
        PointUse.Appliances => language.Of("prises et appareils", "appliances"),
        PointUse.CommonParts => language.Of("parties communes", "common parts"),
        PointUse.Production => language.Of("production photovoltaïque", "photovoltaic production"),
        PointUse.Total => language.Of("comptage général", "main meter"),
        PointUse.IndoorClimate => language.Of("ambiance intérieure", "indoor climate"),
        PointUse.OutdoorClimate => language.Of("climat extérieur", "outdoor climate"),
        _ => language.Of("autre", "other"),
    };

    public static string BuildingUse(BuildingUse use, Language language) => use switch
    {
        Registry.BuildingUse.NaturallyVentilatedTropicalDwelling =>
            language.Of("logement tropical ventilé naturellement", "naturally ventilated tropical dwelling"),
        Registry.BuildingUse.AirConditionedOffice => language.Of("bureaux climatisés", "air-conditioned office"),
        Registry.BuildingUse.AirConditionedDwelling => language.Of("logement climatisé", "air-conditioned dwelling"),
        Registry.BuildingUse.MetropolitanDwelling => language.Of("logement métropolitain", "metropolitan dwelling"),
        _ => language.Of("autre usage", "other use"),
    };

    public static string Zone(ZoneHours zone, NoteNumbers numbers) => zone.Kind switch
    {
        ZoneKind.TooCold => numbers.Language.Of("trop froid", "too cold"),
        ZoneKind.Outside => numbers.Language.Of("hors zone", "outside"),
        _ => numbers.Quantity(zone.AirSpeedMs, 1, "m/s"),
    };

    /// <summary>Codes as in the list of flags, so that a reader finds them in the export.</summary>
    public static string Flags(QualityFlags flags) => flags == QualityFlags.Ok
        ? "OK"
        : string.Join(" ", FlagCodes.Where(f => (flags & f.Flag) != 0).Select(f => f.Code));

    public static IReadOnlyList<(QualityFlags Flag, string Code)> FlagCodes { get; } =
    [
        (QualityFlags.GapIndex, "GAP_INDEX"), (QualityFlags.Reset, "RESET"), (QualityFlags.Rollover, "ROLLOVER"),
        (QualityFlags.Reversed, "REVERSED"), (QualityFlags.SpikePower, "SPIKE_P"), (QualityFlags.SpikeIqr, "SPIKE_IQR"),
        (QualityFlags.Stuck, "STUCK"), (QualityFlags.Range, "RANGE"), (QualityFlags.Step, "STEP"), (QualityFlags.Duplicate, "DUP"),
        (QualityFlags.Clock, "CLOCK"), (QualityFlags.Zero, "ZERO"), (QualityFlags.Estimated, "ESTIMATED"),
        (QualityFlags.Incomplete, "INCOMPLETE"), (QualityFlags.RegisterLoss, "REGISTER_LOSS"), (QualityFlags.MeterExchange, "EXCHANGE"),
        (QualityFlags.Corrected, "CORRECTED"), (QualityFlags.Simulated, "SIMULATED"),
    ];
}
