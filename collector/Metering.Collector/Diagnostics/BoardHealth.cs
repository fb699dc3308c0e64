namespace Metering.Collector.Diagnostics;

/// <summary>How a board does, from its readings and from what it says.</summary>
/// <param name="Board">EUI-64.</param>
/// <param name="LastSample">Instant of its newest sample, or null.</param>
/// <param name="State">What it said, or null.</param>
/// <param name="Condition">The conclusion.</param>
public sealed record BoardHealth(string Board, DateTimeOffset? LastSample, BoardState? State, BoardCondition Condition)
{
    /// <summary>A record of its last status, or null.</summary>
    public string? Said(string record) => State is not null && State.Status.TryGetValue(record, out var value) ? value : null;

    /// <summary>A record of its last status that is a whole number, or null.</summary>
    public long? SaidNumber(string record) =>
        long.TryParse(Said(record), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>Whether a board is heard.</summary>
public enum BoardCondition
{
    /// <summary>Its newest sample, or its last message, is younger than <see cref="Doctor.SilentAfter"/>.</summary>
    Online = 0,

    /// <summary>Neither is.</summary>
    Silent = 1,

    /// <summary>It never delivered a sample and was never heard.</summary>
    Unknown = 2,
}

/// <summary>The health of all boards, as of one instant.</summary>
public sealed class BoardHealthReader
{
    /// <summary>How long the instants of the last samples are kept: a fraction of a sampling step.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(20);

    private readonly BoardDirectory directory;
    private readonly BoardStateStore store;
    private readonly TimeProvider clock;
    private Kept? kept;

    internal BoardHealthReader(BoardDirectory directory, BoardStateStore store, TimeProvider clock)
    {
        this.directory = directory;
        this.store = store;
        this.clock = clock;
    }

    /// <summary>Reads what is known now.</summary>
    /// <param name="asOf">End of a replay that the pages speak of, or null: now. In a replay only samples count, because its boards were heard at another time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<BoardHealths> ReadAsync(DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = Volatile.Read(ref kept);
        if (known is null || now - known.At >= KeptFor)
        {
            known = new Kept(now, await store.LastSamplesAsync(cancellationToken).ConfigureAwait(false));
            Volatile.Write(ref kept, known);
        }

        return new BoardHealths(directory, known.LastSamples, now, asOf);
    }

    private sealed record Kept(DateTimeOffset At, IReadOnlyDictionary<string, DateTimeOffset> LastSamples);
}

/// <summary>The health of boards, looked up by name.</summary>
public sealed class BoardHealths(BoardDirectory directory, IReadOnlyDictionary<string, DateTimeOffset> lastSamples, DateTimeOffset now, DateTimeOffset? replayEnd)
{
    /// <summary>The instant that "now" means on the pages.</summary>
    public DateTimeOffset Now => replayEnd ?? now;

    /// <summary>Every board that has a sample or a state.</summary>
    public IEnumerable<string> Boards => lastSamples.Keys.Union(directory.All.Select(static state => state.Board), StringComparer.Ordinal);

    /// <summary>One board; a board that nobody heard of is <see cref="BoardCondition.Unknown"/>.</summary>
    public BoardHealth Of(string board)
    {
        var state = directory.Find(board);
        DateTimeOffset? sampled = lastSamples.TryGetValue(board, out var time) ? time : null;
        var heard = replayEnd is null && state?.LastHeard is { } at && (sampled is null || at > sampled) ? at : sampled;
        var condition = heard is null ? BoardCondition.Unknown
            : Now - heard > Doctor.SilentAfter ? BoardCondition.Silent
            : BoardCondition.Online;
        return new BoardHealth(board, sampled, state, condition);
    }
}
