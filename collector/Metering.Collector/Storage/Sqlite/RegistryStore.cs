using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Core.Registry;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>One saved state of the registry.</summary>
public sealed record RegistryVersion(long Id, DateTimeOffset Saved, string Author, string Reason);

/// <summary>
/// The registry with its history: each save keeps a whole document, so that what was true at any instant is one row
/// and never a reconstruction. Two hundred boards take about 20 KB a version.
/// </summary>
public sealed class RegistryStore(SqliteDatabase database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private Unpacked? newest;

    /// <summary>
    /// The registry as it was known at an instant (null: now); empty when nothing was saved by then. The present one is
    /// unpacked once a version: as long as nothing is saved, the same object is returned.
    /// </summary>
    public Task<RegistrySnapshot> SnapshotAsync(DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                if (asOf is null)
                {
                    return Newest(session);
                }

                var query = session.Prepare("SELECT document FROM registry_version WHERE saved_ms <= ? ORDER BY id DESC LIMIT 1")
                    .Bind(1, asOf.Value.ToUnixTimeMilliseconds());
                var snapshot = query.Step() ? Unpack(query.Blob(0)) : new RegistrySnapshot();
                query.Reset();
                return snapshot;
            },
            cancellationToken);

    /// <summary>Saves a new state of the registry.</summary>
    /// <param name="snapshot">The whole registry.</param>
    /// <param name="author">Who changed it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops waiting; the save may still take effect.</param>
    public Task<RegistryVersion> SaveAsync(RegistrySnapshot snapshot, string author, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var document = Pack(snapshot);
        var saved = database.Time.GetUtcNow();
        return database.Writer.WriteAsync(
            session =>
            {
                // A clock that was set back must not hide the newest version from "now".
                var ms = Math.Max(saved.ToUnixTimeMilliseconds(), session.Scalar("SELECT max(saved_ms) FROM registry_version"));
                session.Prepare("INSERT INTO registry_version (saved_ms, author, reason, document) VALUES (?,?,?,?)")
                    .Bind(1, ms).Bind(2, author).Bind(3, reason).Bind(4, document.AsSpan()).Execute();
                return new RegistryVersion(session.LastInsertId, DateTimeOffset.FromUnixTimeMilliseconds(ms), author, reason);
            },
            cancellationToken);
    }

    /// <summary>Every save, oldest first.</summary>
    public Task<IReadOnlyList<RegistryVersion>> HistoryAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RegistryVersion>>(
            static session =>
            {
                var query = session.Prepare("SELECT id, saved_ms, author, reason FROM registry_version ORDER BY id");
                var versions = new List<RegistryVersion>();
                while (query.Step())
                {
                    versions.Add(new RegistryVersion(
                        query.Int64(0), DateTimeOffset.FromUnixTimeMilliseconds(query.Int64(1)), query.Text(2), query.Text(3)));
                }

                return versions;
            },
            cancellationToken);

    /// <summary>Rewrites every saved state, for the erasure of personal data only: history keeps its versions and loses the names.</summary>
    internal static void RewriteAll(SqliteSession session, Func<RegistrySnapshot, RegistrySnapshot> change)
    {
        var query = session.Prepare("SELECT id, document FROM registry_version ORDER BY id");
        var documents = new List<(long Id, RegistrySnapshot Snapshot)>();
        while (query.Step())
        {
            documents.Add((query.Int64(0), Unpack(query.Blob(1))));
        }

        foreach (var (id, snapshot) in documents)
        {
            session.Prepare("UPDATE registry_version SET document = ? WHERE id = ?").Bind(1, Pack(change(snapshot)).AsSpan()).Bind(2, id).Execute();
        }
    }

    private RegistrySnapshot Newest(SqliteSession session)
    {
        var id = session.Scalar("SELECT max(id) FROM registry_version");
        if (Volatile.Read(ref newest) is { } known && known.Id == id)
        {
            return known.Snapshot;
        }

        var query = session.Prepare("SELECT document FROM registry_version WHERE id = ?").Bind(1, id);
        var snapshot = query.Step() ? Unpack(query.Blob(0)) : new RegistrySnapshot();
        query.Reset();
        Volatile.Write(ref newest, new Unpacked(id, snapshot));
        return snapshot;
    }

    private static byte[] Pack(RegistrySnapshot snapshot)
    {
        using var packed = new MemoryStream();
        using (var compressor = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(compressor, snapshot, Json);
        }

        return packed.ToArray();
    }

    private static RegistrySnapshot Unpack(ReadOnlySpan<byte> document)
    {
        using var decompressor = new BrotliStream(new MemoryStream(document.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<RegistrySnapshot>(decompressor, Json)
            ?? throw new JsonException("A saved registry is empty.");
    }

    private sealed record Unpacked(long Id, RegistrySnapshot Snapshot);
}
