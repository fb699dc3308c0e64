using Metering.Collector.Cli;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Import;

/// <summary>The verbs of the stores, as a person types them.</summary>
public sealed class StoreVerbTests : IDisposable
{
    private const string Site = """
        sites:
          - { id: s, name: Site, timeZone: America/Guadeloupe }
        buildings:
          - { id: house, siteId: s, name: Maison }
        points:
          - { id: meter, buildingId: house, name: General, use: Total }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_registry_goes_in_and_out_and_its_history_tells_why()
    {
        await File.WriteAllTextAsync(folder.File("site.yaml"), Site);
        Assert.Equal(0, (await RunAsync("registry", "import", folder.File("site.yaml"), "--reason", "commissioning", "--author", "ana")).Code);
        Assert.Contains("nothing saved", (await RunAsync("registry", "import", folder.File("site.yaml"))).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("registry", "export", folder.File("out.json"))).Code);
        Assert.Contains("\"America/Guadeloupe\"", await File.ReadAllTextAsync(folder.File("out.json")), StringComparison.Ordinal);
        Assert.Contains("ana: commissioning", (await RunAsync("registry", "history")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("registry", "export", folder.File("out.json"))).Code);
    }

    [Fact]
    public async Task A_document_that_lacks_entries_is_refused_without_force()
    {
        await File.WriteAllTextAsync(folder.File("site.yaml"), Site);
        await RunAsync("registry", "import", folder.File("site.yaml"));
        await File.WriteAllTextAsync(folder.File("less.yaml"), Site[..Site.IndexOf("points:", StringComparison.Ordinal)]);
        var refused = await RunAsync("registry", "import", folder.File("less.yaml"));
        Assert.Equal(2, refused.Code);
        Assert.Contains("points +0 ~0 -1", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("registry", "import", folder.File("less.yaml"), "--force")).Code);
    }

    [Fact]
    public async Task Bad_rows_of_an_import_are_listed_on_the_error_stream_with_exit_code_1()
    {
        await File.WriteAllTextAsync(folder.File("site.yaml"), Site);
        await RunAsync("registry", "import", folder.File("site.yaml"));
        await File.WriteAllTextAsync(folder.File("i.csv"), "building;delivery_point;start;end;kwh\nhouse;1;2026-01-01;2026-02-01;5\nhouse;1;2026-02-01;nonsense;5\n");
        var run = await RunAsync("import", "invoices", folder.File("i.csv"));
        Assert.Equal(1, run.Code);
        Assert.StartsWith("1 rows were not taken:", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 3: end: 'nonsense'", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 rows: 1 stored", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_is_made_listed_and_revoked()
    {
        await using (var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default))
        {
            await new SqliteReadingStore(database).AppendAsync(Samples.Series(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(10), 20), default);
        }

        string[] period = ["--channel", Samples.Board + "/t1", "--from", "2026-03-01T00:00:00Z", "--to", "2026-03-01T01:00:00Z", "--reason", "calibration"];
        Assert.Equal(0, (await RunAsync(["correct", "add", "--amount", "-0.4", .. period])).Code);
        Assert.Equal(2, (await RunAsync(["correct", "add", "--amount", "-0.405", .. period])).Code);
        Assert.Contains("Add -0.4", (await RunAsync("correct", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("correct", "revoke", "1", "--reason", "wrong sensor")).Code);
        Assert.Contains("revoked by", (await RunAsync("correct", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("correct", "revoke", "1", "--reason", "again")).Code);
    }

    [Fact]
    public async Task A_quarantined_pack_that_can_be_read_now_is_taken_by_replay_and_the_other_stays()
    {
        // The pack of docs/wire-format.md, and one that is cut.
        const string pack = """[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":1452531600,"n":"seq","u":"count","v":17},{"n":"boot","u":"count","v":3},{"n":"up","u":"s","v":600},{"n":"clk","v":2},{"n":"ch1","u":"count","v":12345}]""";
        const string topic = "metering/v1/0024befffe804ff1/readings";
        await using (var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default))
        {
            var quarantine = new Quarantine(database);
            await quarantine.HoldAsync(new HeldMessage("mqtt", topic, System.Text.Encoding.UTF8.GetBytes(pack), "not-json: an old mistake of ours"), default);
            await quarantine.HoldAsync(new HeldMessage("mqtt", topic, System.Text.Encoding.UTF8.GetBytes(pack[..40]), "not-json: cut"), default);
        }

        var run = await RunAsync("quarantine", "replay");
        Assert.Equal(1, run.Code);
        Assert.Contains("1 taken, 1 stay", run.Output, StringComparison.Ordinal);
        Assert.Contains("2  ", (await RunAsync("quarantine", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("quarantine", "show", "2")).Code);
        Assert.Equal(0, (await RunAsync("quarantine", "drop", "2")).Code);
        Assert.Equal(2, (await RunAsync("quarantine", "drop", "2")).Code);
        await using var after = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        Assert.Equal(12345, (await new SqliteReadingStore(after).LatestAsync(Samples.Ch1, default))!.Value.Value);
    }

    [Fact]
    public async Task Conflicts_of_a_board_that_lost_its_boot_counter_are_taken_in_under_a_boot_of_their_own()
    {
        var t0 = new DateTimeOffset(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);
        await using (var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default))
        {
            var store = new SqliteReadingStore(database);
            await store.AppendAsync(Samples.Series(t0, TimeSpan.FromMinutes(10), 5), default);
            await store.AppendAsync([Samples.Of(3, 1, t0.AddHours(1), pulses: 15)], default);
            // Reflashed: it counts its boots from 1 again, and its register from 0.
            Metering.Core.Readings.Sample[] again = [.. Samples.Series(t0.AddDays(1), TimeSpan.FromMinutes(10), 3)];
            Assert.Equal(new AppendResult(0, 0, 3), await store.AppendAsync(again, default));
            await store.AppendAsync([Samples.Of(3, 1, t0.AddDays(2), pulses: 99)], default);
        }

        var shown = (await RunAsync("quarantine", "show", "1")).Output;
        Assert.Contains("Its key is taken, and replaying does not change that", shown, StringComparison.Ordinal);
        Assert.Contains("'metering quarantine adopt 1 --boot N --reason TEXT' takes in all conflicts of its boot 1 as boot N, above 3", shown, StringComparison.Ordinal);
        var replayed = await RunAsync("quarantine", "replay");
        Assert.Equal((1, "0 taken, 4 stay.\n"), (replayed.Code, replayed.Output.ReplaceLineEndings("\n")));
        Assert.Contains(
            "--boot: boot 3 was given; the store knows boots up to 3 of board 0024befffe804ff1: give a higher one.",
            (await RunAsync("quarantine", "adopt", "1", "--boot", "3", "--reason", "x")).Error, StringComparison.Ordinal);

        var run = await RunAsync("quarantine", "adopt", "2", "--boot", "1000", "--reason", "reflashed", "--author", "ana");

        Assert.Equal((0, "3 samples of board 0024befffe804ff1, boot 1, are now of board 0024befffe804ff1, boot 1000.\n"), (run.Code, run.Output.ReplaceLineEndings("\n")));
        Assert.Equal(2, (await RunAsync("quarantine", "adopt", "2", "--boot", "1001", "--reason", "again")).Code);
        await using var after = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        var board = await new SqliteReadingStore(after).ReadBoardAsync(Samples.Board, ["ch1"], t0, t0.AddYears(1), default);
        Assert.Equal(
            [(1L, 1L, 0L), (1, 2, 3), (1, 3, 6), (1, 4, 9), (1, 5, 12), (3, 1, 15), (1000, 1, 0), (1000, 2, 3), (1000, 3, 6)],
            board.Of("ch1").Between(t0, t0.AddYears(1)).Select(r => (r.Boot, r.Sequence, r.Value)));
        var entry = Assert.Single(await new QuarantineAdoption(after).ListAsync(default));
        Assert.Equal(("ana", "reflashed", 3L), (entry.Author, entry.Reason, entry.Samples));
        Assert.Equal(4, Assert.Single(await new Quarantine(after).ListAsync(0, 10, default)).Id); // the conflict of boot 3 waits for its own decision
    }

    [Fact]
    public async Task What_came_after_an_adoption_of_the_same_conflicts_goes_the_same_way()
    {
        var t0 = new DateTimeOffset(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        var store = new SqliteReadingStore(database);
        await store.AppendAsync(Samples.Series(t0, TimeSpan.FromMinutes(10), 5), default);
        var second = Samples.Series(t0.AddDays(1), TimeSpan.FromMinutes(10), 4);
        var adoption = new QuarantineAdoption(database);
        var request = new AdoptionRequest(Samples.Board, 1, Samples.OtherBoard, 7);
        await store.AppendAsync(second[..2], default);
        Assert.Equal(2, (await adoption.AdoptAsync(request, "ana", "a second board has its identity", default)).Samples);
        await store.AppendAsync(second[2..], default);

        Assert.Equal(2, (await adoption.AdoptAsync(request, "ana", "the rest", default)).Samples);

        Assert.Equal(4, (await store.StatisticsAsync(new(Samples.OtherBoard, "t1"), t0, t0.AddYears(1), default)).Count);
        Assert.Equal(0, await new Quarantine(database).CountAsync(default));
        Assert.Equal(2, (await adoption.ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_store_is_backed_up_and_restored()
    {
        await using (await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default))
        {
        }

        var made = await RunAsync("backup", folder.File("b.db"));
        Assert.Equal(0, made.Code);
        Assert.Contains("sha256", made.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("backup", folder.File("b.db"))).Code);
        Assert.Equal(2, (await RunAsync("restore", folder.File("b.db"))).Code);
        Assert.Contains("former store", (await RunAsync("restore", folder.File("b.db"), "--force")).Output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await Verbs.RunAsync([.. arguments, "--data", folder.Path], output, error, default);
        return (code, output.ToString(), error.ToString());
    }
}
