using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Backup;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Languages;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Storage.Backup;

public sealed class StoreBackupTests : IDisposable
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_restored_store_in_a_new_folder_makes_the_same_note_byte_for_byte()
    {
        var (source, target, file) = (folder.File("source"), folder.File("target"), folder.File("backup.db"));
        string before;
        await using (var database = await SqliteDatabase.OpenAsync(source, TimeProvider.System, default))
        {
            await new RegistryStore(database).SaveAsync(Registry(), "ana", "commissioning", default);
            var store = new SqliteReadingStore(database);
            await store.AppendAsync(Samples.Series(T0, TimeSpan.FromMinutes(10), 2000), default);
            await new CorrectionLedger(database).AddAsync(
                new(CorrectionKind.Add, new ChannelKey(Samples.Board, "t1"), T0, T0.AddDays(2), -40), "ana", "calibration", store, default);
            before = await NoteAsync(database);
            await StoreBackup.CreateAsync(source, file, force: false, default);
        }

        Assert.Null(await StoreBackup.RestoreAsync(file, target, TimeProvider.System, force: false, default));

        await using var restored = await SqliteDatabase.OpenAsync(target, TimeProvider.System, default);
        Assert.Contains("<html", before, StringComparison.Ordinal);
        Assert.Equal(before, await NoteAsync(restored));
        Assert.Single(await new RegistryStore(restored).HistoryAsync(default));
    }

    [Fact]
    public async Task A_backup_taken_while_it_serves_holds_everything_acknowledged_before_it_and_is_whole()
    {
        await using var database = await SqliteDatabase.OpenAsync(folder.File("source"), TimeProvider.System, default);
        var store = new SqliteReadingStore(database);
        var series = Samples.Series(T0, TimeSpan.FromSeconds(30), 40_000);
        var acknowledged = 0;
        using var stop = new CancellationTokenSource();
        var reached = new TaskCompletionSource();
        var serving = Task.Run(async () =>
        {
            foreach (var pack in series.Chunk(8))
            {
                await store.AppendAsync(pack, default);
                if (Interlocked.Add(ref acknowledged, pack.Length) >= 2000)
                {
                    reached.TrySetResult();
                }

                if (stop.IsCancellationRequested)
                {
                    return;
                }
            }
        });
        await reached.Task;
        var atStart = Volatile.Read(ref acknowledged);

        await StoreBackup.CreateAsync(folder.File("source"), folder.File("backup.db"), force: false, default);
        var atEnd = Volatile.Read(ref acknowledged);
        await stop.CancelAsync();
        await serving;

        await StoreBackup.RestoreAsync(folder.File("backup.db"), folder.File("target"), TimeProvider.System, force: false, default);
        await using var restored = await SqliteDatabase.OpenAsync(folder.File("target"), TimeProvider.System, default);
        var statistics = await new SqliteReadingStore(restored).StatisticsAsync(Samples.Ch1, T0, T0.AddYears(1), default);
        Assert.InRange(statistics.Count, atStart, atEnd + 8);
        Assert.Equal(statistics.Count, statistics.Last!.Value.Sequence); // no hole: a prefix of what was acknowledged
    }

    [Fact]
    public async Task Nothing_is_overwritten_without_force()
    {
        await using (await SqliteDatabase.OpenAsync(folder.File("source"), TimeProvider.System, default))
        {
        }

        await StoreBackup.CreateAsync(folder.File("source"), folder.File("b.db"), force: false, default);
        await Assert.ThrowsAsync<BackupException>(() => StoreBackup.CreateAsync(folder.File("source"), folder.File("b.db"), force: false, default));
        await Assert.ThrowsAsync<BackupException>(() => StoreBackup.RestoreAsync(folder.File("b.db"), folder.File("source"), TimeProvider.System, force: false, default));
        await StoreBackup.CreateAsync(folder.File("source"), folder.File("b.db"), force: true, default);
    }

    [Fact]
    public async Task Restoring_by_force_keeps_the_former_store_beside()
    {
        await using (var database = await SqliteDatabase.OpenAsync(folder.File("source"), TimeProvider.System, default))
        {
            await StoreBackup.CreateAsync(folder.File("source"), folder.File("empty.db"), force: false, default);
            await new SqliteReadingStore(database).AppendAsync(Samples.Series(T0, TimeSpan.FromMinutes(10), 5), default);
        }

        var former = await StoreBackup.RestoreAsync(folder.File("empty.db"), folder.File("source"), TimeProvider.System, force: true, default);

        await StoreBackup.RestoreAsync(former!, folder.File("again"), TimeProvider.System, force: false, default);
        await using var kept = await SqliteDatabase.OpenAsync(folder.File("again"), TimeProvider.System, default);
        Assert.Equal(5, (await new SqliteReadingStore(kept).LatestAsync(Samples.Ch1, default))!.Value.Sequence);
        await using var now = await SqliteDatabase.OpenAsync(folder.File("source"), TimeProvider.System, default);
        Assert.Null(await new SqliteReadingStore(now).LatestAsync(Samples.Ch1, default));
    }

    [Fact]
    public async Task Restoring_under_a_running_collector_is_refused()
    {
        await using var running = await SqliteDatabase.OpenAsync(folder.File("source"), TimeProvider.System, default);
        await StoreBackup.CreateAsync(folder.File("source"), folder.File("b.db"), force: false, default);
        var refused = await Assert.ThrowsAsync<BackupException>(() => StoreBackup.RestoreAsync(folder.File("b.db"), folder.File("source"), TimeProvider.System, force: true, default));
        Assert.Contains("stop the collector", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public async Task A_damaged_backup_is_refused_and_the_target_is_not_made(double where)
    {
        await using (var database = await SqliteDatabase.OpenAsync(folder.File("source"), TimeProvider.System, default))
        {
            await new SqliteReadingStore(database).AppendAsync(Samples.Series(T0, TimeSpan.FromMinutes(10), 3000), default);
            await StoreBackup.CreateAsync(folder.File("source"), folder.File("b.db"), force: false, default);
        }

        var bytes = await File.ReadAllBytesAsync(folder.File("b.db"));
        Array.Fill<byte>(bytes, 0xA5, (int)(bytes.Length * where), 5000);
        await File.WriteAllBytesAsync(folder.File("b.db"), bytes);

        await Assert.ThrowsAsync<BackupException>(() => StoreBackup.RestoreAsync(folder.File("b.db"), folder.File("target"), TimeProvider.System, force: false, default));
        Assert.False(File.Exists(Path.Combine(folder.File("target"), SqliteDatabase.FileName)));
    }

    [Fact]
    public async Task A_file_that_is_no_backup_is_refused()
    {
        await File.WriteAllTextAsync(folder.File("b.db"), "hello");
        await Assert.ThrowsAsync<BackupException>(() => StoreBackup.RestoreAsync(folder.File("b.db"), folder.File("target"), TimeProvider.System, force: false, default));
    }

    private static async Task<string> NoteAsync(SqliteDatabase database)
    {
        var store = new CorrectedReadingStore(new SqliteReadingStore(database), new CorrectionLedger(database));
        var registry = await new RegistryStore(database).SnapshotAsync(null, default);
        var model = await NoteService.BuildAsync(new NoteRequest { BuildingId = "house", AsOf = T0.AddDays(14), Version = "test" }, store, registry, default);
        await using var html = new StringWriter();
        HtmlNoteWriter.Write(model, Language.French, html);
        return html.ToString();
    }

    private static RegistrySnapshot Registry() => new()
    {
        Sites = [new Site { Id = "site", Name = "Le Raizet", TimeZone = "America/Guadeloupe" }],
        Buildings = [new Building { Id = "house", SiteId = "site", Name = "Maison" }],
        Points =
        [
            new MeteringPoint { Id = "clim", BuildingId = "house", Name = "Climatisation", Use = PointUse.Cooling },
            new MeteringPoint { Id = "room", BuildingId = "house", Name = "Séjour", Use = PointUse.IndoorClimate },
        ],
        Assignments =
        [
            Assignment("clim", "ch1", Quantity.PulseRegister),
            Assignment("room", "t1", Quantity.AirTemperature),
            Assignment("room", "rh1", Quantity.RelativeHumidity),
        ],
    };

    private static ChannelAssignment Assignment(string point, string channel, Quantity quantity) =>
        new() { PointId = point, Board = Samples.Board, Channel = channel, Quantity = quantity, From = T0 };
}
