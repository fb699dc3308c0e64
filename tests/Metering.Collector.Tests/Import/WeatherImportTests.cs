using System.Globalization;
using System.Text;
using Metering.Collector.Import;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Storage.Weather;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Import;

/// <summary>
/// Files of the documented forms. The Honolulu hours are those of tests/ReferenceData/weather (NREL TMY3, see its
/// sources), put back into the form of the publisher.
/// </summary>
public sealed class WeatherImportTests : IAsyncLifetime
{
    private const string MeteoFranceHead = "NUM_POSTE;NOM_USUEL;LAT;LON;ALTI;AAAAMMJJHH;RR1;QRR1;FF;QFF;T;QT;U;QU;PSTAT;QPSTAT;GLO;QGLO\n";

    private readonly TemporaryFolder folder = new();
    private SqliteDatabase database = null!;
    private WeatherStore store = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        store = new WeatherStore(database);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Overseas_hours_of_Meteo_France_are_local_and_metropolitan_ones_UTC()
    {
        const string csv = MeteoFranceHead
            + "97101015;LE RAIZET AERO;16.264;-61.516333;11;2026030112;0.2;1;5.1;1;28.4;1;71;1;1014.9;1;288;1\n"
            + "75114001;PARIS-MONTSOURIS;48.82;2.33;75;2026030112;;;3;1;9.5;1;80;1;;;;\n";
        await ImportAsync(csv);
        var hour = Assert.Single(await AllAsync("97101015"));
        // 288 J/cm² in an hour = 2.88 MJ/m² / 3600 s = 800 W/m².
        Assert.Equal(new WeatherHour(new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero), 28.4m, 71, 1014.9m, 5.1m, 800, 0.2m), hour);
        var paris = Assert.Single(await AllAsync("75114001"));
        Assert.Equal((new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 9.5m), (paris.Time, paris.TemperatureC));
        Assert.Null(paris.RadiationWm2);
    }

    [Fact]
    public async Task A_leading_zero_that_a_spreadsheet_ate_comes_back()
    {
        await ImportAsync(MeteoFranceHead + "1014002;ARBENT;46.27;5.66;534;2026030112;;;;;9.5;1;;;;;;\n");
        Assert.Equal(["01014002"], await store.StationsAsync(default));
    }

    [Fact]
    public async Task Doubtful_values_are_left_out_bad_rows_listed_and_revised_hours_replaced()
    {
        const string csv = MeteoFranceHead
            + "97101015;X;1;1;1;2026030112;;;;;28.4;2;71;1;;;;\n"
            + "97101015;X;1;1;1;2026030199;;;;;28.4;1;71;1;;;;\n"
            + "97101015;X;1;1;1;2026030113;;;;;284;1;71;1;;;;\n";
        var report = await ImportAsync(csv);
        Assert.Equal([3L, 4], report.Bad.Select(row => row.Line));
        Assert.Null(Assert.Single(await AllAsync("97101015")).TemperatureC);
        Assert.Equal((0L, 1L), (await ImportAsync(csv) is var again ? again.Stored : -1, again.Duplicates));

        var revised = await ImportAsync(MeteoFranceHead + "97101015;X;1;1;1;2026030112;;;;;28.3;1;71;1;;;;\n");

        Assert.Contains(revised.Remarks, remark => remark.Contains("1 hours have been revised", StringComparison.Ordinal));
        Assert.Equal(28.3m, Assert.Single(await AllAsync("97101015")).TemperatureC);
    }

    [Fact]
    public async Task A_TMY3_file_of_Honolulu_is_read_whole_with_hours_that_end_in_local_standard_time()
    {
        var subset = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "weather", "honolulu_tmy3_subset.csv"));
        var csv = new StringBuilder("911820,\"HONOLULU INTL ARPT\",HI,-10.0,21.333,-157.917,5\n")
            .AppendLine("Date (MM/DD/YYYY),Time (HH:MM),GHI (W/m^2),Dry-bulb (C),RHum (%),Pressure (mbar),Wspd (m/s)");
        foreach (var line in subset[1..])
        {
            var cells = line.Split(',');
            csv.AppendLine(CultureInfo.InvariantCulture, $"{int.Parse(cells[0], CultureInfo.InvariantCulture):00}/{int.Parse(cells[1], CultureInfo.InvariantCulture):00}/1990,{int.Parse(cells[2], CultureInfo.InvariantCulture):00}:00,{cells[8]},{cells[3]},{cells[5]},{cells[6]},{cells[7]}");
        }

        var report = await ImportAsync(csv.ToString());

        Assert.Equal((8760L, 8760L, 0L), (report.Rows, report.Stored, report.BadCount));
        var hours = await AllAsync("911820");
        Assert.Equal(new WeatherHour(new(1990, 1, 1, 11, 0, 0, TimeSpan.Zero), 20, 90, 1016, 2.1m, 0, null), hours[0]); // 01:00 at UTC-10
        Assert.Equal(new DateTimeOffset(1991, 1, 1, 10, 0, 0, TimeSpan.Zero), hours[^1].Time); // 24:00 of 31 December
        Assert.Equal((0L, 8760L), (await ImportAsync(csv.ToString()) is var again ? again.Stored : -1, again.Duplicates));
    }

    [Fact]
    public async Task An_EPW_file_is_read_and_its_marks_for_missing_become_missing()
    {
        var csv = new StringBuilder("LOCATION,Honolulu,HI,USA,TMY3,911820,21.33,-157.92,-10.0,2.0\n");
        for (var i = 0; i < 7; i++)
        {
            csv.Append("HEADER\n");
        }

        const string tail = ",0,0,10,10,20.0,777,9,999999999,20,0.1,0,88,0.2,0,1";
        csv.Append("1990,1,1,1,0,?9?9,20.0,18.3,90,101600,0,0,330,0,0,0,0,0,0,0,40,2.1").Append(tail).Append('\n');
        csv.Append("1990,1,1,24,0,?9?9,99.9,18.3,999,999999,0,0,330,9999,0,0,0,0,0,0,40,999").Append(tail).Append('\n');
        csv.Append("1990,13,1,1,0,?9?9,20.0,18.3,90,101600,0,0,330,0,0,0,0,0,0,0,40,2.1").Append(tail).Append('\n');

        var report = await ImportAsync(csv.ToString());

        Assert.Equal([11L], report.Bad.Select(row => row.Line));
        var hours = await AllAsync("911820");
        Assert.Equal(new WeatherHour(new(1990, 1, 1, 11, 0, 0, TimeSpan.Zero), 20, 90, 1016, 2.1m, 0, null), hours[0]);
        Assert.Equal(new WeatherHour(new(1990, 1, 2, 10, 0, 0, TimeSpan.Zero), null, null, null, null, null, null), hours[1]);
    }

    [Fact]
    public async Task A_file_of_no_known_form_is_refused() =>
        await Assert.ThrowsAsync<ImportException>(() => ImportAsync("hello\nworld\n"));

    private Task<ImportReport> ImportAsync(string csv) => WeatherImport.RunAsync(new StringReader(csv), null, null, "test", store, default);

    private Task<IReadOnlyList<WeatherHour>> AllAsync(string station) =>
        store.ReadAsync(station, DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), default);
}
