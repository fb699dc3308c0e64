using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// Writes samples on the writer's session: one row a sample, the key (board, boot, sequence) decides what is new, and
/// samples without a clock wait for one of their own boot (law 6).
/// </summary>
/// <remarks>
/// The sample that dates a boot is the one with the best clock and, among those, the lowest sequence. That choice does
/// not depend on the order of arrival; when a better one arrives, the late-dated samples of that boot are dated anew,
/// so that any order leaves the same store (law 3).
/// </remarks>
internal sealed class SampleAppender
{
    /// <summary>Boots remembered; beyond it the memory is emptied and fills again.</summary>
    private const int BootsRememberedMax = 20_000;

    private readonly Dictionary<string, BoardMemory> boards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChannelLayout> layouts = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Board, long Boot), BootMemory> boots = [];
    private readonly byte[] bytes = new byte[SampleCodec.BytesMax];
    private Outbox? outbox;

    /// <summary>Forgets what was learnt from a transaction that did not last.</summary>
    internal void Forget()
    {
        boards.Clear();
        layouts.Clear();
        boots.Clear();
    }

    internal AppendOutcome Append(SqliteSession session, IReadOnlyList<Sample> samples, long nowMs)
    {
        outbox = Outbox.IsOn(session) ? new Outbox(session, nowMs) : null;
        var outcome = default(AppendOutcome);
        List<Sample>? conflicts = null;
        foreach (var sample in samples)
        {
            var board = Board(session, sample.Board);
            var layout = Layout(session, board, sample.Values);
            var length = SampleCodec.Write(sample.Values, bytes);
            var row = new Row(sample, board, layout, bytes.AsSpan(0, length));
            var stored = sample.Time is { } time
                ? Dated(session, in row, time.ToUnixTimeSeconds(), ref outcome)
                : Undated(session, in row, ref outcome);
            switch (stored)
            {
                case Verdict.Stored:
                    outcome.Stored++;
                    break;
                case Verdict.Duplicate:
                    outcome.Duplicates++;
                    break;
                default:
                    outcome.Conflicts++;
                    (conflicts ??= []).Add(sample);
                    break;
            }
        }

        outcome.Conflicting = conflicts;
        return outcome;
    }

    private Verdict Dated(SqliteSession session, in Row row, long time, ref AppendOutcome outcome)
    {
        var boot = Boot(session, row.BoardId, row.Sample.Boot);
        var replacesUndated = boot.HasUndated && DeleteUndated(session, in row);
        if (!Insert(session, in row, time, datedLate: false))
        {
            return SameAsStored(session, in row, time) ? Verdict.Duplicate : Verdict.Conflict;
        }

        outbox?.Add(OutboxKind.Sample, row.BoardId, row.Sample.Boot, row.Sample.Sequence, time);
        if (replacesUndated)
        {
            outbox?.Add(OutboxKind.Superseded, row.BoardId, row.Sample.Boot, row.Sample.Sequence);
        }

        Anchor(session, boot, in row, time, ref outcome);
        return replacesUndated ? Verdict.Duplicate : Verdict.Stored;
    }

    private Verdict Undated(SqliteSession session, in Row row, ref AppendOutcome outcome)
    {
        if (StoredDated(session, in row))
        {
            return Verdict.Duplicate;
        }

        var insert = session.Prepare(
            "INSERT INTO undated (board_id, boot, seq, up, state, layout_id, vals) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING")
            .Bind(1, row.BoardId).Bind(2, row.Sample.Boot).Bind(3, row.Sample.Sequence).Bind(4, row.Sample.UptimeSeconds)
            .Bind(5, State(row.Sample, datedLate: true)).Bind(6, row.Layout.Id).Bind(7, row.Values);
        if (insert.Execute() == 0)
        {
            return SameAsUndated(session, in row) ? Verdict.Duplicate : Verdict.Conflict;
        }

        outbox?.Add(OutboxKind.Sample, row.BoardId, row.Sample.Boot, row.Sample.Sequence);
        var boot = Boot(session, row.BoardId, row.Sample.Boot);
        boot.HasUndated = true;
        if (boot.Clock > 0)
        {
            Insert(session, in row, boot.Epoch + row.Sample.UptimeSeconds, datedLate: true);
            outcome.DatedLate++;
        }

        return Verdict.Stored;
    }

    private static long State(Sample sample, bool datedLate) => new SampleState(sample.Clock, datedLate, sample.Flags).Packed;

    private static bool Insert(SqliteSession session, in Row row, long time, bool datedLate)
    {
        var insert = session.Prepare(
            "INSERT INTO sample (board_id, time, boot, seq, up, state, layout_id, vals) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING")
            .Bind(1, row.BoardId).Bind(2, time).Bind(3, row.Sample.Boot).Bind(4, row.Sample.Sequence)
            .Bind(5, row.Sample.UptimeSeconds).Bind(6, State(row.Sample, datedLate)).Bind(7, row.Layout.Id).Bind(8, row.Values);
        if (insert.Execute() == 0)
        {
            return false;
        }

        if (row.Board.Layouts.Add(row.Layout.Id))
        {
            session.Prepare("INSERT INTO board_layout (board_id, layout_id) VALUES (?,?) ON CONFLICT DO NOTHING")
                .Bind(1, row.BoardId).Bind(2, row.Layout.Id).Execute();
        }

        return true;
    }

    /// <summary>The same sample may come again with a clock: the dated copy takes the place of the one dated afterwards.</summary>
    private static bool DeleteUndated(SqliteSession session, in Row row)
    {
        var deleted = session.Prepare("DELETE FROM undated WHERE board_id = ? AND boot = ? AND seq = ?")
            .Bind(1, row.BoardId).Bind(2, row.Sample.Boot).Bind(3, row.Sample.Sequence).Execute() > 0;
        if (deleted)
        {
            session.Prepare("DELETE FROM sample WHERE board_id = ? AND boot = ? AND seq = ?")
                .Bind(1, row.BoardId).Bind(2, row.Sample.Boot).Bind(3, row.Sample.Sequence).Execute();
        }

        return deleted;
    }

    private static bool StoredDated(SqliteSession session, in Row row)
    {
        var query = session.Prepare("SELECT state FROM sample WHERE board_id = ? AND boot = ? AND seq = ?")
            .Bind(1, row.BoardId).Bind(2, row.Sample.Boot).Bind(3, row.Sample.Sequence);
        var dated = query.Step() && !SampleState.Unpack(query.Int64(0)).DatedLate;
        query.Reset();
        return dated;
    }

    private bool SameAsStored(SqliteSession session, in Row row, long time)
    {
        var query = session.Prepare(
            "SELECT time, up, state, layout_id, vals FROM sample WHERE board_id = ? AND boot = ? AND seq = ?")
            .Bind(1, row.BoardId).Bind(2, row.Sample.Boot).Bind(3, row.Sample.Sequence);
        var same = query.Step()
            && query.Int64(0) == time
            && query.Int64(1) == row.Sample.UptimeSeconds
            && query.Int64(2) == State(row.Sample, datedLate: false)
            && SameValues(session, row.Sample.Values, query.Int64(3), query.Blob(4));
        query.Reset();
        return same;
    }

    private bool SameAsUndated(SqliteSession session, in Row row)
    {
        var query = session.Prepare("SELECT up, layout_id, vals FROM undated WHERE board_id = ? AND boot = ? AND seq = ?")
            .Bind(1, row.BoardId).Bind(2, row.Sample.Boot).Bind(3, row.Sample.Sequence);
        var same = query.Step()
            && query.Int64(0) == row.Sample.UptimeSeconds
            && SameValues(session, row.Sample.Values, query.Int64(1), query.Blob(2));
        query.Reset();
        return same;
    }

    private bool SameValues(SqliteSession session, IReadOnlyList<SampleValue> values, long layoutId, ReadOnlySpan<byte> stored)
    {
        var layout = layouts.Values.FirstOrDefault(known => known.Id == layoutId) ?? LayoutById(session, layoutId);
        var other = SampleCodec.Read(stored, layout);
        return values.Count == other.Length && values.All(other.Contains);
    }

    private static ChannelLayout LayoutById(SqliteSession session, long id)
    {
        var query = session.Prepare("SELECT channels FROM layout WHERE id = ?").Bind(1, id);
        query.Step();
        var layout = new ChannelLayout(id, query.Text(0));
        query.Reset();
        return layout;
    }

    private void Anchor(SqliteSession session, BootMemory boot, in Row row, long time, ref AppendOutcome outcome)
    {
        var clock = (long)row.Sample.Clock;
        var sequence = row.Sample.Sequence;
        if (clock == 0 || clock < boot.Clock || (clock == boot.Clock && sequence >= boot.Sequence))
        {
            return;
        }

        boot.Clock = clock;
        boot.Sequence = sequence;
        boot.Epoch = time - row.Sample.UptimeSeconds;
        session.Prepare(
            "INSERT INTO boot (board_id, boot, clk, seq, epoch) VALUES (?,?,?,?,?) " +
            "ON CONFLICT DO UPDATE SET clk = excluded.clk, seq = excluded.seq, epoch = excluded.epoch")
            .Bind(1, row.BoardId).Bind(2, row.Sample.Boot).Bind(3, clock).Bind(4, sequence).Bind(5, boot.Epoch)
            .Execute();
        outbox?.Add(OutboxKind.Boot, row.BoardId, row.Sample.Boot, sequence);
        if (boot.HasUndated)
        {
            outcome.DatedLate += DateUndated(session, row.BoardId, row.Sample.Boot, boot.Epoch);
        }
    }

    private static int DateUndated(SqliteSession session, long boardId, long boot, long epoch)
    {
        session.Prepare("DELETE FROM sample WHERE board_id = ?1 AND boot = ?2 AND seq IN (SELECT seq FROM undated WHERE board_id = ?1 AND boot = ?2)")
            .Bind(1, boardId).Bind(2, boot).Execute();
        session.Prepare(
            "INSERT INTO board_layout (board_id, layout_id) " +
            "SELECT DISTINCT board_id, layout_id FROM undated WHERE board_id = ? AND boot = ? ON CONFLICT DO NOTHING")
            .Bind(1, boardId).Bind(2, boot).Execute();
        return session.Prepare(
            "INSERT INTO sample (board_id, time, boot, seq, up, state, layout_id, vals) " +
            "SELECT board_id, ?3 + up, boot, seq, up, state, layout_id, vals FROM undated WHERE board_id = ?1 AND boot = ?2")
            .Bind(1, boardId).Bind(2, boot).Bind(3, epoch).Execute();
    }

    private BootMemory Boot(SqliteSession session, long boardId, long boot)
    {
        if (boots.TryGetValue((boardId, boot), out var known))
        {
            return known;
        }

        if (boots.Count >= BootsRememberedMax)
        {
            boots.Clear();
        }

        known = new BootMemory();
        var query = session.Prepare("SELECT clk, seq, epoch FROM boot WHERE board_id = ? AND boot = ?").Bind(1, boardId).Bind(2, boot);
        if (query.Step())
        {
            known.Clock = query.Int64(0);
            known.Sequence = query.Int64(1);
            known.Epoch = query.Int64(2);
        }

        query.Reset();
        var undated = session.Prepare("SELECT 1 FROM undated WHERE board_id = ? AND boot = ? LIMIT 1").Bind(1, boardId).Bind(2, boot);
        known.HasUndated = undated.Step();
        undated.Reset();
        boots.Add((boardId, boot), known);
        return known;
    }

    private BoardMemory Board(SqliteSession session, string eui)
    {
        if (boards.TryGetValue(eui, out var known))
        {
            return known;
        }

        var id = Identify(session, "SELECT id FROM board WHERE eui = ?", "INSERT INTO board (eui) VALUES (?)", eui);
        known = new BoardMemory(id);
        boards.Add(eui, known);
        return known;
    }

    private ChannelLayout Layout(SqliteSession session, BoardMemory board, IReadOnlyList<SampleValue> values)
    {
        if (board.Layout is { } last && last.Fits(values))
        {
            return last;
        }

        var name = ChannelLayout.NameOf(values);
        if (!layouts.TryGetValue(name, out var layout))
        {
            var id = Identify(session, "SELECT id FROM layout WHERE channels = ?", "INSERT INTO layout (channels) VALUES (?)", name);
            layout = new ChannelLayout(id, name);
            layouts.Add(name, layout);
        }

        board.Layout = layout;
        return layout;
    }

    private static long Identify(SqliteSession session, string select, string insert, string name)
    {
        var query = session.Prepare(select).Bind(1, name);
        if (query.Step())
        {
            var id = query.Int64(0);
            query.Reset();
            return id;
        }

        session.Prepare(insert).Bind(1, name).Execute();
        return session.LastInsertId;
    }

    private enum Verdict
    {
        Stored,
        Duplicate,
        Conflict,
    }

    private readonly ref struct Row(Sample sample, BoardMemory board, ChannelLayout layout, ReadOnlySpan<byte> values)
    {
        internal Sample Sample { get; } = sample;

        internal BoardMemory Board { get; } = board;

        internal long BoardId => Board.Id;

        internal ChannelLayout Layout { get; } = layout;

        internal ReadOnlySpan<byte> Values { get; } = values;
    }

    private sealed class BoardMemory(long id)
    {
        internal long Id { get; } = id;

        internal ChannelLayout? Layout { get; set; }

        /// <summary>Layouts known to be on record for this board.</summary>
        internal HashSet<long> Layouts { get; } = [];
    }

    private sealed class BootMemory
    {
        internal long Clock { get; set; }

        internal long Sequence { get; set; } = long.MaxValue;

        internal long Epoch { get; set; }

        internal bool HasUndated { get; set; }
    }
}

/// <summary>What a group of samples did.</summary>
internal record struct AppendOutcome
{
    internal int Stored { get; set; }

    internal int Duplicates { get; set; }

    internal int Conflicts { get; set; }

    /// <summary>Samples without a clock that got an instant, first or anew.</summary>
    internal int DatedLate { get; set; }

    internal IReadOnlyList<Sample>? Conflicting { get; set; }
}
