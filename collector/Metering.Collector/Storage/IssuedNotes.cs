using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>A note that was handed out, and the data it stands on.</summary>
/// <param name="BuildingId">Building.</param>
/// <param name="From">Begin of its period.</param>
/// <param name="To">End of its period, exclusive.</param>
/// <param name="Language">fr or en.</param>
/// <param name="Format">html, pdf or docx.</param>
/// <param name="Channels">Channels whose readings it was made from.</param>
/// <param name="Version">Version of those readings.</param>
/// <param name="FileHash">SHA-256 of the file.</param>
/// <param name="FileName">Name it was written under.</param>
public sealed record IssuedNote(
    string BuildingId,
    DateTimeOffset From,
    DateTimeOffset To,
    string Language,
    string Format,
    IReadOnlyList<ChannelKey> Channels,
    DataVersion Version,
    string FileHash,
    string FileName);

/// <summary>An entry of the register of notes.</summary>
public sealed record IssuedNoteEntry(long Id, DateTimeOffset Issued, IssuedNote Note);

/// <summary>A note that late readings or a correction re-opened: its data now have another version.</summary>
public sealed record ReopenedNote(IssuedNoteEntry Entry, DataVersion Now);

/// <summary>
/// The register of notes handed out. Late readings re-open what was computed from older ones (law 7): a note whose data
/// version is no longer the store's is named, with both versions, until a new one is issued for the same building,
/// period and language.
/// </summary>
public sealed class IssuedNotes(SqliteDatabase database)
{
    public Task<IssuedNoteEntry> AddAsync(IssuedNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(database.Time.GetUtcNow().ToUnixTimeMilliseconds());
        return database.Writer.WriteAsync(
            session =>
            {
                session.Prepare(
                    "INSERT INTO issued_note (issued_ms, building, from_s, to_s, language, format, channels, data_hash, readings, file_hash, file_name) VALUES (?,?,?,?,?,?,?,?,?,?,?)")
                    .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, note.BuildingId).Bind(3, note.From.ToUnixTimeSeconds()).Bind(4, note.To.ToUnixTimeSeconds())
                    .Bind(5, note.Language).Bind(6, note.Format).Bind(7, string.Join(' ', note.Channels)).Bind(8, note.Version.Hash).Bind(9, note.Version.Readings)
                    .Bind(10, note.FileHash).Bind(11, note.FileName).Execute();
                return new IssuedNoteEntry(session.LastInsertId, now, note);
            },
            cancellationToken);
    }

    /// <summary>Every note handed out, oldest first.</summary>
    public Task<IReadOnlyList<IssuedNoteEntry>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<IssuedNoteEntry>>(
            static session =>
            {
                var query = session.Prepare(
                    "SELECT id, issued_ms, building, from_s, to_s, language, format, channels, data_hash, readings, file_hash, file_name FROM issued_note ORDER BY id");
                var entries = new List<IssuedNoteEntry>();
                while (query.Step())
                {
                    entries.Add(Entry(query));
                }

                return entries;
            },
            cancellationToken);

    /// <summary>The newest note of each building, period and language whose readings have changed since.</summary>
    /// <param name="store">What notes are made from: with corrections.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<ReopenedNote>> ReopenedAsync(IReadingStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var reopened = new List<ReopenedNote>();
        var entries = await ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var group in entries.GroupBy(static entry => (entry.Note.BuildingId, entry.Note.From, entry.Note.To, entry.Note.Language)))
        {
            var newest = group.Last();
            var now = await DataVersion.OfAsync(store, newest.Note.Channels, newest.Note.From, newest.Note.To, cancellationToken).ConfigureAwait(false);
            if (now != newest.Note.Version)
            {
                reopened.Add(new ReopenedNote(newest, now));
            }
        }

        return reopened;
    }

    private static IssuedNoteEntry Entry(SqliteStatement row) => new(
        row.Int64(0),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(1)),
        new IssuedNote(
            row.Text(2),
            DateTimeOffset.FromUnixTimeSeconds(row.Int64(3)),
            DateTimeOffset.FromUnixTimeSeconds(row.Int64(4)),
            row.Text(5),
            row.Text(6),
            [.. row.Text(7).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static name => new ChannelKey(name[..name.IndexOf('/', StringComparison.Ordinal)], name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]))],
            new DataVersion(row.Text(8), row.Int64(9)),
            row.Text(10),
            row.Text(11)));
}
