using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>One connection and its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>How long a statement waits for another process's write lock, milliseconds.</summary>
    internal const int BusyTimeoutMs = 10_000;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    private sqlite3 Handle => connection.Handle!;

    internal static SqliteSession Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute(FormattableString.Invariant($"PRAGMA busy_timeout = {BusyTimeoutMs}"));
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements without parameters and results.</summary>
    internal void Execute(string sql) => SqliteErrors.ThrowUnlessOk(raw.sqlite3_exec(Handle, sql), Handle);

    /// <summary>The statement of that text, prepared once a session.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(Handle, sql);
            statements.Add(sql, statement);
        }

        return statement;
    }

    internal long Scalar(string sql)
    {
        var statement = Prepare(sql);
        var value = statement.Step() ? statement.Int64(0) : 0;
        statement.Reset();
        return value;
    }

    internal long LastInsertId => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>True between BEGIN and COMMIT or ROLLBACK; some errors end a transaction by themselves.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    internal void BackupTo(SqliteSession destination) => connection.BackupDatabase(destination.connection);

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
