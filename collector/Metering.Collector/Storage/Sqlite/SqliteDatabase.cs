using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// The embedded database of a data directory: one file <c>metering.db</c> in write-ahead-log mode with
/// synchronous=FULL, one writer with group commit, a few readers that never wait for it.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    public const string FileName = "metering.db";

    /// <summary>Connections that may read at once; more callers wait their turn.</summary>
    internal const int ReadersMax = 4;

    /// <summary>Pages of the log after which it is folded back into the file (4 KiB each: 16 MiB).</summary>
    private const int CheckpointPages = 4096;

    /// <summary>Size that the log is cut back to, bytes.</summary>
    private const long LogBytesMax = 64L << 20;

    private readonly SemaphoreSlim readerTurns = new(ReadersMax, ReadersMax);
    private readonly ConcurrentBag<SqliteSession> readers = [];

    private SqliteDatabase(string path, SqliteSession writing, TimeProvider time)
    {
        Path = path;
        Time = time;
        Writer = new SqliteWriter(writing);
    }

    /// <summary>Full path of the database file.</summary>
    public string Path { get; }

    internal TimeProvider Time { get; }

    internal SqliteWriter Writer { get; }

    /// <summary>Entries in quarantine, at most this many; null until counted. Only the writer touches it.</summary>
    internal long? QuarantineEntries { get; set; }

    /// <summary>Opens the database of a data directory, making both when they are not there, and brings its schema up to date.</summary>
    /// <exception cref="StoreOpenException">The directory cannot be written, the file is not this program's, or is of a newer version.</exception>
    public static Task<SqliteDatabase> OpenAsync(string dataDirectory, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        ArgumentNullException.ThrowIfNull(timeProvider);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.Run(() => Open(dataDirectory, timeProvider), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        for (var taken = 0; taken < ReadersMax; taken++)
        {
            await readerTurns.WaitAsync().ConfigureAwait(false);
        }

        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        readerTurns.Dispose();
    }

    /// <summary>Runs a query on a reading connection, away from the caller's thread.</summary>
    internal async Task<T> ReadAsync<T>(Func<SqliteSession, T> query, CancellationToken cancellationToken)
    {
        await readerTurns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Query(query), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            readerTurns.Release();
        }
    }

    private T Query<T>(Func<SqliteSession, T> query)
    {
        if (!readers.TryTake(out var session))
        {
            try
            {
                session = SqliteSession.Open(Path, SqliteOpenMode.ReadWrite);
                session.Execute("PRAGMA query_only = 1");
            }
            catch (SqliteException failure)
            {
                throw SqliteErrors.Of(failure);
            }
        }

        try
        {
            var result = query(session);
            readers.Add(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static SqliteDatabase Open(string dataDirectory, TimeProvider timeProvider)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(dataDirectory, FileName));
        try
        {
            Directory.CreateDirectory(dataDirectory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreOpenException($"The data directory {dataDirectory} cannot be made: {failure.Message}", failure);
        }

        SqliteSession? session = null;
        try
        {
            session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate);
            session.Execute(FormattableString.Invariant(
                $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {CheckpointPages}; PRAGMA journal_size_limit = {LogBytesMax};"));
            session.Execute("BEGIN IMMEDIATE; COMMIT");
            SqliteSchema.Migrate(session, path);
            var database = new SqliteDatabase(path, session, timeProvider);
            session = null;
            return database;
        }
        catch (Exception failure) when (failure is SqliteException or StoreUnavailableException)
        {
            throw new StoreOpenException(Explain(path, failure), failure);
        }
        finally
        {
            session?.Dispose();
        }
    }

    private static string Explain(string path, Exception failure)
    {
        var code = (failure as SqliteException ?? failure.InnerException as SqliteException)?.SqliteErrorCode;
        return code switch
        {
            SQLitePCL.raw.SQLITE_NOTADB => $"{path} is not a database of this program; choose another data directory or restore a backup.",
            SQLitePCL.raw.SQLITE_CORRUPT => $"{path} is damaged; restore a backup.",
            SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM =>
                $"{path} cannot be opened for writing; give this program write permission on the directory, or choose another with --data.",
            SQLitePCL.raw.SQLITE_FULL => $"{path} cannot be opened: the disk is full.",
            SQLitePCL.raw.SQLITE_BUSY => $"{path} is locked by another process.",
            _ => $"{path} cannot be opened: {failure.Message}",
        };
    }
}

/// <summary>A data directory cannot be used; the message says which, why, and what to do.</summary>
public sealed class StoreOpenException : Exception
{
    public StoreOpenException()
    {
    }

    public StoreOpenException(string message)
        : base(message)
    {
    }

    public StoreOpenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
