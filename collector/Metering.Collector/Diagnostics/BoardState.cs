using Metering.Collector.Ingest;

namespace Metering.Collector.Diagnostics;

/// <summary>What one board last said about itself (docs/wire-format.md, status and event).</summary>
public sealed class BoardState(string board)
{
    private readonly Lock gate = new();
    private readonly Queue<BoardEvent> events = new();
    private IReadOnlyDictionary<string, string> status = new Dictionary<string, string>();

    /// <summary>EUI-64 of the board.</summary>
    public string Board { get; } = board;

    /// <summary>When anything of it last arrived, by the collector's clock.</summary>
    public DateTimeOffset LastHeard { get; internal set; }

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
            }
            else
            {
                if (events.Count == BoardDirectory.EventsPerBoardMax)
                {
                    events.Dequeue();
                }

                events.Enqueue(new BoardEvent(now, fields));
            }

            LastHeard = now;
        }
    }
}

/// <summary>Something that happened once on a board.</summary>
/// <param name="Received">When it arrived.</param>
/// <param name="Fields">The records of the event.</param>
public sealed record BoardEvent(DateTimeOffset Received, IReadOnlyDictionary<string, string> Fields);
