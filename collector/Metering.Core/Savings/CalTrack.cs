using Metering.Core.Findings;

namespace Metering.Core.Savings;

/// <summary>
/// CalTRACK 2.0 daily and billing methods (openeemeter/caltrack, docs/methods): candidates intercept only, HDD, CDD,
/// HDD and CDD on a grid of balance points; ordinary least squares, weighted by days for bills. A candidate of a balance
/// point qualifies with every slope above 0 and an intercept not below 0; of those that qualify, over the whole grid, the
/// one with the highest adjusted R² is chosen.
/// </summary>
public static class CalTrack
{
    private static readonly ModelForm[] Candidates =
        [ModelForm.Mean, ModelForm.ThreeParameterHeating, ModelForm.ThreeParameterCooling, ModelForm.FiveParameter];

    private static readonly ModelForm[] TropicalCandidates = [ModelForm.Mean, ModelForm.ThreeParameterCooling];

    /// <summary>The daily method.</summary>
    /// <param name="days">One observation a day, at most the 365 days before the works.</param>
    /// <param name="grid">In the unit of the temperatures.</param>
    public static BaselineFit Daily(IReadOnlyList<EnergyObservation> days, BalancePointGrid grid) =>
        Select(days, grid, Candidates, BaselineSufficiency.OfDays(days));

    /// <summary>The billing method: observations weighted by their days.</summary>
    /// <param name="bills">Billing periods with the daily temperatures of each.</param>
    /// <param name="grid">In the unit of the temperatures.</param>
    /// <param name="bimonthly">Bills of two months are allowed.</param>
    public static BaselineFit Billing(IReadOnlyList<EnergyObservation> bills, BalancePointGrid grid, bool bimonthly = false)
    {
        var (kept, findings) = BaselineSufficiency.OfBills(bills, bimonthly);
        return Select(kept, grid, Candidates, findings);
    }

    /// <summary>
    /// The daily method in a climate without heating: intercept only and CDD. Where fewer than ten days lie below the
    /// best balance point, or below the highest of the grid when none qualifies, the break cannot be identified: a
    /// rising straight line in T (2P) takes its place and says so (project rule).
    /// </summary>
    public static BaselineFit TropicalDaily(IReadOnlyList<EnergyObservation> days, BalancePointGrid? grid = null)
    {
        ArgumentNullException.ThrowIfNull(days);
        grid ??= BalancePointGrid.Tropical;
        var fit = Select(days, grid, TropicalCandidates, BaselineSufficiency.OfDays(days));
        var cooling = fit.Candidates.FirstOrDefault(m => m.Form == ModelForm.ThreeParameterCooling);
        if (fit.Model is null || (cooling is not null && !ReferenceEquals(fit.Model, cooling)))
        {
            return fit;
        }

        var balance = cooling?.CoolingBalancePoint ?? grid.Values[^1];
        var below = days.Where(d => d.IsUsable).Sum(d => d.Temperatures.Count(t => t <= balance));
        if (below >= grid.LeastDays
            || ModelFit.Best(ModelForm.TwoParameter, days, grid) is not { TemperatureSlope: > 0 } line
            || (cooling is null && line.Statistics.AdjustedR2 <= fit.Model.Statistics.AdjustedR2))
        {
            return fit;
        }

        line = line with { BreakNotIdentifiable = true };
        return fit with
        {
            Model = line,
            Candidates = [line, .. fit.Candidates],
            Findings = [.. fit.Findings, NotIdentifiable(below, balance, qualified: cooling is not null)],
        };
    }

    private static Finding NotIdentifiable(int below, double balance, bool qualified) => new()
    {
        Code = "baseline.break-not-identifiable",
        Severity = FindingSeverity.Warning,
        Sentence = qualified
            ? FindingText.Sentence(
                "Seuls {0} jours sont plus frais que la température d'équilibre de {1} °C\u00A0: elle n'est pas identifiable, une droite la remplace.",
                "Only {0} days are cooler than the balance point of {1} °C: it cannot be identified, and a straight line takes its place.",
                1, below, balance)
            : FindingText.Sentence(
                "Seuls {0} jours sont plus frais que {1} °C, la plus haute température d'équilibre essayée\u00A0: elle n'est pas identifiable, une droite la remplace.",
                "Only {0} days are cooler than {1} °C, the highest balance point tried: it cannot be identified, and a straight line takes its place.",
                1, below, balance),
        Evidence = [new("days-below", below, "d"), new("balance-point", balance, "°C")],
    };

    private static BaselineFit Select(
        IReadOnlyList<EnergyObservation> observations, BalancePointGrid grid, ModelForm[] forms, IReadOnlyList<Finding> findings)
    {
        var data = ModelData.Of(observations, grid, withHumidity: false);
        var qualified = forms
            .Select(form => ModelFit.Best(form, data, withHumidity: false, interceptNotBelowZero: true))
            .Where(m => m is not null && IsQualified(m))
            .OrderByDescending(m => m!.Statistics.AdjustedR2)
            .ThenBy(m => m!.Statistics.P)
            .Select(m => m!)
            .ToArray();
        return new BaselineFit { Model = qualified.FirstOrDefault(), Candidates = qualified, Findings = findings };
    }

    private static bool IsQualified(EnergyModel model) =>
        ModelFit.IsNotBelowZero(model.Intercept, model.Statistics.Mean)
        && (model.HeatingBalancePoint is null || model.HeatingSlope > 0)
        && (model.CoolingBalancePoint is null || model.CoolingSlope > 0);
}
