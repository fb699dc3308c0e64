namespace Metering.Collector.Storage.Sqlite;

/// <summary>What keeps a part of a running collector from going on, and since when; gone when it goes on.</summary>
/// <param name="Since">When it was first met.</param>
/// <param name="Words">What the other side said last.</param>
public sealed record StandingTrouble(DateTimeOffset Since, string Words)
{
    /// <summary>Characters of <see cref="Words"/> that are kept.</summary>
    internal const int WordsMax = 1000;

    /// <summary>The trouble of that name, or null: there is none.</summary>
    internal static StandingTrouble? Read(SqliteSession session, string name)
    {
        var query = session.Prepare("SELECT since_ms, words FROM trouble WHERE name = ?").Bind(1, name);
        var trouble = query.Step() ? new StandingTrouble(DateTimeOffset.FromUnixTimeMilliseconds(query.Int64(0)), query.Text(1)) : null;
        query.Reset();
        return trouble;
    }

    /// <summary>Takes it down; the instant is that of the first time.</summary>
    internal static bool Set(SqliteSession session, string name, DateTimeOffset now, string words) =>
        session.Prepare("INSERT INTO trouble (name, since_ms, words) VALUES (?,?,?) ON CONFLICT DO UPDATE SET words = excluded.words")
            .Bind(1, name).Bind(2, now.ToUnixTimeMilliseconds()).Bind(3, words.Length <= WordsMax ? words : words[..WordsMax]).Execute() > 0;

    internal static bool Clear(SqliteSession session, string name) =>
        session.Prepare("DELETE FROM trouble WHERE name = ?").Bind(1, name).Execute() > 0;
}
