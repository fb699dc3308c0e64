using Metering.Collector.Jobs;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Jobs;

/// <summary>Laws 1, 3 and 4 through a real store: what is lost costs resolution and is named, never energy.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private const string Board = "024d54fffe000001";
    private const int PulsesPerStep = 7;
    private const int Steps = 144;
    private static readonly DateTimeOffset Start = new(2016, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private SqliteDatabase database = null!;
    private SqliteReadingStore store = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        store = new SqliteReadingStore(database);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_day_without_a_hole_is_accounted_for_to_the_pulse()
    {
        await AppendAsync(_ => true);

        var report = await VerifyAsync();

        Assert.True(report.IsExplained);
        Assert.Equal(PulsesPerStep * Steps, report.RegisterPulses);
        Assert.True(Assert.Single(report.Circuits).IsExact);
        Assert.Equal(PulsesPerStep * Steps * 10m, report.Circuits[0].Audit.EnergyWh);
    }

    [Fact]
    public async Task A_sample_that_is_not_there_is_named_and_costs_no_energy()
    {
        await AppendAsync(step => step != 50);

        var report = await VerifyAsync();

        var circuit = Assert.Single(report.Circuits);
        var gap = Assert.Single(circuit.Unreported);
        Assert.Equal((Start.AddMinutes(490), Start.AddMinutes(510)), (gap.Start, gap.End));
        Assert.Equal((1L, 2L * PulsesPerStep, EnergyKnowledge.Exact), (gap.MissingSamples, gap.Pulses!.Value, gap.Energy));
        Assert.Equal(PulsesPerStep * Steps, report.RegisterPulses);
        Assert.False(report.IsExplained);
        var hole = Assert.Single(Assert.Single(report.Sensors).Gaps);
        Assert.Equal((Start.AddMinutes(490), Start.AddMinutes(510), 1L, false), (hole.Start, hole.End, hole.MissingSamples, hole.IsExplained));
    }

    [Fact]
    public async Task A_hole_that_the_board_reported_is_explained()
    {
        await AppendAsync(step => step is < 50 or > 59, step => step == 60 ? SampleFlags.JournalDropped : SampleFlags.None);

        var report = await VerifyAsync();

        Assert.Empty(Assert.Single(report.Circuits).Unreported);
        Assert.True(report.IsExplained);
        Assert.Equal(10, Assert.Single(report.Circuits[0].Audit.Gaps).MissingSamples);
        Assert.Equal(PulsesPerStep * Steps, report.RegisterPulses);
    }

    [Fact]
    public async Task Messages_in_quarantine_are_never_explained_away()
    {
        await AppendAsync(_ => true);

        Assert.False((await VerifyAsync(quarantined: 1)).IsExplained);
    }

    [Fact]
    public async Task An_unknown_building_is_refused()
    {
        await Assert.ThrowsAsync<KeyNotFoundException>(() => new Verification(store, Registry).RunAsync("castle", null, null, 0, default));
    }

    private Task<VerificationReport> VerifyAsync(long quarantined = 0) =>
        new Verification(store, Registry).RunAsync("b", null, null, quarantined, default);

    private Task<Metering.Collector.Storage.AppendResult> AppendAsync(Func<int, bool> there, Func<int, SampleFlags>? flags = null) =>
        store.AppendAsync(
            [
                .. Enumerable.Range(0, Steps + 1).Where(there).Select(step => new Sample(
                    Board, 1, step + 1, step * 600, Start.AddMinutes(10 * step), ClockQuality.Synchronised,
                    flags?.Invoke(step) ?? SampleFlags.None,
                    [
                        new SampleValue("ch1", Quantity.PulseRegister, (long)step * PulsesPerStep, MissingReason.None),
                        new SampleValue("t1", Quantity.AirTemperature, 2150, MissingReason.None),
                    ])),
            ],
            default);

    private static RegistrySnapshot Registry { get; } = new()
    {
        Sites = [new Site { Id = "s", Name = "S", TimeZone = "Europe/Paris" }],
        Buildings = [new Building { Id = "b", SiteId = "s", Name = "B" }],
        Points =
        [
            new MeteringPoint { Id = "ac", BuildingId = "b", Name = "AC", Use = PointUse.Cooling },
            new MeteringPoint { Id = "room", BuildingId = "b", Name = "Room", Use = PointUse.IndoorClimate },
        ],
        Assignments =
        [
            new ChannelAssignment { PointId = "ac", Board = Board, Channel = "ch1", Quantity = Quantity.PulseRegister, From = Start },
            new ChannelAssignment { PointId = "room", Board = Board, Channel = "t1", Quantity = Quantity.AirTemperature, From = Start },
        ],
    };
}
