using System.IO.Compression;
using System.Text.Json;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>
/// The register of notes handed out. Late readings re-open what was computed from older ones (law 7): a note whose data
/// version is no longer the store's is named, with both versions, until a new one is issued for the same building,
/// period and language.
/// </summary>
public sealed class IssuedNotes(SqliteDatabase database)
{
    /// <summary>Bytes of the values of one note, packed: beyond it they are not kept, and a re-issue cannot be compared.</summary>
    internal const int ValuesBytesMax = 4 << 20;

    private const string Columns =
        "id, issued_ms, building, from_s, to_s, language, format, channels, data_hash, readings, file_hash, file_name, data_from_s, data_to_s, settings_hash";

    /// <summary>Enters a note, durable when the task completes.</summary>
    /// <param name="note">The note.</param>
    /// <param name="values">Its values by place, which a re-issue is compared with.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IssuedNoteEntry> AddAsync(IssuedNote note, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(values);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(database.Time.GetUtcNow().ToUnixTimeMilliseconds());
        var (basis, packed) = (note.Basis, Pack(values));
        return database.Writer.WriteAsync(
            session =>
            {
                session.Prepare(
                    "INSERT INTO issued_note (issued_ms, building, from_s, to_s, language, format, channels, data_hash, readings, file_hash, file_name, data_from_s, data_to_s, settings_hash, vals) " +
                    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
                    .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, note.BuildingId).Bind(3, note.From.ToUnixTimeSeconds()).Bind(4, note.To.ToUnixTimeSeconds())
                    .Bind(5, note.Language).Bind(6, note.Format).Bind(7, string.Join(' ', basis.Channels)).Bind(8, basis.Version.Hash).Bind(9, basis.Version.Readings)
                    .Bind(10, note.FileHash).Bind(11, note.FileName).Bind(12, basis.From.ToUnixTimeSeconds()).Bind(13, basis.To.ToUnixTimeSeconds())
                    .Bind(14, basis.SettingsHash).Bind(15, packed).Execute();
                return new IssuedNoteEntry(session.LastInsertId, now, note);
            },
            cancellationToken);
    }

    /// <summary>Every note handed out, oldest first.</summary>
    public Task<IReadOnlyList<IssuedNoteEntry>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<IssuedNoteEntry>>(
            static session =>
            {
                var query = session.Prepare($"SELECT {Columns} FROM issued_note ORDER BY id");
                var entries = new List<IssuedNoteEntry>();
                while (query.Step())
                {
                    entries.Add(Entry(query));
                }

                return entries;
            },
            cancellationToken);

    /// <summary>
    /// The newest issue of the same building, period and language that stands on other data or settings, or null: there is
    /// none. Issuing the same note again gives the same answer, so that the file is the same too (law 11).
    /// </summary>
    public async Task<IssuedNoteEntry?> ReplacedAsync(
        string buildingId, DateTimeOffset from, DateTimeOffset to, string language, string dataHash, string settingsHash, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(cancellationToken).ConfigureAwait(false);
        return entries.LastOrDefault(entry => entry.Note is var note
            && note.BuildingId == buildingId && note.Language == language
            && note.From.ToUnixTimeSeconds() == from.ToUnixTimeSeconds() && note.To.ToUnixTimeSeconds() == to.ToUnixTimeSeconds()
            && (note.Basis.Version.Hash != dataHash || note.Basis.SettingsHash != settingsHash));
    }

    /// <summary>The values of a note by place, or null: none were kept.</summary>
    public Task<IReadOnlyDictionary<string, string>?> ValuesAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>?>(
            session =>
            {
                var query = session.Prepare("SELECT vals FROM issued_note WHERE id = ?").Bind(1, id);
                var values = query.Step() ? Unpack(query.Blob(0)) : null;
                query.Reset();
                return values;
            },
            cancellationToken);

    /// <summary>
    /// The newest note of each building, period and language whose readings have changed since. Reads the data of every one
    /// of them.
    /// </summary>
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
            var basis = newest.Note.Basis;
            var now = await DataVersion.OfAsync(store, basis.Channels, basis.From, basis.To, cancellationToken).ConfigureAwait(false);
            if (now != basis.Version)
            {
                var corrections = await store.CorrectionsAsync(basis.Channels, basis.From, basis.To, cancellationToken).ConfigureAwait(false);
                reopened.Add(new ReopenedNote(newest, now, [.. corrections.Where(c => c.Made > newest.Issued || c.Revoked?.At > newest.Issued)]));
            }
        }

        return reopened;
    }

    private static byte[] Pack(IReadOnlyDictionary<string, string> values)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, values);
        }

        return packed.Length <= ValuesBytesMax ? packed.ToArray() : [];
    }

    private static Dictionary<string, string>? Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty)
        {
            return null;
        }

        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Dictionary<string, string>>(gzip);
    }

    private static IssuedNoteEntry Entry(SqliteStatement row) => new(
        row.Int64(0),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(1)),
        new IssuedNote
        {
            BuildingId = row.Text(2),
            From = DateTimeOffset.FromUnixTimeSeconds(row.Int64(3)),
            To = DateTimeOffset.FromUnixTimeSeconds(row.Int64(4)),
            Language = row.Text(5),
            Format = row.Text(6),
            Basis = new NoteBasis(
                [.. row.Text(7).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Channel)],
                DateTimeOffset.FromUnixTimeSeconds(row.Int64(12)),
                DateTimeOffset.FromUnixTimeSeconds(row.Int64(13)),
                new DataVersion(row.Text(8), row.Int64(9)),
                row.Text(14)),
            FileHash = row.Text(10),
            FileName = row.Text(11),
        });

    private static ChannelKey Channel(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return new ChannelKey(name[..slash], name[(slash + 1)..]);
    }
}
