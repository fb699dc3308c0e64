using System.Globalization;
using System.Text.Json;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Corrections;

/// <summary>
/// The ledger of corrections (law 8): who, when, why, before, after; reversible. Readings are never rewritten; the
/// ledger applies when they are read (<see cref="CorrectedReadingStore"/>).
/// </summary>
public sealed class CorrectionLedger(SqliteDatabase database)
{
    /// <summary>Active corrections of one channel: more would point to a mistake, not to corrections.</summary>
    public const int ActivePerChannelMax = 10_000;

    private const string Columns =
        "id, made_ms, author, reason, kind, board, channel, from_s, to_s, amount, before_json, after_json, revoked_ms, revoked_by, revoked_reason";

    /// <summary>Makes a correction, durable when the task completes.</summary>
    /// <param name="request">What to correct.</param>
    /// <param name="author">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="store">The readings without corrections; what they were and become is written into the entry.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">An empty period, no reading in it, or an amount that the kind does not take.</exception>
    public async Task<Correction> AddAsync(
        CorrectionRequest request, string author, string reason, IReadingStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentNullException.ThrowIfNull(store);
        Check(request);
        var active = await ActiveAsync(request.Channel, cancellationToken).ConfigureAwait(false);
        if (active.Count >= ActivePerChannelMax)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{request.Channel} has {ActivePerChannelMax} corrections; no more are taken."), nameof(request));
        }

        var before = await EffectAsync(store, request, active, cancellationToken).ConfigureAwait(false);
        if (before.Readings == 0)
        {
            throw new ArgumentException($"There is no reading of {request.Channel} in that period.", nameof(request));
        }

        var after = await EffectAsync(store, request, [.. active, request], cancellationToken).ConfigureAwait(false);
        var made = database.Time.GetUtcNow();
        return await database.Writer.WriteAsync(
            session =>
            {
                session.Prepare(
                    "INSERT INTO correction (made_ms, author, reason, kind, board, channel, from_s, to_s, amount, before_json, after_json) VALUES (?,?,?,?,?,?,?,?,?,?,?)")
                    .Bind(1, made.ToUnixTimeMilliseconds()).Bind(2, author).Bind(3, reason).Bind(4, (long)request.Kind)
                    .Bind(5, request.Channel.Board).Bind(6, request.Channel.Channel)
                    .Bind(7, request.From.ToUnixTimeSeconds()).Bind(8, request.To.ToUnixTimeSeconds()).Bind(9, request.Amount)
                    .Bind(10, JsonSerializer.Serialize(before)).Bind(11, JsonSerializer.Serialize(after)).Execute();
                return new Correction(session.LastInsertId, made, author, reason, request, before, after, null);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a correction back; false when there is none of that number or it is revoked already.</summary>
    public Task<bool> RevokeAsync(long id, string author, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var now = database.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.Writer.WriteAsync(
            session => session.Prepare("UPDATE correction SET revoked_ms = ?, revoked_by = ?, revoked_reason = ? WHERE id = ? AND revoked_ms IS NULL")
                .Bind(1, now).Bind(2, author).Bind(3, reason).Bind(4, id).Execute() > 0,
            cancellationToken);
    }

    /// <summary>Every entry, revoked ones too, oldest first; of one channel or of all.</summary>
    public Task<IReadOnlyList<Correction>> ListAsync(ChannelKey? channel, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Correction>>(
            session =>
            {
                var query = session.Prepare($"SELECT {Columns} FROM correction WHERE ?1 IS NULL OR (board = ?1 AND channel = ?2) ORDER BY id")
                    .Bind(1, channel?.Board).Bind(2, channel?.Channel);
                var entries = new List<Correction>();
                while (query.Step())
                {
                    entries.Add(Entry(query));
                }

                return entries;
            },
            cancellationToken);

    /// <summary>What applies to a channel now, in the order in which it was made.</summary>
    internal async Task<IReadOnlyList<CorrectionRequest>> ActiveAsync(ChannelKey channel, CancellationToken cancellationToken) =>
        [.. (await ListAsync(channel, cancellationToken).ConfigureAwait(false)).Where(static entry => entry.Revoked is null).Select(static entry => entry.What)];

    private static void Check(CorrectionRequest request)
    {
        if (request.To <= request.From)
        {
            throw new ArgumentException("The period ends before it begins.", nameof(request));
        }

        if (request.Kind == CorrectionKind.Add != request.Amount is not null)
        {
            throw new ArgumentException("An amount goes with adding, and with nothing else.", nameof(request));
        }
    }

    private static async Task<CorrectionEffect> EffectAsync(
        IReadingStore store, CorrectionRequest request, IReadOnlyList<CorrectionRequest> corrections, CancellationToken cancellationToken)
    {
        long readings = 0;
        var values = new List<long>();
        await foreach (var reading in store.ReadAsync(request.Channel, request.From, request.To, cancellationToken).ConfigureAwait(false))
        {
            readings++;
            var corrected = CorrectedReadingStore.Apply(reading, corrections);
            if (corrected.Missing == MissingReason.None)
            {
                values.Add(corrected.Value);
            }
        }

        return values.Count == 0
            ? new CorrectionEffect(readings, 0, null, null, null, null)
            : new CorrectionEffect(readings, values.Count, values[0], values[^1], values.Min(), values.Max());
    }

    private static Correction Entry(SqliteStatement row) => new(
        row.Int64(0),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(1)),
        row.Text(2),
        row.Text(3),
        new CorrectionRequest(
            (CorrectionKind)row.Int64(4),
            new ChannelKey(row.Text(5), row.Text(6)),
            DateTimeOffset.FromUnixTimeSeconds(row.Int64(7)),
            DateTimeOffset.FromUnixTimeSeconds(row.Int64(8)),
            row.Int64OrNull(9)),
        JsonSerializer.Deserialize<CorrectionEffect>(row.Text(10))!,
        JsonSerializer.Deserialize<CorrectionEffect>(row.Text(11))!,
        row.IsNull(12)
            ? null
            : new CorrectionRevocation(DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(12)), row.Text(13), row.Text(14)));
}
