using System.Collections.Concurrent;
using System.Globalization;
using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;

namespace Metering.Collector.Web.Forms.Commissioning;

/// <summary>What a board says while it is in commissioning mode: registers each second (docs/wire-format.md, event).</summary>
/// <param name="Began">When the mode was switched on, or its first reading came.</param>
/// <param name="IsOn">False once the board has left the mode.</param>
/// <param name="At">When the latest reading came.</param>
/// <param name="First">Registers of the first reading, pulses, by channel.</param>
/// <param name="Latest">Registers of the latest reading.</param>
/// <param name="Climate">t1, rh1, ... of the latest reading that had any, as the board wrote them.</param>
internal sealed record CommissioningSession(
    DateTimeOffset Began, bool IsOn, DateTimeOffset At, IReadOnlyDictionary<string, long> First,
    IReadOnlyDictionary<string, long> Latest, IReadOnlyDictionary<string, string> Climate);

/// <summary>The commissioning modes of all boards, from their events. In memory: a mode lasts ten minutes.</summary>
internal sealed class CommissioningSessions : IDisposable
{
    /// <summary>Boards that are remembered; a building is commissioned by a few people.</summary>
    public const int SessionsMax = 200;

    private static readonly Dictionary<string, long> NoRegisters = [];
    private static readonly Dictionary<string, string> NoClimate = [];

    private readonly ConcurrentDictionary<string, CommissioningSession> sessions = new(StringComparer.Ordinal);
    private readonly BoardDirectory directory;

    public CommissioningSessions(BoardDirectory directory)
    {
        this.directory = directory;
        directory.Noted += Note;
    }

    /// <summary>The latest session of a board, or null.</summary>
    public CommissioningSession? Find(string board) => sessions.GetValueOrDefault(board);

    public void Dispose() => directory.Noted -= Note;

    private void Note(BoardNotice notice)
    {
        if (notice.Kind != TopicKind.Event || !notice.Fields.TryGetValue("event", out var code))
        {
            return;
        }

        var known = Find(notice.Board);
        var next = code switch
        {
            "commissioning-on" => new CommissioningSession(notice.Received, true, notice.Received, NoRegisters, NoRegisters, NoClimate),
            "commissioning-off" => known is null ? null : known with { IsOn = false },
            "commissioning" => Read(known, notice),
            _ => null,
        };
        if (next is null)
        {
            return;
        }

        if (known is null && sessions.Count >= SessionsMax && sessions.MinBy(static s => s.Value.At) is { Key: { } oldest })
        {
            sessions.TryRemove(oldest, out _);
        }

        sessions[notice.Board] = next;
    }

    private static CommissioningSession Read(CommissioningSession? known, BoardNotice notice)
    {
        var registers = new Dictionary<string, long>(StringComparer.Ordinal);
        var climate = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in notice.Fields)
        {
            if (name.StartsWith("ch", StringComparison.Ordinal))
            {
                if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var register))
                {
                    registers[name] = register;
                }
            }
            else if (name is ['t', _] or ['r', 'h', _])
            {
                climate[name] = value;
            }
        }

        var session = known is { IsOn: true } ? known : new(notice.Received, true, notice.Received, NoRegisters, NoRegisters, NoClimate);
        return session with
        {
            At = notice.Received,
            First = session.First.Count > 0 ? session.First : registers,
            Latest = registers,
            Climate = climate.Count > 0 ? climate : session.Climate,
        };
    }
}
