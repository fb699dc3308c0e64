using System.Globalization;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>Where conflicting samples go: all that came as one boot of one board become another boot, or another board's.</summary>
/// <param name="Board">Board they came as.</param>
/// <param name="Boot">Boot they came as.</param>
/// <param name="ToBoard">Board they become.</param>
/// <param name="ToBoot">Boot they become.</param>
public sealed record AdoptionRequest(string Board, long Boot, string ToBoard, long ToBoot);

/// <summary>What a person decided about conflicting samples, kept for good.</summary>
public sealed record Adoption(long Id, DateTimeOffset Made, string Author, string Reason, AdoptionRequest What, long Samples);

/// <summary>
/// Takes conflicting samples in under a boot number of their own (law 5: what is in quarantine can be used after a fix). A
/// board that lost its boot counter sends new samples under keys that are taken; a second board with the same identity does
/// so too. What they are is a person's decision, so it is written down: who, when, why, from where, to where.
/// </summary>
public sealed class QuarantineAdoption(SqliteDatabase database)
{
    private const int PageEntries = 1000;

    /// <summary>Takes in all conflicts of a board and boot; they leave the quarantine.</summary>
    /// <exception cref="ArgumentException">The boot is one that the store knows of that board, and not from an earlier adoption of the same conflicts.</exception>
    public async Task<Adoption> AdoptAsync(AdoptionRequest request, string author, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (!SampleRules.IsBoard(request.ToBoard))
        {
            throw new ArgumentException($"'{request.ToBoard}' was given; a board is sixteen lower-case hexadecimal digits.", nameof(request));
        }

        var store = new SqliteReadingStore(database);
        var highest = await store.HighestBootAsync(request.ToBoard, cancellationToken).ConfigureAwait(false) ?? 0;
        var before = await ListAsync(cancellationToken).ConfigureAwait(false);
        if (request.ToBoot <= highest && !before.Any(earlier => earlier.What == request))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"boot {request.ToBoot} was given; the store knows boots up to {highest} of board {request.ToBoard}: give a higher one."), nameof(request));
        }

        var taken = await TakeAsync(store, request, cancellationToken).ConfigureAwait(false);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(database.Time.GetUtcNow().ToUnixTimeMilliseconds());
        return await database.Writer.WriteAsync(
            session =>
            {
                session.Prepare("INSERT INTO adoption (made_ms, author, reason, board, boot, to_board, to_boot, samples) VALUES (?,?,?,?,?,?,?,?)")
                    .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, author).Bind(3, reason).Bind(4, request.Board).Bind(5, request.Boot)
                    .Bind(6, request.ToBoard).Bind(7, request.ToBoot).Bind(8, taken).Execute();
                return new Adoption(session.LastInsertId, now, author, reason, request, taken);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every adoption, oldest first.</summary>
    public Task<IReadOnlyList<Adoption>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Adoption>>(
            static session =>
            {
                var query = session.Prepare("SELECT id, made_ms, author, reason, board, boot, to_board, to_boot, samples FROM adoption ORDER BY id");
                var entries = new List<Adoption>();
                while (query.Step())
                {
                    entries.Add(new Adoption(
                        query.Int64(0), DateTimeOffset.FromUnixTimeMilliseconds(query.Int64(1)), query.Text(2), query.Text(3),
                        new AdoptionRequest(query.Text(4), query.Int64(5), query.Text(6), query.Int64(7)), query.Int64(8)));
                }

                return entries;
            },
            cancellationToken);

    /// <summary>Stored first, then out of the quarantine: interrupted between the two, the same again changes nothing.</summary>
    private async Task<long> TakeAsync(SqliteReadingStore store, AdoptionRequest request, CancellationToken cancellationToken)
    {
        var quarantine = new Quarantine(database);
        long taken = 0;
        long after = 0;
        while (await quarantine.ListAsync(after, PageEntries, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            var mine = page.Select(entry => (entry.Id, Sample: ConflictingSample.Read(entry.Message)))
                .Where(entry => entry.Sample is { } sample && sample.Board == request.Board && sample.Boot == request.Boot).ToList();
            if (mine.Count == 0)
            {
                continue;
            }

            var samples = mine.Select(entry => entry.Sample! with { Board = request.ToBoard, Boot = request.ToBoot }).ToList();
            var result = await store.AppendAsync(samples, cancellationToken).ConfigureAwait(false);
            taken += result.Stored;
            foreach (var (id, _) in mine)
            {
                await quarantine.DropAsync(id, cancellationToken).ConfigureAwait(false);
            }
        }

        return taken;
    }
}
