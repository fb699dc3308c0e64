using Metering.Core.Registry;

namespace Metering.Core.Comfort.Indicators;

/// <summary>
/// The comfort of one room by the rule of its building: every indicator that suits it, with the uncertainty that the sensor's
/// accuracy gives it, and every indicator that does not, with the reason.
/// </summary>
public sealed record ComfortStudy
{
    public required BuildingUse Use { get; init; }

    public required RoomConditions Conditions { get; init; }

    /// <summary>By state of the cooling where that decides, then in the order of the rule; what is avoided comes last.</summary>
    public required IReadOnlyList<IndicatorResult> Results { get; init; }

    /// <summary>The indicator of all hours, or of those with cooling on or off; null when the rule does not name it.</summary>
    public IndicatorResult? Find(ComfortIndicator indicator, bool? coolingOn = null) =>
        Results.FirstOrDefault(r => r.Indicator == indicator && r.CoolingOn == coolingOn);

    /// <summary>The study of a room.</summary>
    /// <param name="use">Its building.</param>
    /// <param name="hours">In the order of time.</param>
    /// <param name="conditions">What is declared.</param>
    /// <param name="period">Occupied time that the hours should cover.</param>
    public static ComfortStudy Of(BuildingUse use, IReadOnlyList<RoomHour> hours, RoomConditions conditions, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        var results = new List<IndicatorResult>();
        Add(results, use, null, hours, conditions, period);
        if (use == BuildingUse.AirConditionedDwelling)
        {
            foreach (var on in new[] { true, false })
            {
                // Hours in the other state are nobody's: they end a run and count for nothing.
                RoomHour[] only =
                [
                    .. hours.Select(h => h.CoolingOn == on ? h : h with { Climate = h.Climate with { Occupied = false } }),
                ];
                var time = new TimeSpan(only.Where(h => h.Climate.Occupied).Sum(h => h.Climate.Duration.Ticks));
                Add(results, use, on, only, conditions, time);
            }
        }

        return new ComfortStudy { Use = use, Conditions = conditions, Results = results };
    }

    private static void Add(
        List<IndicatorResult> results, BuildingUse use, bool? coolingOn, IReadOnlyList<RoomHour> hours, RoomConditions conditions,
        TimeSpan period)
    {
        var meter = new IndicatorMeter(use, hours, conditions, period);
        foreach (var choice in IndicatorRules.For(use, coolingOn))
        {
            // What holds in both states of the cooling is told once, over all hours.
            var isBoth = coolingOn is not null && results.Any(r => r.Indicator == choice.Indicator && r.CoolingOn is null && r.IsApplicable);
            if (!isBoth)
            {
                results.Add(Measure(meter, choice, coolingOn, conditions));
            }
        }
    }

    private static IndicatorResult Measure(IndicatorMeter meter, IndicatorChoice choice, bool? coolingOn, RoomConditions conditions)
    {
        var empty = new IndicatorResult { Indicator = choice.Indicator, Role = choice.Role, CoolingOn = coolingOn, Reason = choice.Reason };
        if (choice.Role == IndicatorRole.Avoid)
        {
            return empty;
        }

        var (value, unit, count, reason) = meter.Measure(choice.Indicator, 0, 0);
        if (reason is not null)
        {
            return empty with { Unit = unit, Reason = reason };
        }

        var (k, percent) = (conditions.Accuracy.TemperatureK, conditions.Accuracy.RelativeHumidityPct);
        var byTemperature = (At(k, 0) - At(-k, 0)) / 2;
        var byHumidity = (At(0, percent) - At(0, -percent)) / 2;
        return empty with
        {
            Value = value,
            Unit = unit,
            Exceedance = count,
            Uncertainty = Math.Sqrt((byTemperature * byTemperature) + (byHumidity * byHumidity)),
        };

        double At(double kelvin, double pct) => meter.Measure(choice.Indicator, kelvin, pct).Value;
    }
}
