using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Core.Notes;

/// <summary>A number against a target, with the verdict and what it rests on.</summary>
/// <param name="Value">The number, or null: not known.</param>
/// <param name="HalfWidth">Half width of its interval, same unit: at 90 % for savings, by the error limits of meters and sensors for the others; 0 where it is not known.</param>
/// <param name="Target">The target, or null: none on record.</param>
/// <param name="Verdict">Null without a target.</param>
/// <param name="Complete">Whether the completeness rule of its period is met.</param>
public sealed record Indicator(double? Value, double HalfWidth, NoteTarget? Target, TargetVerdict? Verdict, bool Complete);

/// <summary>The four figures of the synthesis and their verdicts (rules of this project, printed in annex A).</summary>
public sealed record Indicators
{
    /// <summary>Final energy of the reference year, kWh/m² a year.</summary>
    public required Indicator ConsumptionKwhM2 { get; init; }

    /// <summary>Climate-corrected savings of both years, %.</summary>
    public required Indicator SavingsPercent { get; init; }

    /// <summary>Hours outside the comfort zones, % of valid hours of all rooms.</summary>
    public required Indicator OutsidePercent { get; init; }

    /// <summary>Energy cost of the reference year, € a dwelling, or € of the building where it has no dwellings.</summary>
    public required Indicator CostEur { get; init; }

    /// <summary>The cost is that of the whole building.</summary>
    public required bool IsCostOfBuilding { get; init; }

    /// <summary>1 or 2: the last complete year after reception; 0: none.</summary>
    public required int ReferenceYear { get; init; }

    /// <summary>Share of a comfort season that must be valid, percent (rule of this project).</summary>
    public const double ComfortCompleteFromPercent = 100 * Energy.CompletenessRules.ComfortSeason;

    public static Indicators Of(NoteModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (year, energy) = ReferenceEnergy(model.FollowUp);
        var meter = MeterUncertainty(model);
        var area = model.Building.FloorAreaM2 is > 0 ? model.Building.FloorAreaM2 : null;
        double? perArea = energy is { } e && area is { } a ? (double)e / a : null;
        var price = Price(model.Dossier);
        var ofBuilding = model.Building is { Use: BuildingUse.AirConditionedOffice, Dwellings: not > 0 };
        var shares = ofBuilding ? 1 : model.Building.Dwellings;
        double? cost = energy is { } e2 && price is { } p && shares is > 0 ? (double)(e2 * p.Value) / shares : null;
        var valid = model.Rooms.Sum(r => (long)r.HoursValid);
        var expected = model.Rooms.Sum(r => (long)r.HoursExpected);
        double? outside = valid > 0 ? 100.0 * model.Rooms.Sum(r => r.Zones.Where(z => z.Kind != ZoneKind.Inside).Sum(z => (long)z.Hours)) / valid : null;
        return new Indicators
        {
            ReferenceYear = year,
            ConsumptionKwhM2 = Judge(model, NoteTarget.Consumption, perArea, (perArea ?? 0) * meter, year > 0),
            SavingsPercent = Savings(model),
            OutsidePercent = Judge(model, NoteTarget.Comfort, outside, OutsideHalfWidth(model.Rooms, valid), expected > 0 && 100.0 * valid / expected >= ComfortCompleteFromPercent),
            IsCostOfBuilding = ofBuilding,
            CostEur = Judge(model, ofBuilding ? NoteTarget.BuildingCost : NoteTarget.Cost, cost, (cost ?? 0) * meter, year > 0),
        };
    }

    /// <summary>
    /// Met where the whole interval keeps the target, not met where none of it does, compatible in between, inconclusive
    /// where the data are incomplete.
    /// </summary>
    public static TargetVerdict Verdict(double value, double halfWidth, NoteTarget target, bool complete)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!complete || !double.IsFinite(value) || !double.IsFinite(halfWidth))
        {
            return TargetVerdict.Inconclusive;
        }

        var (worst, best) = target.AtLeast ? (value - halfWidth, value + halfWidth) : (value + halfWidth, value - halfWidth);
        return Keeps(worst) ? TargetVerdict.Met : Keeps(best) ? TargetVerdict.Compatible : TargetVerdict.NotMet;

        bool Keeps(double v) => target.AtLeast ? v >= target.Value : v <= target.Value;
    }

    public static NoteFactor? Price(NoteDossier dossier) => Factor(dossier, "price");

    /// <summary>The newest factor of a kind.</summary>
    public static NoteFactor? Factor(NoteDossier dossier, string kind)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return dossier.Factors.Where(f => f.Kind == kind).OrderBy(f => f.Year).ThenBy(f => f.Id, StringComparer.Ordinal).LastOrDefault();
    }

    /// <summary>Final energy of the reference year, kWh/m² a year, or null.</summary>
    public static double? Consumption(FollowUp followUp, Building building)
    {
        ArgumentNullException.ThrowIfNull(building);
        return ReferenceEnergy(followUp).Energy is { } energy && building.FloorAreaM2 is { } area and > 0 ? (double)energy / area : null;
    }

    private static Indicator Savings(NoteModel model)
    {
        var target = model.Dossier.Targets.FirstOrDefault(t => t.Key == NoteTarget.Savings);
        if (model.FollowUp?.Savings is not { } savings)
        {
            return new Indicator(null, 0, target, target is null ? null : TargetVerdict.Inconclusive, false);
        }

        var qualified = savings.Models.IsQualified;
        var (value, half) = (savings.Total.Fraction, savings.Total.FractionUncertainty);
        TargetVerdict? verdict = target is null ? null : SavingsVerdict.OfTarget(value, half, target.Value / 100, qualified);
        return new Indicator(100 * value, 100 * half, target, verdict, qualified);
    }

    /// <summary>
    /// Half width by the accuracy of the sensors, percentage points: half the spread that ±0.3 K makes and half that ±3 %
    /// makes, as independent errors; all rooms err alike.
    /// </summary>
    private static double OutsideHalfWidth(IReadOnlyList<RoomClimate> rooms, long valid) => valid == 0 ? 0 : 100 * OutsideHalfWidthHours(rooms) / valid;

    /// <summary>The same in hours.</summary>
    public static double OutsideHalfWidthHours(IReadOnlyList<RoomClimate> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        var byTemperature = rooms.Sum(r => (long)r.Outside.Warmer - r.Outside.Cooler) / 2.0;
        var byHumidity = rooms.Sum(r => (long)r.Outside.MoreHumid - r.Outside.Drier) / 2.0;
        return Math.Sqrt((byTemperature * byTemperature) + (byHumidity * byHumidity));
    }

    private static Indicator Judge(NoteModel model, string key, double? value, double halfWidth, bool complete)
    {
        var target = model.Dossier.Targets.FirstOrDefault(t => t.Key == key);
        TargetVerdict? verdict = target is null ? null : value is { } v ? Verdict(v, halfWidth, target, complete) : TargetVerdict.Inconclusive;
        return new Indicator(value, halfWidth, target, verdict, complete);
    }

    private static (int Year, decimal? Energy) ReferenceEnergy(FollowUp? followUp)
    {
        if (followUp is null)
        {
            return (0, null);
        }

        var consumed = followUp.Uses.Where(u => u.Use != PointUse.Production).ToList();
        var main = consumed.Where(u => u.Use == PointUse.Total).ToList();
        var boundary = main.Count > 0 ? main : consumed;
        if (boundary.Count > 0 && boundary.TrueForAll(u => u.Year2.Complete))
        {
            return (2, boundary.Sum(u => u.Year2.EnergyKwh ?? 0));
        }

        return boundary.Count > 0 && boundary.TrueForAll(u => u.Year1.Complete) ? (1, boundary.Sum(u => u.Year1.EnergyKwh ?? 0)) : (0, null);
    }

    /// <summary>Error limit of the least accurate meter, a fraction: class A 2 %, B 1 %, C 0.5 % (MID MI-003); unknown: as A.</summary>
    private static double MeterUncertainty(NoteModel model) => model.Consumption
        .Select(p => p.Point.MeterClass switch { "C" => 0.005, "B" => 0.01, _ => 0.02 }).DefaultIfEmpty(0).Max();
}
