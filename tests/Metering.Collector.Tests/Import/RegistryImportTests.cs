using Metering.Collector.Import;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Import;

public sealed class RegistryImportTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private SqliteDatabase database = null!;
    private RegistryStore registries = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        registries = new RegistryStore(database);
        await registries.SaveAsync(
            new RegistrySnapshot
            {
                Sites = [new Site { Id = "s", Name = "s", TimeZone = "UTC" }],
                Buildings = [new Building { Id = "b", SiteId = "s", Name = "b" }],
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

    [Fact]
    public async Task Invoices_with_a_decimal_comma_land_once_and_bad_rows_are_listed()
    {
        const string csv = """
            building;delivery_point;start;end;kwh;eur;estimated
            b;01234567890123;01/01/2026;01/02/2026;321,5;60,12;non
            b;01234567890123;01/02/2026;01/03/2026;300;;oui
            x;01234567890123;01/03/2026;01/04/2026;300;;
            b;01234567890123;01/04/2026;01/04/2026;300;;
            b;01234567890123;2026-05-01;2026-06-01;many;;
            """;
        var report = await RegistryImport.InvoicesAsync(new StringReader(csv), registries, "ana", default);
        Assert.Equal((5L, 2L), (report.Rows, report.Stored));
        Assert.Equal([4L, 5, 6], report.Bad.Select(row => row.Line));
        var invoices = (await registries.SnapshotAsync(null, default)).Invoices;
        Assert.Equal(
            new Invoice { BuildingId = "b", DeliveryPoint = "01234567890123", Start = new(2026, 1, 1), End = new(2026, 2, 1), EnergyKwh = 321.5m, AmountEur = 60.12m },
            invoices[0]);
        Assert.True(invoices[1].Estimated);

        var again = await RegistryImport.InvoicesAsync(new StringReader(csv), registries, "ana", default);
        Assert.Equal((0L, 2L), (again.Stored, again.Duplicates));
        Assert.Equal(2, (await registries.HistoryAsync(default)).Count);
    }

    [Fact]
    public async Task An_invoice_of_the_same_period_with_another_amount_does_not_replace_the_first()
    {
        const string head = "building,delivery_point,start,end,kwh\n";
        await RegistryImport.InvoicesAsync(new StringReader(head + "b,1,2026-01-01,2026-02-01,100\n"), registries, "ana", default);
        var report = await RegistryImport.InvoicesAsync(new StringReader(head + "b,1,2026-01-01,2026-02-01,200\n"), registries, "ana", default);
        Assert.Contains("with other values", Assert.Single(report.Bad).Reason, StringComparison.Ordinal);
        Assert.Equal(100, Assert.Single((await registries.SnapshotAsync(null, default)).Invoices).EnergyKwh);
    }

    [Fact]
    public async Task Regulatory_values_keep_version_author_and_date()
    {
        const string csv = "building,kind,phase,value,unit,label,method_version,author,date\nb,Dpeg,Before,,,E,2024,BET Sud,2025-03-01\nb,Ict,After,0.8,,,RTG 2,BET Sud,2025-03-01\nb,Foo,After,1,,,1,x,2025-03-01\n";
        var report = await RegistryImport.RegulatoryAsync(new StringReader(csv), registries, "ana", default);
        Assert.Contains("allowed are", Assert.Single(report.Bad).Reason, StringComparison.Ordinal);
        var values = (await registries.SnapshotAsync(null, default)).RegulatoryValues;
        Assert.Equal(("E", "2024", "BET Sud", new DateOnly(2025, 3, 1)), (values[0].Label!, values[0].MethodVersion, values[0].Author, values[0].Date));
        Assert.Equal(0.8m, values[1].Value);
    }

    [Fact]
    public async Task A_missing_column_is_named()
    {
        var refused = await Assert.ThrowsAsync<ImportException>(() => RegistryImport.InvoicesAsync(new StringReader("building;start\n"), registries, "ana", default));
        Assert.Contains("'delivery_point'", refused.Message, StringComparison.Ordinal);
    }
}
