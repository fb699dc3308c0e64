using Metering.Collector.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Metering.Collector.Tests.Storage;

/// <summary>Files as earlier versions of the program left them: made by the migrations up to theirs, which never change.</summary>
internal static class OlderSchema
{
    internal static void Make(string path, int version, string sql)
    {
        using var session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate);
        SqliteSchema.Migrate(session, path, version);
        session.Execute(sql);
    }
}
