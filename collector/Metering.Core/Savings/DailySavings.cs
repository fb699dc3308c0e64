using Metering.Core.Findings;

namespace Metering.Core.Savings;

/// <summary>The model of one kind of day.</summary>
/// <param name="Type">Which days.</param>
/// <param name="Model">The model that is used.</param>
/// <param name="Candidates">The models it was chosen from, best first.</param>
/// <param name="IsWeatherCorrected">The weather drives the use of these days (R² of 0.3 at least); else the model is their mean.</param>
public sealed record DayTypeModel(DayType Type, EnergyModel Model, IReadOnlyList<EnergyModel> Candidates, bool IsWeatherCorrected);

/// <summary>
/// The daily baseline of a building and the savings against it. One model for all days (CalTRACK 2.0), or one each for
/// working days, Saturdays, and Sundays with holidays, where the calendar earns its place: where the adjusted R² of the
/// three together is higher by <see cref="CalendarGain"/> (rule of this project, as for humidity). An office that rests at
/// the weekend has no other way to an interval that says something.
/// </summary>
public sealed record DailySavings
{
    /// <summary>Rise of the adjusted R² for which the kinds of days are told apart (rule of this project).</summary>
    public const double CalendarGain = 0.02;

    /// <summary>Least usable days of a kind, about half a year of Saturdays.</summary>
    public const int DaysOfATypeMin = 24;

    private static readonly DayType[] Types = [DayType.Working, DayType.Saturday, DayType.Closed];

    /// <summary>One entry, of every day, or one a kind of day.</summary>
    public required IReadOnlyList<DayTypeModel> Models { get; init; }

    /// <summary>Sufficiency of the baseline, and what is to be said about the models.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Of all models together; a fraction.</summary>
    public required double AdjustedR2 { get; init; }

    /// <summary>Of all models together: sqrt(SSE/(n - p)) over the mean; a fraction.</summary>
    public required double CvRmse { get; init; }

    public bool IsByDayType => Models.Count > 1;

    /// <summary>Whether any part of the baseline is corrected for the weather.</summary>
    public bool IsWeatherCorrected => Models.Any(m => m.IsWeatherCorrected);

    /// <summary>Whether a conclusion may stand on it.</summary>
    public bool IsQualified => Findings.All(f => f.Severity < FindingSeverity.Disqualifying);

    /// <summary>Fits the baseline; null when no day is usable.</summary>
    /// <param name="buildingId">Subject of the findings.</param>
    /// <param name="baseline">Days before the works, at most 365, °C.</param>
    /// <param name="tropical">No heating: CDD on 18..28 °C and a straight line where the break cannot be identified.</param>
    public static DailySavings? Fit(string buildingId, IReadOnlyList<EnergyObservation> baseline, bool tropical)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var whole = FitOf(baseline, tropical);
        if (ModelOf(DayType.Any, baseline, whole, tropical) is not { } single)
        {
            return null;
        }

        var types = Types.Select(t => (Type: t, Days: baseline.Where(o => DayTypes.Of(o.Start) == t).ToList())).ToList();
        var models = types.Any(t => t.Days.Count(o => o.IsUsable) < DaysOfATypeMin) ? []
            : types.Select(t => ModelOf(t.Type, t.Days, FitOf(t.Days, tropical), tropical)).OfType<DayTypeModel>().ToList();
        var one = Together([single], baseline);
        var three = models.Count == Types.Length ? Together(models, baseline) : (AdjustedR2: double.NegativeInfinity, CvRmse: double.NaN);
        var byType = three.AdjustedR2 - one.AdjustedR2 >= CalendarGain;
        var chosen = byType ? models : [single];
        var findings = new List<Finding>(byType ? BaselineSufficiency.OfDays(baseline) : whole.Findings);
        if (!chosen.Any(m => m.IsWeatherCorrected))
        {
            findings.Add(NotDriven(buildingId, whole.Model?.Statistics.R2 ?? 0));
        }

        return new DailySavings
        {
            Models = chosen,
            Findings = findings,
            AdjustedR2 = byType ? three.AdjustedR2 : one.AdjustedR2,
            CvRmse = byType ? three.CvRmse : one.CvRmse,
        };
    }

    /// <summary>Predicted energy of a day, kWh.</summary>
    public double Predict(EnergyObservation day)
    {
        ArgumentNullException.ThrowIfNull(day);
        return ModelFor(day).Model.Predict(day);
    }

    /// <summary>
    /// Avoided energy use of the reporting days at the confidence that verdicts are given at; null when no day can be
    /// compared. The errors of the kinds of days are taken as independent.
    /// </summary>
    /// <param name="reporting">Days after the works, in time order.</param>
    /// <param name="adjustments">Ledger of non-routine adjustments.</param>
    /// <param name="method">Of the half width; least squares is the one that verdicts are given by.</param>
    public AvoidedEnergyUse? Avoided(
        IReadOnlyList<EnergyObservation> reporting, IReadOnlyList<NonRoutineAdjustment>? adjustments = null,
        UncertaintyMethod method = UncertaintyMethod.LeastSquares)
    {
        ArgumentNullException.ThrowIfNull(reporting);
        var compared = Compared(reporting);
        if (compared.Count == 0)
        {
            return null;
        }

        if (Models.Count == 1)
        {
            return AvoidedEnergyUse.Of(Models[0].Model, reporting, method, SavingsVerdict.Confidence, adjustments);
        }

        var variance = 0.0;
        foreach (var model in Models)
        {
            List<EnergyObservation> days = [.. compared.Where(o => DayTypes.Of(o.Start) == model.Type)];
            variance += days.Count == 0 ? 0 : Math.Pow(AvoidedEnergyUse.Of(model.Model, days, method, SavingsVerdict.Confidence).UncertaintyKWh, 2);
        }

        double predicted = 0, sum = 0, adjusted = 0;
        var cumulative = new double[compared.Count];
        for (var i = 0; i < cumulative.Length; i++)
        {
            var prediction = Predict(compared[i]);
            predicted += prediction;
            sum += compared[i].EnergyKWh - prediction;
            cumulative[i] = sum;
        }

        foreach (var entry in adjustments ?? [])
        {
            var days = compared.Sum(o => entry.DaysWithin(o.Start, o.Start.AddDays(o.Days)));
            adjusted += entry.KWhPerDay * days;
            variance += Math.Pow(entry.UncertaintyKWhPerDay * days, 2);
        }

        return new AvoidedEnergyUse
        {
            From = compared[0].Start,
            To = compared[^1].Start.AddDays(compared[^1].Days),
            Points = compared.Count,
            Days = compared.Sum(o => o.Days),
            LeftOut = reporting.Count - compared.Count,
            PredictedKWh = predicted,
            MeasuredKWh = compared.Sum(o => o.EnergyKWh),
            AdjustmentsKWh = adjusted,
            UncertaintyKWh = Math.Sqrt(variance),
            Confidence = SavingsVerdict.Confidence,
            Method = method,
            CumulativeDeviationKWh = cumulative,
        };
    }

    /// <summary>The days that can be compared, in their order.</summary>
    public IReadOnlyList<EnergyObservation> Compared(IReadOnlyList<EnergyObservation> reporting)
    {
        ArgumentNullException.ThrowIfNull(reporting);
        return [.. reporting.Where(o => CanCompare(o, ModelFor(o).Model))];
    }

    private DayTypeModel ModelFor(EnergyObservation day) =>
        Models.Count == 1 ? Models[0] : Models.First(m => m.Type == DayTypes.Of(day.Start));

    private static bool CanCompare(EnergyObservation day, EnergyModel model) =>
        day.IsUsable && (model.HumiditySlope is null || double.IsFinite(day.HumidityRatio));

    private static BaselineFit FitOf(IReadOnlyList<EnergyObservation> days, bool tropical) =>
        tropical ? CalTrack.TropicalDaily(days) : CalTrack.Daily(days, BalancePointGrid.CalTrackCelsius);

    private static DayTypeModel? ModelOf(DayType type, IReadOnlyList<EnergyObservation> days, BaselineFit fit, bool tropical)
    {
        if (fit.Model is { } model && DegreeDayRatio.IsMeaningful(model.Statistics))
        {
            var grid = tropical ? BalancePointGrid.Tropical : BalancePointGrid.CalTrackCelsius;
            return new DayTypeModel(type, ChangePointModels.WithHumidityIfEarned(model, days, grid), fit.Candidates, true);
        }

        return ModelFit.Best(ModelForm.Mean, days, BalancePointGrid.CalTrackCelsius) is { } mean
            ? new DayTypeModel(type, mean, fit.Candidates, false)
            : null;
    }

    /// <summary>Goodness of several models over the days that each of them was fitted to.</summary>
    private static (double AdjustedR2, double CvRmse) Together(List<DayTypeModel> models, IReadOnlyList<EnergyObservation> baseline)
    {
        var use = baseline.Where(o => o.IsUsable).Select(o => o.UsePerDay).ToList();
        var mean = use.Average();
        var total = use.Sum(u => (u - mean) * (u - mean));
        var squares = models.Sum(m => m.Model.Statistics.SumOfSquares);
        var free = models.Sum(m => m.Model.Statistics.N - m.Model.Statistics.P);
        return (
            total > 0 ? 1 - (squares / free / (total / (use.Count - 1))) : 0,
            Math.Sqrt(squares / free) / mean);
    }

    private static Finding NotDriven(string buildingId, double r2) => new()
    {
        Code = "savings.weather-does-not-drive",
        Severity = FindingSeverity.Warning,
        Subject = buildingId,
        Sentence = FindingText.Sentence(
            "La météo n'explique que {0}\u00A0% de la consommation quotidienne (il en faut 30)\u00A0: l'économie est donnée sans correction climatique.",
            "The weather explains only {0} % of the daily use (30 are needed): savings are given without correction for the weather.",
            0, 100 * r2),
        Evidence = [new("r2", r2)],
    };
}
