using System.Collections.Concurrent;
using System.Text.Json;
using Metering.Collector.Ingest;

namespace Metering.Collector.Diagnostics;

/// <summary>
/// What boards last said about themselves: in memory, since every message touches it; <see cref="BoardDirectoryKeeper"/>
/// writes it to the store and brings it back after a restart.
/// </summary>
public sealed class BoardDirectory
{
    /// <summary>Boards that are remembered; more than any one collector serves.</summary>
    public const int BoardsMax = 20_000;

    /// <summary>Events that are remembered for each board.</summary>
    public const int EventsPerBoardMax = 50;

    /// <summary>End of the year 9999, Unix seconds.</summary>
    private const long LatestUnixSeconds = 253_402_300_799;

    private readonly ConcurrentDictionary<string, BoardState> boards = new(StringComparer.Ordinal);

    /// <summary>Raised for each status and event that could be read, on the thread that took it in: be quick.</summary>
    public event Action<BoardNotice>? Noted;

    /// <summary>Every board that was ever heard, up to <see cref="BoardsMax"/>.</summary>
    public IReadOnlyCollection<BoardState> All => [.. boards.Values];

    /// <summary>One board, or null.</summary>
    public BoardState? Find(string board) => boards.GetValueOrDefault(board);

    /// <summary>Takes down that readings of a board arrived.</summary>
    public void Heard(string board, DateTimeOffset now)
    {
        if (Of(board) is { } state)
        {
            state.LastHeard = now;
        }
    }

    /// <summary>Takes down a status or an event.</summary>
    /// <returns>Null, or why it could not be read.</returns>
    public PackFault? Note(string board, TopicKind kind, ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        if (payload.Length > IngestLimits.PayloadBytesMax)
        {
            return new("too-large", $"The payload has {payload.Length} bytes; at most {IngestLimits.PayloadBytesMax} are allowed.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        DateTimeOffset? boardTime = null;
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 4 });
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Array || reader.BytesConsumed != payload.Length)
            {
                return new("not-senml", "The payload is not one JSON array of SenML records.");
            }

            foreach (var record in document.RootElement.EnumerateArray())
            {
                if (record.ValueKind == JsonValueKind.Object && record.TryGetProperty("bt", out var baseTime)
                    && baseTime.ValueKind == JsonValueKind.Number && baseTime.TryGetInt64(out var seconds) && seconds is > 0 and <= LatestUnixSeconds)
                {
                    boardTime = DateTimeOffset.FromUnixTimeSeconds(seconds);
                }

                if (record.ValueKind == JsonValueKind.Object
                    && record.TryGetProperty("n", out var name) && name.ValueKind == JsonValueKind.String)
                {
                    var value = record.TryGetProperty("vs", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()
                        : record.TryGetProperty("v", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetRawText()
                        : null;
                    if (value is not null)
                    {
                        fields[name.GetString()!] = value;
                    }
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new("not-json", "The payload is not JSON in UTF-8.");
        }

        if (Of(board) is { } state)
        {
            state.Take(kind, fields, now);
            Noted?.Invoke(new BoardNotice(board, kind, fields, boardTime, now));
        }

        return null;
    }

    /// <summary>Brings back what was known before a restart; what was heard since then stays.</summary>
    internal void Restore(IEnumerable<StoredBoardState> stored)
    {
        foreach (var known in stored)
        {
            if (boards.Count < BoardsMax)
            {
                boards.TryAdd(known.Board, new BoardState(known));
            }
        }
    }

    private BoardState? Of(string board) =>
        boards.TryGetValue(board, out var known) ? known
        : boards.Count >= BoardsMax ? null
        : boards.GetOrAdd(board, static name => new BoardState(name));
}
