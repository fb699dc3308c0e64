using System.Text.Json;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Diagnostics;

/// <summary>Where the states of boards survive a restart.</summary>
internal sealed class BoardStateStore(SqliteDatabase database)
{
    /// <summary>Writes states over the earlier ones; durable when the task completes.</summary>
    public Task<int> SaveAsync(IReadOnlyList<StoredBoardState> states, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(
            session =>
            {
                foreach (var state in states)
                {
                    session.Prepare("INSERT OR REPLACE INTO board_state (board, heard_ms, status_ms, status, events) VALUES (?,?,?,?,?)")
                        .Bind(1, state.Board).Bind(2, state.LastHeard.ToUnixTimeMilliseconds()).Bind(3, state.LastStatus?.ToUnixTimeMilliseconds())
                        .Bind(4, JsonSerializer.Serialize(state.Status)).Bind(5, JsonSerializer.Serialize(state.Events)).Execute();
                }

                return states.Count;
            },
            cancellationToken);

    /// <summary>Every state.</summary>
    public Task<IReadOnlyList<StoredBoardState>> LoadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredBoardState>>(
            static session =>
            {
                var query = session.Prepare("SELECT board, heard_ms, status_ms, status, events FROM board_state ORDER BY board");
                var states = new List<StoredBoardState>();
                while (query.Step())
                {
                    states.Add(new StoredBoardState(
                        query.Text(0),
                        DateTimeOffset.FromUnixTimeMilliseconds(query.Int64(1)),
                        query.Int64OrNull(2) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
                        JsonSerializer.Deserialize<Dictionary<string, string>>(query.Text(3)) ?? [],
                        JsonSerializer.Deserialize<BoardEvent[]>(query.Text(4)) ?? []));
                }

                return states;
            },
            cancellationToken);

    /// <summary>When each board was last sampled, from the readings themselves: one look at the end of each board's rows.</summary>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> LastSamplesAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            static session =>
            {
                var query = session.Prepare("SELECT eui, (SELECT max(time) FROM sample WHERE board_id = board.id) FROM board");
                var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
                while (query.Step())
                {
                    if (query.Int64OrNull(1) is { } seconds)
                    {
                        last[query.Text(0)] = DateTimeOffset.FromUnixTimeSeconds(seconds);
                    }
                }

                return last;
            },
            cancellationToken);
}
