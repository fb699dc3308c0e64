using System.Globalization;
using System.IO.Compression;
using Metering.Core.Energy;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Energy;

/// <summary>
/// The real house of tests/ReferenceData/appliances: 19 735 steps of ten minutes. Expected sums from its SOURCE.md, counts
/// of stuck values from another program that looks for runs of more than 37 equal readings.
/// </summary>
public sealed class AppliancesDataTests
{
    private static readonly TimeZoneInfo Zone = SiteTime.Zone("+01:00");
    private static readonly (string[] Header, List<string[]> Rows) Data = Load();

    private static (string[] Header, List<string[]> Rows) Load()
    {
        using var reader = new StreamReader(new GZipStream(
            File.OpenRead(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "appliances", "appliances_energy_10min.csv.gz")),
            CompressionMode.Decompress));
        var header = reader.ReadLine()!.Split(',');
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(line.Split(','));
        }

        return (header, rows);
    }

    private static double Cell(int row, string column) =>
        double.Parse(Data.Rows[row][Array.IndexOf(Data.Header, column)], CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(int row) => DateTimeOffset.Parse(
        Data.Rows[row][0] + "+01:00", CultureInfo.InvariantCulture);

    /// <summary>Registers of 10 Wh a pulse, one reading before the first step and one after each.</summary>
    private static List<Reading> Register(string column)
    {
        var readings = new List<Reading> { new(Time(0), 0, 1, 1, ClockQuality.Synchronised, SampleFlags.None, MissingReason.None) };
        for (var i = 0; i < Data.Rows.Count; i++)
        {
            var last = readings[^1];
            readings.Add(last with
            {
                Time = last.Time.AddMinutes(10), Sequence = i + 2, Value = last.Value + ((long)Cell(i, column) / 10),
            });
        }

        return readings;
    }

    [Theory]
    [InlineData("appliances_wh", 192_801, 1_928_010)]
    [InlineData("lights_wh", 7_503, 75_030)]
    public void The_energy_of_the_house_is_exact_with_and_without_three_quarters_of_its_messages(string column, long pulses, int wattHours)
    {
        var all = Register(column);
        var random = new Random(20160111);
        var quarter = all.Where((_, i) => i == 0 || i == all.Count - 1 || random.Next(4) == 0).ToList();
        var assignment = Assignment() with { From = all[0].Time };

        foreach (var readings in new[] { all, quarter })
        {
            var series = Build(readings, assignment);
            var months = LoadProfile.Build(series, all[0].Time, all[^1].Time, ProfileResolution.Month, Zone);

            Assert.Equal(pulses, series.Pulses);
            Assert.Equal(wattHours, series.EnergyWh);
            Assert.Equal(wattHours, months.Sum(m => m.EnergyWh));
        }
    }

    [Fact]
    public void With_a_quarter_of_its_samples_every_day_and_month_of_a_room_is_refused()
    {
        var random = new Random(20160111);
        var instants = Enumerable.Range(0, Data.Rows.Count).Where(_ => random.Next(4) == 0).Select(Time).ToList();
        var (from, to) = (Time(0), Time(Data.Rows.Count - 1).AddMinutes(10));

        var days = Completeness.Of(instants, TimeSpan.FromMinutes(10), from, to, ProfileResolution.Day, Zone);
        var months = Completeness.Of(instants, TimeSpan.FromMinutes(10), from, to, ProfileResolution.Month, Zone);

        Assert.InRange((double)days.Sum(d => d.Valid) / Data.Rows.Count, 0.24, 0.26);
        Assert.All(days, d => Assert.False(d.IsComplete));
        Assert.All(months, m => Assert.False(m.IsComplete));
    }

    [Theory]
    [InlineData("t1_c", 0)]
    [InlineData("t2_c", 40)]
    [InlineData("t5_c", 313)]
    [InlineData("t7_c", 423)]
    [InlineData("t9_c", 1_262)]
    public void Stuck_temperatures_of_the_rooms_are_as_many_as_another_program_counts(string column, int stuck)
    {
        // Values of the file have more digits than a board sends; the whole value, not its hundredths, is compared here.
        var distinct = new Dictionary<string, long>();
        var index = Array.IndexOf(Data.Header, column);
        var readings = Data.Rows.Select((row, i) => new Reading(
            Time(i), distinct.TryGetValue(row[index], out var known) ? known : distinct[row[index]] = 1_000 + distinct.Count, 1, i + 1,
            ClockQuality.Synchronised, SampleFlags.None, MissingReason.None)).ToList();

        var flags = SpotQuality.Check(
            readings, Quantity.AirTemperature, SpotRules.IndoorTemperature with { Maximum = 1e9, LargestStep = 1e9 });

        Assert.Equal(stuck, flags.Count(f => f == QualityFlags.Stuck));
    }
}
