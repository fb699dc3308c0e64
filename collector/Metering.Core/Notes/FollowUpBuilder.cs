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
    public static FollowUp Build(
        Building building, NoteDossier dossier, IReadOnlyList<PointConsumption> points, IReadOnlyDictionary<DateOnly, double> outdoor, string station,
        FollowUpPeriods periods)
    {
        ArgumentNullException.ThrowIfNull(building);
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(points);
        var boundary = Boundary(points);
        var uses = points.GroupBy(p => p.Point.Use).OrderBy(g => g.Key).Select(g => new UseYears(
            g.Key, Total(g, periods.Before), Total(g, periods.Year1), Total(g, periods.Year2))).ToList();
        var (savings, gap) = Savings(building, dossier, boundary, outdoor, station, periods);
        return new FollowUp
        {
            Before = periods.Before,
            Year1 = periods.Year1,
            Year2 = periods.Year2,
            Uses = uses,
            Months = Sum(boundary.Select(p => p.Months)),
            Boundary = [.. boundary.Select(p => p.Point.Name)],
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
            g.Aggregate(QualityFlags.Ok, (flags, s) => flags | s.Flags)))];
    }

    private static YearTotal Total(IEnumerable<PointConsumption> points, NotePeriod year)
    {
        var days = Sum(points.Select(p => (IReadOnlyList<EnergyStep>)[.. p.Days.Where(d => d.Start >= year.From && d.Start < year.To)]));
        var known = days.Where(d => d.EnergyKwh.HasValue).ToList();
        return new YearTotal(
            known.Count > 0 ? known.Sum(d => d.EnergyKwh!.Value) : null, days.Count(d => d.EnergyKwh.HasValue && !d.Incomplete), (int)Math.Round(year.Days));
    }

    private static (SavingsFinding?, SavingsGap) Savings(
        Building building, NoteDossier dossier, IReadOnlyList<PointConsumption> boundary, IReadOnlyDictionary<DateOnly, double> outdoor, string station,
        FollowUpPeriods periods)
    {
        if (outdoor.Count == 0)
        {
            return (null, SavingsGap.NoWeather);
        }

        var days = Sum(boundary.Select(p => p.Days));
        var before = Observations(days, periods.Before, outdoor);
        var year1 = Observations(days, periods.Year1, outdoor);
        var year2 = Observations(days, periods.Year2, outdoor);
        if (!before.Any(o => o.IsUsable))
        {
            return (null, SavingsGap.NoBaseline);
        }

        if (!year1.Any(o => o.IsUsable))
        {
            return (null, SavingsGap.NoReporting);
        }

        var tropical = building.Use is BuildingUse.NaturallyVentilatedTropicalDwelling or BuildingUse.AirConditionedOffice or BuildingUse.AirConditionedDwelling;
        var fit = tropical ? CalTrack.TropicalDaily(before) : CalTrack.Daily(before, BalancePointGrid.CalTrackCelsius);
        if (fit.Model is not { } model)
        {
            return (null, SavingsGap.NoModel);
        }

        List<EnergyObservation> reporting = [.. year1, .. year2];
        var adjustments = dossier.Adjustments.Select(a => new NonRoutineAdjustment(
            a.Id, a.From, a.To, a.KwhPerDay, a.UncertaintyKwhPerDay, a.Reason, a.Author, a.EnteredAt)).ToList();
        var after = tropical ? CalTrack.TropicalDaily(reporting) : CalTrack.Daily(reporting, BalancePointGrid.CalTrackCelsius);
        return (new SavingsFinding
        {
            Fit = fit,
            Model = model,
            After = after.Model,
            Year1 = Avoided(year1),
            Year2 = year2.Any(o => o.IsUsable) ? Avoided(year2) : null,
            Total = Avoided(reporting),
            RawFraction = 1 - PerDay(reporting) / PerDay(before),
            Baseline = before,
            Reporting = reporting,
            ComparedDays = [.. reporting.Where(o => o.IsUsable).Select(o => o.Start)],
            Station = station,
        }, SavingsGap.None);

        AvoidedEnergyUse Avoided(List<EnergyObservation> part) =>
            AvoidedEnergyUse.Of(model, part, UncertaintyMethod.SunBaltazarDaily, SavingsVerdict.Confidence, adjustments);

        static double PerDay(List<EnergyObservation> part) =>
            part.Where(o => double.IsFinite(o.EnergyKWh)).Select(o => o.EnergyKWh).DefaultIfEmpty(double.NaN).Average();
    }

    private static List<EnergyObservation> Observations(IReadOnlyList<EnergyStep> days, NotePeriod period, IReadOnlyDictionary<DateOnly, double> outdoor) =>
        [.. days.Where(d => d.Start >= period.From && d.Start < period.To).Select(d =>
        {
            var day = DateOnly.FromDateTime(d.Start.DateTime);
            return new EnergyObservation(
                day, d.EnergyKwh is { } kwh && !d.Incomplete ? (double)kwh : double.NaN, outdoor.GetValueOrDefault(day, double.NaN));
        })];
}

/// <summary>Baseline and the two years after reception, in local time.</summary>
public readonly record struct FollowUpPeriods(NotePeriod Before, NotePeriod Year1, NotePeriod Year2);
