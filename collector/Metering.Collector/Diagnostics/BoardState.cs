using Metering.Collector.Ingest;

namespace Metering.Collector.Diagnostics;

/// <summary>What one board last said about itself (docs/wire-format.md, status and event).</summary>
public sealed class BoardState
{
    private readonly Lock gate = new();
    private readonly Queue<BoardEvent> events = new();
    private IReadOnlyDictionary<string, string> status = new Dictionary<string, string>();
    private long lastHeardTicks;
    private long lastStatusTicks;
    private bool unsaved;

    public BoardState(string board) => Board = board;

    internal BoardState(StoredBoardState stored)
    {
        Board = stored.Board;
        status = stored.Status;
        lastHeardTicks = stored.LastHeard.UtcTicks;
        lastStatusTicks = stored.LastStatus?.UtcTicks ?? 0;
        foreach (var happened in stored.Events.TakeLast(BoardDirectory.EventsPerBoardMax))
        {
            events.Enqueue(happened);
        }
    }

    /// <summary>EUI-64 of the board.</summary>
    public string Board { get; }

    /// <summary>When anything of it last arrived, by the collector's clock.</summary>
    public DateTimeOffset LastHeard
    {
        get => new(Volatile.Read(ref lastHeardTicks), TimeSpan.Zero);
        internal set
        {
            lock (gate)
            {
                Volatile.Write(ref lastHeardTicks, value.UtcTicks);
                unsaved = true;
            }
        }
    }

    /// <summary>When its last status arrived, by the collector's clock; null: it never sent one.</summary>
    public DateTimeOffset? LastStatus => Volatile.Read(ref lastStatusTicks) is var ticks and > 0 ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>The records of its last status: state, fw, reset, boot, up, heap, rssi, jdepth, jdrop, ...</summary>
    public IReadOnlyDictionary<string, string> Status
    {
        get
        {
            lock (gate)
            {
                return status;
            }
        }
    }

    /// <summary>Its latest events, oldest first.</summary>
    public IReadOnlyList<BoardEvent> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    internal void Take(TopicKind kind, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        lock (gate)
        {
            if (kind == TopicKind.Status)
            {
                status = fields;
                Volatile.Write(ref lastStatusTicks, now.UtcTicks);
            }
            else
            {
                if (events.Count == BoardDirectory.EventsPerBoardMax)
                {
                    events.Dequeue();
                }

                events.Enqueue(new BoardEvent(now, fields));
            }

            Volatile.Write(ref lastHeardTicks, now.UtcTicks);
            unsaved = true;
        }
    }

    /// <summary>What has to be written, or null when nothing changed since it was last taken.</summary>
    internal StoredBoardState? TakeUnsaved()
    {
        lock (gate)
        {
            if (!unsaved)
            {
                return null;
            }

            unsaved = false;
            return new StoredBoardState(Board, LastHeard, LastStatus, status, [.. events]);
        }
    }

    /// <summary>What was taken could not be written: it is taken again.</summary>
    internal void KeepUnsaved()
    {
        lock (gate)
        {
            unsaved = true;
        }
    }
}

/// <summary>Something that happened once on a board.</summary>
/// <param name="Received">When it arrived.</param>
/// <param name="Fields">The records of the event.</param>
public sealed record BoardEvent(DateTimeOffset Received, IReadOnlyDictionary<string, string> Fields);
