using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Xunit;

namespace Metering.Collector.Tests.Storage;

/// <summary>Law 7: late readings re-open what was computed from older ones.</summary>
public sealed class IssuedNotesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_late_reading_in_a_notes_period_reopens_it_until_a_new_one_is_issued()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, new ManualTime(), default);
        var store = new SqliteReadingStore(database);
        var notes = new IssuedNotes(database);
        var series = Samples.Series(T0, TimeSpan.FromMinutes(10), 50);
        await store.AppendAsync([.. series.Where(sample => sample.Sequence != 7)], default);
        var issued = await notes.AddAsync(await NoteAsync(store), Values, default);
        Assert.Empty(await notes.ReopenedAsync(store, default));

        await store.AppendAsync([Samples.Of(1, 1000, T0.AddDays(40))], default); // after its period
        Assert.Empty(await notes.ReopenedAsync(store, default));
        await store.AppendAsync([series[6]], default);

        var reopened = Assert.Single(await notes.ReopenedAsync(store, default));
        Assert.Equal(issued.Id, reopened.Entry.Id);
        Assert.Equal(issued.Note.Basis.Version.Readings + 1, reopened.Now.Readings);
        Assert.Empty(reopened.Corrections);

        await notes.AddAsync(await NoteAsync(store), Values, default);
        Assert.Empty(await notes.ReopenedAsync(store, default));
        Assert.Equal(2, (await notes.ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_correction_reopens_a_note_and_is_named_until_it_is_revoked()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, time, default);
        var (raw, ledger) = (new SqliteReadingStore(database), new CorrectionLedger(database));
        var store = new CorrectedReadingStore(raw, ledger);
        var notes = new IssuedNotes(database);
        await raw.AppendAsync(Samples.Series(T0, TimeSpan.FromMinutes(10), 50), default);
        await ledger.AddAsync(new(CorrectionKind.Add, Samples.Ch1, T0, T0.AddHours(1), 1), "ana", "before the note", raw, default);
        time.Now += TimeSpan.FromMinutes(1);
        await notes.AddAsync(await NoteAsync(store), Values, default);
        time.Now += TimeSpan.FromMinutes(1);

        var correction = await ledger.AddAsync(new(CorrectionKind.Exclude, Samples.Ch1, T0, T0.AddHours(1), null), "bo", "after it", raw, default);

        var reopened = Assert.Single(await notes.ReopenedAsync(store, default));
        Assert.Equal(reopened.Entry.Note.Basis.Version.Readings, reopened.Now.Readings);
        Assert.Equal([correction.Id], reopened.Corrections.Select(c => c.Id));
        await ledger.RevokeAsync(correction.Id, "bo", "wrong meter", default);
        Assert.Empty(await notes.ReopenedAsync(store, default));
    }

    [Fact]
    public async Task The_issue_that_is_replaced_is_the_newest_on_other_data_or_settings()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, new ManualTime(), default);
        var store = new SqliteReadingStore(database);
        var notes = new IssuedNotes(database);
        await store.AppendAsync(Samples.Series(T0, TimeSpan.FromMinutes(10), 50), default);
        var first = await NoteAsync(store);
        var issued = await notes.AddAsync(first, Values, default);
        await notes.AddAsync(first with { Language = "en" }, Values, default);
        await notes.AddAsync(first with { BuildingId = "other" }, Values, default);
        await notes.AddAsync(first with { To = first.To.AddDays(1) }, Values, default);

        Assert.Null(await Replaced("settings", first.Basis.Version.Hash));
        Assert.Equal(issued.Id, (await Replaced("settings", "new data"))!.Id);
        Assert.Equal(issued.Id, (await Replaced("new settings", first.Basis.Version.Hash))!.Id);
        Assert.Equal(Values, await notes.ValuesAsync(issued.Id, default));
        Assert.Null(await notes.ValuesAsync(999, default));

        Task<IssuedNoteEntry?> Replaced(string settings, string data) => notes.ReplacedAsync("house", first.From, first.To, "fr", data, settings, default);
    }

    [Fact]
    public async Task A_note_of_the_schema_before_stands_on_its_period_and_has_no_values()
    {
        using var folder = new TemporaryFolder();
        OlderSchema.Make(folder.File(SqliteDatabase.FileName), 2, $"""
            INSERT INTO issued_note (issued_ms, building, from_s, to_s, language, format, channels, data_hash, readings, file_hash, file_name)
            VALUES (1000, 'house', 100, 200, 'fr', 'html', '{Samples.Ch1}', 'abc', 7, 'def', 'note.html')
            """);

        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);

        var notes = new IssuedNotes(database);
        var entry = Assert.Single(await notes.ListAsync(default));
        Assert.Equal((100L, 200L), (entry.Note.Basis.From.ToUnixTimeSeconds(), entry.Note.Basis.To.ToUnixTimeSeconds()));
        Assert.Equal([Samples.Ch1], entry.Note.Basis.Channels);
        Assert.Null(await notes.ValuesAsync(entry.Id, default));
        Assert.Single(await notes.ReopenedAsync(new SqliteReadingStore(database), default));
    }

    private static IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string> { ["energy/Général"] = "69.93" };

    private static async Task<IssuedNote> NoteAsync(IReadingStore store)
    {
        var to = T0.AddDays(30);
        return new IssuedNote
        {
            BuildingId = "house",
            From = T0,
            To = to,
            Language = "fr",
            Format = "html",
            Basis = new NoteBasis([Samples.Ch1], T0, to, await DataVersion.OfAsync(store, [Samples.Ch1], T0, to, default), "settings"),
            FileHash = new string('0', 64),
            FileName = "note.html",
        };
    }
}
