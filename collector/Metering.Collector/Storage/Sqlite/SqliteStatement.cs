using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// A prepared statement of one session. Values go in and out without boxing: the intake binds some hundred thousand
/// integers a second, which is more than the ADO.NET layer does on the machines this runs on.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    internal SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        SqliteErrors.ThrowUnlessOk(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement), database);
    }

    internal SqliteStatement Bind(int index, long value)
    {
        SqliteErrors.ThrowUnlessOk(raw.sqlite3_bind_int64(statement, index, value), database);
        return this;
    }

    internal SqliteStatement Bind(int index, long? value) => value is { } some ? Bind(index, some) : BindNull(index);

    internal SqliteStatement Bind(int index, string? value)
    {
        if (value is null)
        {
            return BindNull(index);
        }

        SqliteErrors.ThrowUnlessOk(raw.sqlite3_bind_text(statement, index, value), database);
        return this;
    }

    internal SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        // A span of length zero binds NULL; an empty payload is not an absent one.
        var rc = value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, index, 0)
            : raw.sqlite3_bind_blob(statement, index, value);
        SqliteErrors.ThrowUnlessOk(rc, database);
        return this;
    }

    internal SqliteStatement BindNull(int index)
    {
        SqliteErrors.ThrowUnlessOk(raw.sqlite3_bind_null(statement, index), database);
        return this;
    }

    /// <summary>True while there is a row; resets by itself after the last one.</summary>
    internal bool Step()
    {
        var rc = raw.sqlite3_step(statement);
        if (rc == raw.SQLITE_ROW)
        {
            return true;
        }

        _ = raw.sqlite3_reset(statement);
        if (rc != raw.SQLITE_DONE)
        {
            throw SqliteErrors.Of(rc, database);
        }

        return false;
    }

    /// <summary>Runs a statement that returns no row and tells how many rows it changed.</summary>
    internal int Execute()
    {
        var rc = raw.sqlite3_step(statement);
        _ = raw.sqlite3_reset(statement);
        if (rc is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw SqliteErrors.Of(rc, database);
        }

        return raw.sqlite3_changes(database);
    }

    /// <summary>Ends a query before its last row.</summary>
    internal void Reset() => _ = raw.sqlite3_reset(statement);

    internal bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    internal long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    internal long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    internal string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step.</summary>
    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();
}

/// <summary>SQLite's result codes as this program's exceptions.</summary>
internal static class SqliteErrors
{
    internal static void ThrowUnlessOk(int rc, sqlite3 database)
    {
        if (rc != raw.SQLITE_OK)
        {
            throw Of(rc, database);
        }
    }

    internal static Exception Of(int rc, sqlite3 database)
    {
        var cause = new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), rc & 0xff, rc);
        return Of(cause);
    }

    /// <summary>
    /// What the disk, the lock or the file does not allow now is <see cref="StoreUnavailableException"/>; a mistake of
    /// this program stays what it is.
    /// </summary>
    internal static Exception Of(SqliteException cause) => cause.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new StoreUnavailableException("The disk of the data directory is full.", cause),
        raw.SQLITE_IOERR => new StoreUnavailableException("The disk of the data directory failed.", cause),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreUnavailableException("Another process holds the write lock of the store.", cause),
        raw.SQLITE_READONLY => new StoreUnavailableException("The store may not be written.", cause),
        raw.SQLITE_CANTOPEN => new StoreUnavailableException("A file of the store cannot be opened.", cause),
        raw.SQLITE_NOMEM => new StoreUnavailableException("Not enough memory for the store.", cause),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StoreUnavailableException("The store's file is damaged: restore a backup.", cause),
        _ => cause,
    };
}
