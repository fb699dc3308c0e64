using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Acceptance;

namespace Metering.Collector.Web.Forms.Commissioning;

/// <summary>An acceptance as it was signed.</summary>
/// <param name="Id">Number, ascending in time.</param>
/// <param name="Actor">Account that sent it.</param>
/// <param name="Sheet">What was found.</param>
internal sealed record StoredAcceptance(long Id, string Actor, AcceptanceSheet Sheet);

/// <summary>Every acceptance ever made; none is changed, a new one stands beside the old.</summary>
internal sealed class AcceptanceStore(SqliteDatabase database)
{
    /// <summary>Sheets of one board that are listed.</summary>
    public const int ListedMax = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Keeps a sheet; durable when the task completes.</summary>
    /// <returns>Its number.</returns>
    public Task<long> AddAsync(AcceptanceSheet sheet, string actor, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(sheet, Json);
        return database.Writer.WriteAsync(
            session =>
            {
                session.Prepare("INSERT INTO acceptance (board, made_ms, actor, document) VALUES (?,?,?,?)")
                    .Bind(1, sheet.Board).Bind(2, sheet.At.ToUnixTimeMilliseconds()).Bind(3, actor).Bind(4, document).Execute();
                return session.LastInsertId;
            },
            cancellationToken);
    }

    /// <summary>One sheet of a board, or null.</summary>
    public async Task<StoredAcceptance?> FindAsync(string board, long id, CancellationToken cancellationToken) =>
        (await ReadAsync("WHERE board = ?1 AND id = ?2", board, id, cancellationToken).ConfigureAwait(false)) is [var found] ? found : null;

    /// <summary>The sheets of a board, newest first.</summary>
    public Task<IReadOnlyList<StoredAcceptance>> ListAsync(string board, CancellationToken cancellationToken) =>
        ReadAsync("WHERE board = ?1 ORDER BY id DESC LIMIT ?2", board, ListedMax, cancellationToken);

    private Task<IReadOnlyList<StoredAcceptance>> ReadAsync(string where, string board, long second, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredAcceptance>>(
            session =>
            {
                var query = session.Prepare("SELECT id, actor, document FROM acceptance " + where).Bind(1, board).Bind(2, second);
                var found = new List<StoredAcceptance>();
                while (query.Step())
                {
                    found.Add(new(query.Int64(0), query.Text(1), JsonSerializer.Deserialize<AcceptanceSheet>(query.Text(2), Json)!));
                }

                return found;
            },
            cancellationToken);
}
