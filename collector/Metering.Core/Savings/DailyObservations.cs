using Metering.Core.Energy;
using Metering.Core.Readings;

namespace Metering.Core.Savings;

/// <summary>Brings the daily load profile and the daily outdoor temperatures together.</summary>
public static class DailyObservations
{
    /// <summary>
    /// One observation a day of the profile. A day that is incomplete, or whose energy is partly spread from a gap over
    /// its edge, has no energy here: the model must not learn from estimates.
    /// </summary>
    /// <param name="days">Daily profile; the sum of several points is a matter of <see cref="Sum"/>.</param>
    /// <param name="temperatures">Daily mean outdoor temperature by local day, °C.</param>
    /// <param name="zeroIsMissing">CalTRACK: a day of 0 kWh is missing for a whole building; on one circuit it is legitimate.</param>
    public static IReadOnlyList<EnergyObservation> Of(
        IReadOnlyList<ProfileValue> days, IReadOnlyDictionary<DateOnly, double> temperatures, bool zeroIsMissing)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(temperatures);
        return
        [
            .. days.Select(day =>
            {
                var date = DateOnly.FromDateTime(day.Start.DateTime);
                var known = day.IsComplete && day.MissingTime == TimeSpan.Zero && day.Spread == TimeSpan.Zero
                    && !(zeroIsMissing && day.Flags.HasFlag(QualityFlags.Zero));
                return new EnergyObservation(
                    date, known ? (double)(day.EnergyWh / 1000m) : double.NaN, temperatures.GetValueOrDefault(date, double.NaN));
            }),
        ];
    }

    /// <summary>Adds up points day by day; a day that one of them lacks has no sum.</summary>
    public static IReadOnlyList<EnergyObservation> Sum(IReadOnlyList<IReadOnlyList<EnergyObservation>> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return
        [
            .. points.SelectMany(p => p)
                .GroupBy(o => o.Start)
                .OrderBy(g => g.Key)
                .Select(g => g.First() with { EnergyKWh = g.Count() == points.Count ? g.Sum(o => o.EnergyKWh) : double.NaN }),
        ];
    }
}
