using Metering.Collector.Storage;
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
        var issued = await notes.AddAsync(await NoteAsync(store), default);
        Assert.Empty(await notes.ReopenedAsync(store, default));

        await store.AppendAsync([Samples.Of(1, 1000, T0.AddDays(40))], default); // after its period
        Assert.Empty(await notes.ReopenedAsync(store, default));
        await store.AppendAsync([series[6]], default);

        var reopened = Assert.Single(await notes.ReopenedAsync(store, default));
        Assert.Equal(issued.Id, reopened.Entry.Id);
        Assert.Equal(issued.Note.Version.Readings + 1, reopened.Now.Readings);

        await notes.AddAsync(await NoteAsync(store), default);
        Assert.Empty(await notes.ReopenedAsync(store, default));
        Assert.Equal(2, (await notes.ListAsync(default)).Count);
    }

    private static async Task<IssuedNote> NoteAsync(SqliteReadingStore store)
    {
        var to = T0.AddDays(30);
        return new IssuedNote(
            "house", T0, to, "fr", "html", [Samples.Ch1], await DataVersion.OfAsync(store, [Samples.Ch1], T0, to, default), new string('0', 64), "note.html");
    }
}
