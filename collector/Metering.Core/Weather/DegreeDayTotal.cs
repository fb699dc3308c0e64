using Metering.Core.Languages;

namespace Metering.Core.Weather;

/// <summary>
/// Degree days of a period with everything that such a figure means nothing without: station, method, base, days. Missing days
/// are counted and never filled by scaling.
/// </summary>
public sealed record DegreeDayTotal
{
    public required WeatherStation Station { get; init; }
    public required DegreeDayMethod Method { get; init; }
    public required DegreeDayKind Kind { get; init; }

    /// <summary>°C.</summary>
    public required double BaseC { get; init; }

    /// <summary>First local day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Day after the last.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Sum over the days that have a value, K·d.</summary>
    public required double Sum { get; init; }

    /// <summary>Days with a value, n.</summary>
    public required int DayCount { get; init; }

    /// <summary>Hours that were interpolated within those days.</summary>
    public required int InterpolatedHours { get; init; }

    public int PeriodDays => To.DayNumber - From.DayNumber;
    public int MissingDays => PeriodDays - DayCount;

    /// <summary>Days with a value over days of the period, 0 to 1.</summary>
    public double Completeness => PeriodDays > 0 ? (double)DayCount / PeriodDays : 0;

    /// <summary>CalTRACK 2.0, 2.2.1.2: at most a tenth of the days may lack a temperature (37 of 365).</summary>
    public bool IsSufficient => MissingDays <= Math.Ceiling(0.1 * PeriodDays);

    /// <summary>Sum over days from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    /// <exception cref="ArgumentException">The same day twice, or an empty period.</exception>
    public static DegreeDayTotal Of(
        IEnumerable<WeatherDay> days, DateOnly from, DateOnly to, DegreeDayMethod method, DegreeDayKind kind, double baseC,
        WeatherStation station)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(station);
        if (to <= from)
        {
            throw new ArgumentException($"The period from {from:O} to {to:O} has no day; the end is exclusive.", nameof(to));
        }

        var seen = new HashSet<DateOnly>();
        var sum = 0.0;
        var count = 0;
        var interpolated = 0;
        foreach (var day in days.Where(d => d.Day >= from && d.Day < to))
        {
            if (!seen.Add(day.Day))
            {
                throw new ArgumentException($"{day.Day:O} is given twice.", nameof(days));
            }

            if (DegreeDays.Of(day, method, kind, baseC).TryGetValue(out var value))
            {
                sum += value;
                count++;
                interpolated += day.InterpolatedHours;
            }
        }

        return new DegreeDayTotal
        {
            Station = station, Method = method, Kind = kind, BaseC = baseC, From = from, To = to,
            Sum = sum, DayCount = count, InterpolatedHours = interpolated,
        };
    }

    /// <summary>What to print beside the figure: kind, base, method, station and days.</summary>
    public string Label(Language language)
    {
        var baseText = LocalNumber.Format(BaseC, 1, language);
        return language == Language.French
            ? $"{DegreeDayNames.Of(Kind).French}, base {baseText} °C, méthode {DegreeDayNames.Of(Method).French}, station {Station.Name} ({Station.Id}), {DayCount} jours sur {PeriodDays}"
            : $"{DegreeDayNames.Of(Kind).English}, base {baseText} °C, method {DegreeDayNames.Of(Method).English}, station {Station.Name} ({Station.Id}), {DayCount} of {PeriodDays} days";
    }
}
