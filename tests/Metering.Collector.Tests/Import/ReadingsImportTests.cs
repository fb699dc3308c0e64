using System.Text;
using Metering.Collector.Import;
using Metering.Collector.Registry;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Import;

public sealed class ReadingsImportTests : IAsyncLifetime
{
    private const string IntervalMap = """
        delimiter: ";"
        decimal: ","
        timeColumns: [Horodate]
        timeFormat: dd/MM/yyyy HH:mm
        timeZone: Europe/Paris
        marks: End
        stepMinutes: 30
        columns:
          - { column: "Energie (kWh)", point: meter, quantity: PulseRegister, kind: Interval, unit: kWh }
        """;

    private readonly TemporaryFolder folder = new();
    private SqliteDatabase database = null!;
    private SqliteReadingStore store = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        store = new SqliteReadingStore(database);
        await new RegistryStore(database).SaveAsync(
            new RegistrySnapshot
            {
                Sites = [new Site { Id = "s", Name = "s", TimeZone = "Europe/Paris" }],
                Buildings = [new Building { Id = "b", SiteId = "s", Name = "b" }],
                Points =
                [
                    new MeteringPoint { Id = "meter", BuildingId = "b", Name = "m", Use = PointUse.Total },
                    new MeteringPoint { Id = "room", BuildingId = "b", Name = "r", Use = PointUse.IndoorClimate },
                ],
            },
            "ana",
            "test",
            default);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("2026-03-29", 46)] // 23 h: Europe/Paris skips 02:00 to 03:00
    [InlineData("2026-10-25", 50)] // 25 h: 02:00 to 03:00 comes twice
    [InlineData("2026-07-01", 48)]
    public async Task A_local_day_of_half_hours_is_whole_whether_it_has_23_24_or_25_hours(string day, int intervals)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var midnight = DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var begin = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        var csv = new StringBuilder("Horodate;Energie (kWh)\n");
        for (var i = 1; i <= intervals; i++)
        {
            csv.Append(TimeZoneInfo.ConvertTime(begin.AddMinutes(30 * i), zone).ToString("dd/MM/yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture)).Append(";0,25\n");
        }

        var report = await ImportAsync(csv.ToString(), IntervalMap);

        Assert.Equal((intervals, intervals + 1L, 0L), (report.Rows, report.Stored, report.BadCount));
        var readings = await ReadAsync("meter");
        Assert.Equal(Enumerable.Range(0, intervals + 1).Select(i => begin.AddMinutes(30 * i)), readings.Select(r => r.Time));
        Assert.Equal(intervals * 250, readings[^1].Value); // 0.25 kWh each, counted in Wh
    }

    [Fact]
    public async Task The_same_file_again_stores_nothing_and_the_next_file_goes_on()
    {
        const string first = "Horodate;Energie (kWh)\n01/07/2026 00:30;1,5\n01/07/2026 01:00;0,0005\n01/07/2026 01:30;0,0005\n";
        const string second = "Horodate;Energie (kWh)\n01/07/2026 02:00;2\n";
        await ImportAsync(first, IntervalMap);
        var again = await ImportAsync(first, IntervalMap);
        Assert.Equal((0L, 3L), (again.Stored, again.Duplicates)); // it goes on from the register at its beginning

        await ImportAsync(second, IntervalMap);

        // Half watt-hours are rounded and do not add up to an error: 1500, 1500.5, 1501, 3501.
        Assert.Equal([0L, 1500, 1500, 1501, 3501], (await ReadAsync("meter")).Select(r => r.Value));
        var again2 = await ImportAsync(second, IntervalMap);
        Assert.Equal(0, again2.Stored);
    }

    [Fact]
    public async Task A_gap_of_intervals_does_not_look_like_zero_use()
    {
        await ImportAsync("Horodate;Energie (kWh)\n01/07/2026 00:30;1\n01/07/2026 02:30;1\n", IntervalMap);
        var readings = await ReadAsync("meter");
        Assert.Equal([0L, 1000, 1000, 2000], readings.Select(r => r.Value));
        var assignment = Assert.Single((await new RegistryStore(database).SnapshotAsync(null, default)).Assignments);
        var series = IntervalBuilder.Build("meter", [new AssignedReadings(assignment, readings)]);
        Assert.Equal([100L * 10, null, 100L * 10], series.Intervals.Select(interval => interval.Pulses));
    }

    [Fact]
    public async Task An_older_file_after_a_newer_one_is_refused_for_interval_columns()
    {
        await ImportAsync("Horodate;Energie (kWh)\n01/07/2026 00:30;1\n", IntervalMap);
        var refused = await Assert.ThrowsAsync<ImportException>(() => ImportAsync("Horodate;Energie (kWh)\n01/06/2026 00:30;1\n", IntervalMap));
        Assert.Contains("older file first", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_are_listed_with_their_line_and_the_good_ones_land()
    {
        const string csv = """
            Horodate;Energie (kWh)
            01/07/2026 00:30;1
            not a time;1
            01/07/2026 01:00;1.5
            29/03/2026 02:30;1
            01/07/2026 01:30;-1
            01/07/2026 00:30;2
            01/07/2026 01:00;1,5
            """;
        var report = await ImportAsync(csv, IntervalMap);
        Assert.Equal([3L, 4, 5, 6, 7], report.Bad.Select(row => row.Line));
        Assert.Contains("no number with the decimal mark ,", report.Bad[1].Reason, StringComparison.Ordinal);
        Assert.Contains("does not have it", report.Bad[2].Reason, StringComparison.Ordinal);
        Assert.Contains("other values, in line 2", report.Bad[4].Reason, StringComparison.Ordinal);
        Assert.Equal([0L, 1000, 2500], (await ReadAsync("meter")).Select(r => r.Value));
    }

    [Fact]
    public async Task Cumulative_and_spot_columns_with_an_offset_in_the_file_are_stored_as_they_are()
    {
        const string map = """
            delimiter: ","
            timeColumns: [time]
            timeFormat: yyyy-MM-ddTHH:mm:sszzz
            columns:
              - { column: index, point: meter, quantity: PulseRegister, kind: Cumulative, unit: kWh, pulseWeightWh: 10 }
              - { column: t, point: room, quantity: AirTemperature, kind: Spot, unit: Cel, missing: ["---"] }
            """;
        const string csv = "time,index,t\n2026-07-01T00:00:00+02:00,1234.56,21.37\n2026-07-01T00:10:00+02:00,1234.57,---\n";
        var report = await ImportAsync(csv, map);
        Assert.Equal((2L, 4L, 0L), (report.Rows, report.Stored, report.BadCount));
        Assert.Equal([123456L, 123457], (await ReadAsync("meter")).Select(r => r.Value));
        Assert.Equal([(2137L, MissingReason.None), (0L, MissingReason.Absent)], (await ReadAsync("room", Quantity.AirTemperature)).Select(r => (r.Value, r.Missing)));
        var assignments = (await new RegistryStore(database).SnapshotAsync(null, default)).Assignments;
        Assert.Equal(10m, Assert.Single(assignments, assignment => assignment.PointId == "meter").PulseWeightWh);
    }

    [Theory]
    [InlineData("point: meter", "point: nowhere", "there is no point 'nowhere'")]
    [InlineData("unit: kWh", "unit: Cel", "cannot be in 'Cel'")]
    [InlineData("stepMinutes: 30", "stepMinutes: 0", "stepMinutes")]
    [InlineData("timeZone: Europe/Paris", "timeZone: Europe/Pariss", "Europe/Pariss")]
    [InlineData("marks: End", "marke: End", "marke")]
    [InlineData("[Horodate]", "[Horo]", "no column 'Horo'")]
    public async Task A_mapping_that_does_not_fit_is_refused_by_name(string from, string to, string named)
    {
        var refused = await Assert.ThrowsAsync<ImportException>(() => ImportAsync("Horodate;Energie (kWh)\n01/07/2026 00:30;1\n", IntervalMap.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ChannelsAsync(default));
    }

    private async Task<ImportReport> ImportAsync(string csv, string map)
    {
        var import = new ReadingsImport(store, new RegistryStore(database), ReadingsMapping.Read(map, RegistryFormat.Yaml));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return await import.RunAsync(stream, "ana", default);
    }

    private async Task<List<Reading>> ReadAsync(string point, Quantity quantity = Quantity.PulseRegister)
    {
        var readings = new List<Reading>();
        await foreach (var reading in store.ReadAsync(ImportedChannel.Of(point, quantity), DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), default))
        {
            readings.Add(reading);
        }

        return readings;
    }
}
