using System.Globalization;
using System.Text.Json;
using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

/// <summary>tests/ReferenceData/caltrack. Temperatures in °F, energy in kWh, local days of America/Chicago.</summary>
internal static class CalTrackSample
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "ReferenceData", "caltrack");

    public static Dictionary<DateOnly, double> DailyTemperaturesF { get; } = Rows("il-tempF.csv")
        .GroupBy(r => DateOnly.FromDateTime(r.Time.DateTime))
        .ToDictionary(g => g.Key, g => g.Average(r => r.Value));

    public static IReadOnlyList<(DateTimeOffset Time, double Value)> HourlyTemperaturesF => Rows("il-tempF.csv");

    public static IReadOnlyList<(DateTimeOffset Time, double Value)> HourlyUse => Rows("il-electricity-cdd-only-hourly.csv");

    public static IReadOnlyList<EnergyObservation> Days { get; } =
    [
        .. Rows("il-electricity-cdd-only-daily.csv")
            .Where(r => !double.IsNaN(r.Value))
            .Select(r => DateOnly.FromDateTime(r.Time.DateTime))
            .Zip(Rows("il-electricity-cdd-only-daily.csv"), (day, row) => new EnergyObservation(day, row.Value, DailyTemperaturesF[day])),
    ];

    public static IReadOnlyList<EnergyObservation> Bills
    {
        get
        {
            var rows = Rows("il-electricity-cdd-only-billing_monthly.csv");
            var bills = new List<EnergyObservation>();
            for (var i = 0; i + 1 < rows.Count; i++)
            {
                var (from, to) = (DateOnly.FromDateTime(rows[i].Time.DateTime), DateOnly.FromDateTime(rows[i + 1].Time.DateTime));
                var temperatures = Enumerable.Range(0, to.DayNumber - from.DayNumber).Select(d => DailyTemperaturesF[from.AddDays(d)]);
                bills.Add(new EnergyObservation(from, to.DayNumber - from.DayNumber, rows[i].Value, [.. temperatures]));
            }

            return bills;
        }
    }

    public static IReadOnlyList<EnergyObservation> Between(DateOnly first, DateOnly last) =>
        [.. Days.Where(d => d.Start >= first && d.Start <= last)];

    /// <summary>2015-12-27 to 2016-12-25: 365 days before the works.</summary>
    public static IReadOnlyList<EnergyObservation> Baseline => Between(new DateOnly(2015, 12, 27), new DateOnly(2016, 12, 25));

    /// <summary>2017-01-04 to 2018-01-03.</summary>
    public static IReadOnlyList<EnergyObservation> Reporting => Between(new DateOnly(2017, 1, 4), new DateOnly(2018, 1, 3));

    public static JsonElement Expected { get; } =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected_results.json"))).RootElement;

    public static double Number(this JsonElement element, params string[] path) =>
        path.Aggregate(element, (e, name) => e.GetProperty(name)).GetDouble();

    private static List<(DateTimeOffset Time, double Value)> Rows(string file) =>
    [
        .. File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(line => line.Split(',')).Select(cells => (
            DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture),
            double.Parse(cells[1], CultureInfo.InvariantCulture))),
    ];
}
