using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Core.Notes;

/// <summary>Before against after: sums by use and year, and climate-corrected savings with their interval.</summary>
public static class FollowUpBuilder
{
    /// <param name="building">The building; its reception separates before and after.</param>
    /// <param name="dossier">Works and adjustments.</param>
    /// <param name="points">Energy over baseline and follow-up together, all uses.</param>
    /// <param name="outdoor">Daily mean outdoor temperature by local day, °C.</param>
    /// <param name="station">Name of their source.</param>
    /// <param name="periods">Baseline and years.</param>
    /// <param name="humidity">Daily mean outdoor humidity ratio by local day, g/kg, or null: not measured.</param>
    public static FollowUp Build(
        Building building, NoteDossier dossier, IReadOnlyList<PointConsumption> points, IReadOnlyDictionary<DateOnly, double> outdoor, string station,
        FollowUpPeriods periods, IReadOnlyDictionary<DateOnly, double>? humidity = null)
    {
        ArgumentNullException.ThrowIfNull(building);
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(points);
        var boundary = Boundary(points);
        var uses = points.GroupBy(p => p.Point.Use).OrderBy(g => g.Key).Select(g => new UseYears(
            g.Key, Total(g, periods.Before), Total(g, periods.Year1), Total(g, periods.Year2))).ToList();
        var (savings, gap) = Savings(building, dossier, boundary, new Outdoor(station, outdoor, humidity ?? new Dictionary<DateOnly, double>()), periods);
        return new FollowUp
        {
            Before = periods.Before,
            Year1 = periods.Year1,
            Year2 = periods.Year2,
            Uses = uses,
            Months = Sum(boundary.Select(p => p.Months)),
            Boundary = [.. boundary.Select(p => p.Point.Name)],
            BeforeHours = Sum(boundary.Select(p => (IReadOnlyList<EnergyStep>)[.. p.Hours.Where(h => h.Start >= periods.Before.From && h.Start < periods.Before.To)])),
            OutdoorDays = outdoor,
            Savings = savings,
            SavingsMissing = gap,
        };
    }

    /// <summary>The main meters where there are any; else every metered use but production.</summary>
    public static IReadOnlyList<PointConsumption> Boundary(IReadOnlyList<PointConsumption> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var main = points.Where(p => p.Point.Use == PointUse.Total).ToList();
        return main.Count > 0 ? main : [.. points.Where(p => p.Point.Use != PointUse.Production)];
    }

    /// <summary>Steps of several points added up; a step that one of them does not know is unknown.</summary>
    public static IReadOnlyList<EnergyStep> Sum(IEnumerable<IReadOnlyList<EnergyStep>> points)
    {
        var all = points.ToList();
        return [.. all.SelectMany(p => p).GroupBy(s => s.Start).OrderBy(g => g.Key).Select(g => new EnergyStep(
            g.Key, g.First().End,
            g.Count() == all.Count && g.All(s => s.EnergyKwh.HasValue) ? g.Sum(s => s.EnergyKwh!.Value) : null,
            g.Count() == all.Count ? g.Min(s => s.CompletenessPercent) : 0,
            g.Aggregate(QualityFlags.Ok, (flags, s) => flags | s.Flags))
            { Spread = g.Any(s => s.Spread) })];
    }

    private static YearTotal Total(IEnumerable<PointConsumption> points, NotePeriod year)
    {
        var days = Sum(points.Select(p => (IReadOnlyList<EnergyStep>)[.. p.Days.Where(d => d.Start >= year.From && d.Start < year.To)]));
        var known = days.Where(d => d.EnergyKwh.HasValue).ToList();
        return new YearTotal(
            known.Count > 0 ? known.Sum(d => d.EnergyKwh!.Value) : null, days.Count(d => d.EnergyKwh.HasValue && !d.Incomplete), (int)Math.Round(year.Days));
    }

    private static (SavingsFinding?, SavingsGap) Savings(
        Building building, NoteDossier dossier, IReadOnlyList<PointConsumption> boundary, Outdoor outdoor, FollowUpPeriods periods)
    {
        if (outdoor.Celsius.Count == 0)
        {
            return (null, SavingsGap.NoWeather);
        }

        var days = Sum(boundary.Select(p => p.Days));
        // CalTRACK: no whole building takes nothing for a day; a circuit may.
        var zeroIsMissing = boundary.Any(p => p.Point.Use == PointUse.Total);
        var before = Observations(days, periods.Before, outdoor, zeroIsMissing);
        var year1 = Observations(days, periods.Year1, outdoor, zeroIsMissing);
        var year2 = Observations(days, periods.Year2, outdoor, zeroIsMissing);
        var tropical = building.Use is BuildingUse.NaturallyVentilatedTropicalDwelling or BuildingUse.AirConditionedOffice or BuildingUse.AirConditionedDwelling;
        List<EnergyObservation> reporting = [.. year1, .. year2];
        var adjustments = dossier.Adjustments.Select(a => new NonRoutineAdjustment(
            a.Id, a.From, a.To, a.KwhPerDay, a.UncertaintyKwhPerDay, a.Reason, a.Author, a.EnteredAt)).ToList();
        var target = dossier.Targets.FirstOrDefault(t => t.Key == NoteTarget.Savings)?.Value / 100;
        var study = SavingsStudy.Of(building.Id, before, reporting, target, tropical, adjustments);
        if (study.Baseline is not { } baseline)
        {
            return (null, SavingsGap.NoBaseline);
        }

        return baseline.Avoided(year1, adjustments) is not { } first ? (null, SavingsGap.NoReporting) : (new SavingsFinding
        {
            Study = study,
            After = DailySavings.Fit(building.Id, reporting, tropical),
            Year1 = first,
            Year2 = baseline.Avoided(year2, adjustments),
            RawFraction = 1 - PerDay(reporting) / PerDay(before),
            Baseline = before,
            Reporting = reporting,
            ComparedDays = [.. baseline.Compared(reporting).Select(o => o.Start)],
            Station = outdoor.Station,
        }, SavingsGap.None);

        static double PerDay(List<EnergyObservation> part) =>
            part.Where(o => double.IsFinite(o.EnergyKWh)).Select(o => o.EnergyKWh).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>A day teaches a model only what was measured within it: not a part of it, nor a share of a gap over midnight.</summary>
    private static List<EnergyObservation> Observations(IReadOnlyList<EnergyStep> days, NotePeriod period, Outdoor outdoor, bool zeroIsMissing) =>
        [.. days.Where(d => d.Start >= period.From && d.Start < period.To).Select(d =>
        {
            var day = DateOnly.FromDateTime(d.Start.DateTime);
            var known = d.EnergyKwh.HasValue && !d.Incomplete && !d.Spread && !(zeroIsMissing && d.EnergyKwh == 0);
            return new EnergyObservation(
                day, known ? (double)d.EnergyKwh!.Value : double.NaN,
                outdoor.Celsius.GetValueOrDefault(day, double.NaN), outdoor.HumidityRatio.GetValueOrDefault(day, double.NaN));
        })];

    /// <summary>Daily means of the outdoor air.</summary>
    private sealed record Outdoor(string Station, IReadOnlyDictionary<DateOnly, double> Celsius, IReadOnlyDictionary<DateOnly, double> HumidityRatio);
}

/// <summary>Baseline and the two years after reception, in local time.</summary>
public readonly record struct FollowUpPeriods(NotePeriod Before, NotePeriod Year1, NotePeriod Year2);
