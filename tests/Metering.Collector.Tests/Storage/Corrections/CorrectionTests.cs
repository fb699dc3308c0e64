using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Xunit;

namespace Metering.Collector.Tests.Storage.Corrections;

/// <summary>Law 8: raw readings are never rewritten, a correction says who, when, why, before, after, and can be taken back.</summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
    private static readonly ChannelKey Room = new(Samples.Board, "t1");

    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();
    private SqliteDatabase database = null!;
    private SqliteReadingStore raw = null!;
    private CorrectionLedger ledger = null!;
    private CorrectedReadingStore corrected = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, time, default);
        raw = new SqliteReadingStore(database);
        ledger = new CorrectionLedger(database);
        corrected = new CorrectedReadingStore(raw, ledger);
        await raw.AppendAsync(Samples.Series(T0, Step, 10), default);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_offset_applies_in_its_period_and_channel_only_and_leaves_the_raw_readings()
    {
        var before = await ValuesAsync(raw, Room);
        await ledger.AddAsync(new(CorrectionKind.Add, Room, T0 + 2 * Step, T0 + 4 * Step, -40), "ana", "calibration 17", raw, default);

        Assert.Equal(before, await ValuesAsync(raw, Room));
        var after = await ReadAsync(corrected, Room);
        Assert.Equal(before.Select((value, i) => i is 2 or 3 ? value - 40 : value), after.Select(reading => reading.Value));
        Assert.Equal([2, 3], after.Index().Where(item => item.Item.Flags.HasFlag(SampleFlags.Corrected)).Select(item => item.Index));
        Assert.Equal(await ValuesAsync(raw, Samples.Ch1), await ValuesAsync(corrected, Samples.Ch1));
    }

    [Fact]
    public async Task An_excluded_reading_stays_as_a_missing_one_with_the_reason()
    {
        await ledger.AddAsync(new(CorrectionKind.Exclude, Room, T0, T0 + Step, null), "ana", "in the sun", raw, default);
        var readings = await ReadAsync(corrected, Room);
        Assert.Equal(10, readings.Count);
        Assert.Equal((0L, MissingReason.Excluded), (readings[0].Value, readings[0].Missing));
        var statistics = await corrected.StatisticsAsync(Room, T0, T0.AddDays(1), default);
        Assert.Equal((9L, 1L), (statistics.Count, statistics.Missing));
    }

    [Fact]
    public async Task The_entry_tells_who_when_why_before_and_after()
    {
        var entry = await ledger.AddAsync(new(CorrectionKind.Add, Room, T0, T0 + 3 * Step, 100), "ana", "calibration 17", raw, default);
        Assert.Equal(("ana", "calibration 17", time.Now), (entry.Author, entry.Reason, entry.Made));
        Assert.Equal(new CorrectionEffect(3, 3, 2000, 2002, 2000, 2002), entry.Before);
        Assert.Equal(new CorrectionEffect(3, 3, 2100, 2102, 2100, 2102), entry.After);
        Assert.Equal(entry, Assert.Single(await ledger.ListAsync(Room, default)));
        Assert.Empty(await ledger.ListAsync(Samples.Ch1, default));
    }

    [Fact]
    public async Task Before_counts_the_corrections_made_earlier()
    {
        await ledger.AddAsync(new(CorrectionKind.Add, Room, T0, T0 + Step, 100), "ana", "a", raw, default);
        var second = await ledger.AddAsync(new(CorrectionKind.Add, Room, T0, T0 + Step, 10), "bo", "b", raw, default);
        Assert.Equal((2100L, 2110L), (second.Before.FirstValue, second.After.FirstValue));
    }

    [Fact]
    public async Task Revoking_restores_the_data_version_and_keeps_both_entries()
    {
        var version = await VersionAsync();
        var entry = await ledger.AddAsync(new(CorrectionKind.Exclude, Room, T0, T0 + Step, null), "ana", "a", raw, default);
        Assert.NotEqual(version, await VersionAsync());
        time.Now += TimeSpan.FromHours(1);

        Assert.True(await ledger.RevokeAsync(entry.Id, "bo", "wrong sensor", default));

        Assert.Equal(version, await VersionAsync());
        var kept = Assert.Single(await ledger.ListAsync(null, default));
        Assert.Equal(new CorrectionRevocation(time.Now, "bo", "wrong sensor"), kept.Revoked);
        Assert.False(await ledger.RevokeAsync(entry.Id, "bo", "again", default));
    }

    [Fact]
    public async Task A_correction_that_can_touch_nothing_is_refused()
    {
        await Refused(new(CorrectionKind.Exclude, Room, T0.AddYears(1), T0.AddYears(2), null));
        await Refused(new(CorrectionKind.Exclude, Room, T0 + Step, T0, null));
        await Refused(new(CorrectionKind.Exclude, Room, T0, T0 + Step, 5));
        await Refused(new(CorrectionKind.Add, Room, T0, T0 + Step, null));
        Assert.Empty(await ledger.ListAsync(null, default));

        Task Refused(CorrectionRequest request) =>
            Assert.ThrowsAsync<ArgumentException>(() => ledger.AddAsync(request, "ana", "a", raw, default));
    }

    private Task<DataVersion> VersionAsync() => DataVersion.OfAsync(corrected, [Room, Samples.Ch1], T0, T0.AddDays(1), default);

    private static async Task<List<Reading>> ReadAsync(IReadingStore store, ChannelKey channel)
    {
        var readings = new List<Reading>();
        await foreach (var reading in store.ReadAsync(channel, T0, T0.AddDays(1), default))
        {
            readings.Add(reading);
        }

        return readings;
    }

    private static async Task<long[]> ValuesAsync(IReadingStore store, ChannelKey channel) =>
        [.. (await ReadAsync(store, channel)).Select(reading => reading.Value)];
}

/// <summary>Without entries the ledger changes nothing: the contract holds through it.</summary>
public sealed class CorrectedReadingStoreTests : ReadingStoreContract
{
    protected override int OrdersTried => 3;

    protected override async Task<StoreUnderTest> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        return new StoreUnderTest(new CorrectedReadingStore(new SqliteReadingStore(database), new CorrectionLedger(database)), async () =>
        {
            await database.DisposeAsync();
            folder.Dispose();
        });
    }
}
