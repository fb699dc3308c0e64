using Metering.Core.Notes.Model;

namespace Metering.Core.Notes;

/// <summary>Finds the seven consecutive local days whose indoor air is hottest on average.</summary>
public static class HottestWeekBuilder
{
    private const int Days = 7;
    private const int HoursADay = 24;

    /// <summary>Days of which half of the hours of some room are known.</summary>
    private const int HoursADayLeast = 12;

    /// <param name="rooms">Name and hours of each room.</param>
    /// <param name="outdoor">Outdoor hours, or none.</param>
    /// <param name="outdoorName">Name of their source.</param>
    /// <returns>Null: there are no seven consecutive days with data.</returns>
    public static HottestWeek? Build(
        IReadOnlyList<(string Name, IReadOnlyList<ClimateHour> Hours)> rooms, IReadOnlyList<ClimateHour> outdoor, string outdoorName)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ArgumentNullException.ThrowIfNull(outdoor);
        var days = rooms.SelectMany(r => r.Hours.GroupBy(h => DateOnly.FromDateTime(h.Start.DateTime)).Where(g => g.Count() >= HoursADayLeast)
                .Select(g => (Day: g.Key, Mean: g.Average(h => h.TemperatureC))))
            .GroupBy(d => d.Day).ToDictionary(g => g.Key, g => g.Average(d => d.Mean));
        DateOnly? best = null;
        var hottest = double.NegativeInfinity;
        foreach (var first in days.Keys.Order())
        {
            var week = Enumerable.Range(0, Days).Select(first.AddDays).ToList();
            if (!week.TrueForAll(days.ContainsKey))
            {
                continue;
            }

            var mean = week.Average(d => days[d]);
            if (mean > hottest)
            {
                (best, hottest) = (first, mean);
            }
        }

        if (best is not { } from)
        {
            return null;
        }

        // Outdoors first among the lines, or many rooms would push it out of the figure.
        var lines = new List<HottestWeekLine>();
        if (outdoor.Count > 0)
        {
            lines.Add(new HottestWeekLine(outdoorName, true, Week(outdoor, from)));
        }

        lines.AddRange(rooms.Select(r => new HottestWeekLine(r.Name, false, Week(r.Hours, from))));
        return new HottestWeek(from, lines);
    }

    private static double[] Week(IReadOnlyList<ClimateHour> hours, DateOnly from)
    {
        var values = new double[Days * HoursADay];
        Array.Fill(values, double.NaN);
        foreach (var hour in hours)
        {
            var day = DateOnly.FromDateTime(hour.Start.DateTime).DayNumber - from.DayNumber;
            if (day is >= 0 and < Days)
            {
                values[day * HoursADay + hour.Start.Hour] = hour.TemperatureC;
            }
        }

        return values;
    }
}
