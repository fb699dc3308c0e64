using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Privacy;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Identity;

/// <summary>Personal data goes when it has to, and nothing else with it.</summary>
public sealed class PrivacyTests : IAsyncLifetime
{
    private const int Count = 6000;

    private static readonly DwellingReference Flat = new("b", "d1");

    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();
    private SqliteDatabase database = null!;
    private SqliteReadingStore store = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        store = new SqliteReadingStore(database);
        var from = time.Now.AddDays(-60);
        await store.AppendAsync(Samples.Series(from, TimeSpan.FromMinutes(10), Count), CancellationToken.None);
        await new RegistryStore(database).SaveAsync(
            new RegistrySnapshot
            {
                Sites = [new Site { Id = "s", Name = "s", TimeZone = "UTC" }],
                Buildings = [new Building { Id = "b", SiteId = "s", Name = "b" }],
                Zones = [new Zone { Id = "z", BuildingId = "b", Name = "Famille Dupont", DwellingId = "d1" }],
                Points =
                [
                    new MeteringPoint { Id = "common", BuildingId = "b", Name = "Parties communes", Use = PointUse.CommonParts },
                    new MeteringPoint { Id = "room", BuildingId = "b", ZoneId = "z", Name = "Salon Dupont", Use = PointUse.IndoorClimate },
                ],
                Assignments =
                [
                    new ChannelAssignment { PointId = "common", Board = Samples.Board, Channel = "ch1", Quantity = Quantity.PulseRegister, From = from },
                    new ChannelAssignment { PointId = "common", Board = Samples.Board, Channel = "rh1", Quantity = Quantity.RelativeHumidity, From = from },
                    new ChannelAssignment { PointId = "room", Board = Samples.Board, Channel = "t1", Quantity = Quantity.AirTemperature, From = from.AddMinutes(10) },
                ],
            },
            "test", "made", CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Erasing_a_dwelling_leaves_none_of_its_values_and_everything_of_the_others()
    {
        var privacy = new PrivacyService(database);
        var held = (await privacy.ReportAsync(CancellationToken.None)).Dwellings.Single();
        Assert.Equal(("b", "d1", 1, Count - 1L), (held.Building, held.Dwelling, held.Points, held.Readings));
        var common = (await ReadAsync("ch1"), await ReadAsync("rh1"));

        var report = await privacy.EraseAsync(Flat, "left the building", "test", CancellationToken.None);

        Assert.Equal(Count - 1, report.Values);
        Assert.NotEmpty(report.Remaining);
        Assert.Equal(common.Item1, await ReadAsync("ch1"));
        Assert.Equal(common.Item2, await ReadAsync("rh1"));
        var left = await ReadAsync("t1");
        Assert.Equal(Count, left.Count);

        // The first sample was taken before the channel served the dwelling.
        Assert.Equal(MissingReason.None, left[0].Missing);
        Assert.All(left.Skip(1), r => Assert.Equal((0, MissingReason.Excluded), (r.Value, r.Missing)));
        Assert.Equal(0, (await privacy.ReportAsync(CancellationToken.None)).Dwellings.Single().Readings);
        Assert.Contains(await new AuditLog(database).ReadAsync(null, 10, CancellationToken.None), e => e is { Action: "privacy.erase", Subject: "dwelling:b/d1" });
    }

    [Fact]
    public async Task Erasing_a_dwelling_takes_its_names_out_of_every_state_of_the_registry()
    {
        await new PrivacyService(database).EraseAsync(Flat, "left", "test", CancellationToken.None);

        var registry = new RegistryStore(database);
        var before = await registry.SnapshotAsync(time.Now, CancellationToken.None);
        var versions = await registry.HistoryAsync(CancellationToken.None);
        Assert.Equal(["made", "personal data of a dwelling erased"], versions.Select(v => v.Reason));
        Assert.DoesNotContain("Dupont", before.Zones[0].Name + before.Points[1].Name, StringComparison.Ordinal);
        Assert.Equal("Parties communes", before.Points[0].Name);
        var first = await database.ReadAsync(session => session.Scalar("SELECT min(id) FROM registry_version"), CancellationToken.None);
        Assert.Equal(1, first);
    }

    [Fact]
    public async Task A_dwelling_that_is_not_there_is_refused() =>
        await Assert.ThrowsAsync<AccountException>(() => new PrivacyService(database).EraseAsync(new("b", "d9"), "x", "test", CancellationToken.None));

    [Fact]
    public async Task Retention_cuts_what_is_over_its_time_and_the_log_still_proves_itself()
    {
        var accounts = new AccountStore(database);
        var leaver = await accounts.CreateAsync("leaver", new AccountGrant(Role.Analyst, [], []), "test", CancellationToken.None);
        await accounts.SetDisabledAsync(leaver.Id, true, "test", CancellationToken.None);
        time.Now += TimeSpan.FromDays(PrivacyService.AuditKeepDays + 1);
        var recent = await accounts.CreateAsync("recent", new AccountGrant(Role.Analyst, [], []), "test", CancellationToken.None);
        await accounts.SetDisabledAsync(recent.Id, true, "test", CancellationToken.None);
        var privacy = new PrivacyService(database);

        var looked = await privacy.RetainAsync(false, "test", CancellationToken.None);
        Assert.Equal(new RetentionReport(false, 2, 1, 0), looked);
        Assert.Equal(2, (await accounts.ListAsync(CancellationToken.None)).Count);

        Assert.Equal(looked with { Applied = true }, await privacy.RetainAsync(true, "test", CancellationToken.None));
        Assert.Equal("recent", Assert.Single(await accounts.ListAsync(CancellationToken.None)).Name);
        Assert.Equal(new RetentionReport(false, 0, 0, 0), await privacy.RetainAsync(false, "test", CancellationToken.None));
        Assert.Null((await new AuditLog(database).VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    private async Task<IReadOnlyList<Reading>> ReadAsync(string channel)
    {
        var readings = new List<Reading>();
        await foreach (var reading in store.ReadAsync(new ChannelKey(Samples.Board, channel), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, CancellationToken.None))
        {
            readings.Add(reading);
        }

        return readings;
    }
}
