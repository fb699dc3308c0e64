using Metering.Core.Languages;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Core.Notes.Composing;

/// <summary>The field's words in both languages.</summary>
public static class Words
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

    public static string Day(DayType type, Language language) => type switch
    {
        DayType.Working => language.Of("jours ouvrés", "working days"),
        DayType.Saturday => language.Of("samedis", "Saturdays"),
        DayType.Closed => language.Of("dimanches et fériés", "Sundays, holidays"),
        _ => language.Of("tous les jours", "every day"),
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

    public static string FlagMeaning(QualityFlags flag, Language language) => flag switch
    {
        QualityFlags.GapIndex => language.Of("mesures perdues, index connu avant et après : énergie exacte, répartition inconnue", "samples lost, register known before and after: energy exact, distribution unknown"),
        QualityFlags.Reset => language.Of("index reparti après un redémarrage", "register restarted after a boot"),
        QualityFlags.Rollover => language.Of("index passé par son maximum", "register passed its maximum"),
        QualityFlags.Reversed => language.Of("index en baisse sans explication", "register fell without explanation"),
        QualityFlags.SpikePower => language.Of("plus que le circuit ne peut porter", "more than the circuit can carry"),
        QualityFlags.SpikeIqr => language.Of("plus de trois écarts interquartiles au-dessus de la médiane", "more than three interquartile ranges above the median"),
        QualityFlags.Stuck => language.Of("sonde figée", "sensor stuck"),
        QualityFlags.Range => language.Of("hors du plausible", "outside the plausible range"),
        QualityFlags.Step => language.Of("saut en dix minutes", "jump within ten minutes"),
        QualityFlags.Duplicate => language.Of("deux valeurs au même instant", "two values at one instant"),
        QualityFlags.Clock => language.Of("horloge douteuse", "doubtful clock"),
        QualityFlags.Zero => language.Of("jour sans impulsion", "day without a pulse"),
        QualityFlags.Estimated => language.Of("valeur comblée, jamais pour l’énergie", "filled value, never for energy"),
        QualityFlags.Incomplete => language.Of("sous la règle de complétude", "below the completeness rule"),
        QualityFlags.RegisterLoss => language.Of("index restauré d’une copie plus ancienne", "register restored from an older copy"),
        QualityFlags.MeterExchange => language.Of("échange de compteur déclaré", "declared meter exchange"),
        QualityFlags.Corrected => language.Of("correction du registre des corrections", "correction of the ledger"),
        QualityFlags.Simulated => language.Of("données simulées", "simulated data"),
        _ => "",
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
