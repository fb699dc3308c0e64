using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Storage.Sqlite;

public sealed class RegistryStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_empty_store_has_an_empty_registry()
    {
        await using var database = await Open();
        Assert.Empty((await new RegistryStore(database).SnapshotAsync(null, default)).Sites);
    }

    [Fact]
    public async Task The_registry_as_of_an_instant_is_what_was_saved_by_then()
    {
        await using var database = await Open();
        var store = new RegistryStore(database);
        var first = time.Now;
        await store.SaveAsync(Registry("Raizet"), "ana", "commissioning", default);
        time.Now += TimeSpan.FromDays(30);
        await store.SaveAsync(Registry("Le Raizet"), "bo", "name corrected", default);

        Assert.Equal("Raizet", (await store.SnapshotAsync(first, default)).Sites[0].Name);
        Assert.Equal("Raizet", (await store.SnapshotAsync(time.Now.AddMilliseconds(-1), default)).Sites[0].Name);
        Assert.Equal("Le Raizet", (await store.SnapshotAsync(time.Now, default)).Sites[0].Name);
        Assert.Equal("Le Raizet", (await store.SnapshotAsync(null, default)).Sites[0].Name);
        Assert.Empty((await store.SnapshotAsync(first.AddDays(-1), default)).Sites);
        Assert.Equal([("ana", "commissioning"), ("bo", "name corrected")], (await store.HistoryAsync(default)).Select(v => (v.Author, v.Reason)));
    }

    [Fact]
    public async Task A_clock_set_back_does_not_hide_the_newest_version()
    {
        await using var database = await Open();
        var store = new RegistryStore(database);
        await store.SaveAsync(Registry("old"), "ana", "a", default);
        time.Now -= TimeSpan.FromDays(365);
        await store.SaveAsync(Registry("new"), "ana", "b", default);
        Assert.Equal("new", (await store.SnapshotAsync(null, default)).Sites[0].Name);
    }

    [Fact]
    public async Task A_decimal_pulse_weight_and_an_open_assignment_survive()
    {
        await using var database = await Open();
        var store = new RegistryStore(database);
        var assignment = new ChannelAssignment
        {
            PointId = "appliances",
            Board = Samples.Board,
            Channel = "ch1",
            Quantity = Quantity.PulseRegister,
            From = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-4)),
            PulseWeightWh = 2.5m,
            Modulus = 4_294_967_296,
        };
        await store.SaveAsync(new RegistrySnapshot { Assignments = [assignment] }, "ana", "a", default);
        Assert.Equal(assignment, Assert.Single((await store.SnapshotAsync(null, default)).Assignments));
    }

    private static RegistrySnapshot Registry(string site) =>
        new() { Sites = [new Site { Id = "raizet", Name = site, TimeZone = "America/Guadeloupe" }] };

    private Task<SqliteDatabase> Open() => SqliteDatabase.OpenAsync(folder.Path, time, default);
}
