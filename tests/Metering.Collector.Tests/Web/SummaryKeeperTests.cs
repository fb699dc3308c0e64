using Metering.Collector.Diagnostics;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Collector.Web;
using Metering.Collector.Web.Summaries;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Metering.Collector.Tests.Web;

/// <summary>The list of buildings shows what was summed up before, and it is summed up again when something changed.</summary>
public sealed class SummaryKeeperTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTime time = new() { Now = Begin.AddDays(2) };
    private readonly TemporaryFolder folder = new();
    private SqliteDatabase database = null!;
    private SummaryStore summaries = null!;
    private SummaryKeeper keeper = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        (summaries, keeper) = Open();
        await Registry.SaveAsync(Snapshot("measured", "empty"), "test", "first", CancellationToken.None);
        // Register 0, 3, 6, ...: 144 steps of ten minutes, 432 pulses of 10 Wh.
        await Store.AppendAsync(Samples.Series(Begin, TimeSpan.FromMinutes(10), 145), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        keeper.Dispose();
        await database.DisposeAsync();
        folder.Dispose();
    }

    private SqliteReadingStore Store => new(database);

    private RegistryStore Registry => new(database);

    [Fact]
    public async Task A_building_is_summed_up_from_its_readings()
    {
        Assert.Equal(2, await keeper.RefreshAllAsync(CancellationToken.None));

        var measured = summaries.Find("measured")!;
        Assert.Equal(4.32m, measured.EnergyKwh);
        Assert.Equal(100, measured.CompletenessPercent);
        Assert.Equal((0, 0), (measured.Gaps, measured.Unexplained));
        Assert.False(summaries.Find("empty")!.HasReadings);
    }

    [Fact]
    public async Task Nothing_is_computed_again_while_nothing_changed()
    {
        await keeper.RefreshAllAsync(CancellationToken.None);

        Assert.Equal(0, await keeper.RefreshAllAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_reading_a_correction_or_the_registry_makes_it_computed_again()
    {
        await keeper.RefreshAllAsync(CancellationToken.None);

        await Store.AppendAsync([Samples.Of(1, 146, Begin.AddMinutes(1450), pulses: 435)], CancellationToken.None);
        time.Now = time.Now.AddMinutes(1);
        Assert.Equal(1, await keeper.RefreshAllAsync(CancellationToken.None));
        Assert.Equal(4.35m, summaries.Find("measured")!.EnergyKwh);

        await new CorrectionLedger(database).AddAsync(
            new CorrectionRequest(CorrectionKind.Exclude, Samples.Ch1, Begin.AddMinutes(1445), Begin.AddMinutes(1460), null), "test", "a try", Store, CancellationToken.None);
        await keeper.RefreshAllAsync(CancellationToken.None);
        Assert.Equal(4.32m, summaries.Find("measured")!.EnergyKwh);

        await Registry.SaveAsync(Snapshot("measured") with { Buildings = [Building("measured") with { FloorAreaM2 = 50 }] }, "test", "area", CancellationToken.None);
        Assert.Equal(1, await keeper.RefreshAllAsync(CancellationToken.None));
        Assert.Null(summaries.Find("empty"));
    }

    [Fact]
    public async Task Missing_samples_without_a_cause_are_counted()
    {
        await Store.AppendAsync([Samples.Of(1, 160, Begin.AddMinutes(1590), pulses: 477)], CancellationToken.None);

        await keeper.RefreshAllAsync(CancellationToken.None);

        var measured = summaries.Find("measured")!;
        Assert.Equal(3, measured.Gaps);
        Assert.Equal(3, measured.Unexplained);
        Assert.InRange(measured.CompletenessPercent!.Value, 80, 95);
        Assert.Equal(4.77m, measured.EnergyKwh);
    }

    [Fact]
    public async Task Summaries_are_there_after_a_restart()
    {
        await keeper.RefreshAllAsync(CancellationToken.None);

        var (again, next) = Open();
        using (next)
        {
            await again.LoadAsync(CancellationToken.None);
            Assert.Equal(0, await next.RefreshAllAsync(CancellationToken.None));
        }

        Assert.Equal(4.32m, again.Find("measured")!.EnergyKwh);
    }

    private (SummaryStore, SummaryKeeper) Open()
    {
        var store = CorrectedReadingStore.Of(database);
        var requests = new NoteRequests(database, new Quarantine(database), PageScope.Whole);
        var opened = new SummaryStore(database);
        return (opened, new SummaryKeeper(
            opened, new SummaryBuilder(store, requests, new CorrectionLedger(database)), Registry,
            new BoardHealthReader(new BoardDirectory(), new BoardStateStore(database), time), requests, time, NullLogger<SummaryKeeper>.Instance));
    }

    private static Building Building(string id) => new() { Id = id, SiteId = "site", Name = id };

    private static RegistrySnapshot Snapshot(params string[] buildings) => new()
    {
        Sites = [new Site { Id = "site", Name = "Site", TimeZone = "+00:00" }],
        Buildings = [.. buildings.Select(Building)],
        Points =
        [
            new MeteringPoint { Id = "meter", BuildingId = "measured", Name = "Meter", Use = PointUse.Total },
            new MeteringPoint { Id = "room", BuildingId = "measured", Name = "Room", Use = PointUse.IndoorClimate },
        ],
        Assignments =
        [
            Assign("meter", "ch1", Quantity.PulseRegister), Assign("room", "t1", Quantity.AirTemperature), Assign("room", "rh1", Quantity.RelativeHumidity),
        ],
    };

    private static ChannelAssignment Assign(string point, string channel, Quantity quantity) =>
        new() { PointId = point, Board = Samples.Board, Channel = channel, Quantity = quantity, From = Begin };
}
