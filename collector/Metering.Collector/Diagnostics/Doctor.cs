using System.Globalization;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Storage.Forwarding;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Diagnostics;

/// <summary>Looks at a collector's folder the way a technician would: disk, clock, store, quarantine, silent boards.</summary>
public sealed class Doctor(SqliteDatabase database, TimeProvider clock)
{
    /// <summary>A board that has not been stored from for this long is silent: three samples.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(30);

    /// <summary>Free disk space below which the doctor warns, bytes.</summary>
    public const long DiskFreeBytesMin = 1L << 30;

    /// <summary>Readings dated later than the collector's clock by more than this say that one of the two clocks is wrong.</summary>
    public static readonly TimeSpan ClockAheadMax = TimeSpan.FromMinutes(10);

    /// <summary>Age of the oldest reading that waits to be forwarded beyond which the doctor warns.</summary>
    public static readonly TimeSpan ForwardLagMax = TimeSpan.FromMinutes(10);

    /// <summary>Runs every check.</summary>
    public async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding> { Disk() };
        var store = new SqliteReadingStore(database);
        var channels = await store.ChannelsAsync(cancellationToken).ConfigureAwait(false);
        findings.Add(new("store", DoctorSeverity.Good, Text($"{database.Path} answers; {channels.Select(c => c.Board).Distinct().Count()} boards, {channels.Count} channels."), null));

        var held = await new Quarantine(database).CountAsync(cancellationToken).ConfigureAwait(false);
        findings.Add(held == 0
            ? new("quarantine", DoctorSeverity.Good, "No message is in quarantine.", null)
            : new("quarantine", DoctorSeverity.Warning, Text($"{held} messages could not be read and are in quarantine."), "Look with 'metering quarantine list'; replay after a fix."));

        var undated = await store.UndatedAsync(cancellationToken).ConfigureAwait(false);
        findings.Add(undated == 0
            ? new("undated", DoctorSeverity.Good, "Every sample has a date.", null)
            : new("undated", DoctorSeverity.Warning, Text($"{undated} samples were taken before their board's clock was set and wait for a dated one of the same boot."), "Check that the boards reach a time server."));

        var backlog = await ForwardBacklog.ReadAsync(database, clock, cancellationToken).ConfigureAwait(false);
        if (backlog.IsOn)
        {
            findings.Add(Forwarding(backlog));
        }

        findings.AddRange(await NotesAsync(cancellationToken).ConfigureAwait(false));
        var audit = await new AuditLog(database).VerifyAsync(cancellationToken).ConfigureAwait(false);
        findings.Add(audit.BrokenAt is { } broken
            ? new("audit", DoctorSeverity.Trouble, Text($"The audit log was changed: entry {broken} does not follow from the one before."), "Compare with a backup; somebody went around the program.")
            : new("audit", DoctorSeverity.Good, Text($"The audit log holds together; {audit.Entries} entries, head {audit.Head[..16]}."), null));

        var now = clock.GetUtcNow();
        foreach (var board in channels.GroupBy(c => c.Board, StringComparer.Ordinal))
        {
            findings.Add(await BoardAsync(store, board.Key, [.. board], now, cancellationToken).ConfigureAwait(false));
        }

        return findings;
    }

    private static DoctorFinding Forwarding(ForwardBacklog backlog)
    {
        var waiting = Text($"{backlog.Waiting} entries wait for InfluxDB, the oldest for {backlog.Lag.TotalSeconds:0} s");
        return backlog.Trouble is { } trouble
            ? new("forwarding", DoctorSeverity.Warning, Text($"{waiting}; since {trouble.Since.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'} it takes nothing: {trouble.Words} Nothing is lost."), "Mend what InfluxDB complains of, or section Influx of the settings.")
            : backlog.Lag <= ForwardLagMax
                ? new("forwarding", DoctorSeverity.Good, waiting + ".", null)
                : new("forwarding", DoctorSeverity.Warning, waiting + "; nothing is lost.", "See that 'metering serve' runs with section Influx of its settings.");
    }

    /// <summary>Notes handed out whose readings have changed since (law 7).</summary>
    private async Task<IEnumerable<DoctorFinding>> NotesAsync(CancellationToken cancellationToken)
    {
        var notes = new IssuedNotes(database);
        var issued = await notes.ListAsync(cancellationToken).ConfigureAwait(false);
        if (issued.Count == 0)
        {
            return [];
        }

        var reopened = await notes.ReopenedAsync(CorrectedReadingStore.Of(database), cancellationToken).ConfigureAwait(false);
        return reopened.Count == 0
            ? [new("note", DoctorSeverity.Good, Text($"Notes handed out: {issued.Count}; the newest of each building and period stands on the readings of the store."), null)]
            : reopened.Select(Reopened);
    }

    private static DoctorFinding Reopened(ReopenedNote reopened)
    {
        var (note, issued) = (reopened.Entry.Note, reopened.Entry.Issued);
        var more = reopened.Now.Readings - note.Basis.Version.Readings;
        var readings = more == 0 ? "as many readings, with other values" : Text($"{Math.Abs(more)} reading{(Math.Abs(more) == 1 ? "" : "s")} {(more > 0 ? "more" : "fewer")}");
        var corrections = reopened.Corrections.Count == 0 ? "" : Text($"; corrections since: {string.Join(", ", reopened.Corrections.Select(c => Text($"{c.Id} by {c.Author}")))}");
        return new(
            "note", DoctorSeverity.Warning,
            Text($"{note.FileName} ({note.Language}, building {note.BuildingId}, {note.From:yyyy-MM-dd'T'HH:mm'Z'} to {note.To:yyyy-MM-dd'T'HH:mm'Z'}), handed out at {issued:yyyy-MM-dd'T'HH:mm'Z'}, is re-opened: the store now has {readings}{corrections}."),
            "Issue it again with 'metering note' and the same period: the new one lists what changed.");
    }

    private static async Task<DoctorFinding> BoardAsync(
        SqliteReadingStore store, string board, IReadOnlyList<ChannelKey> channels, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        foreach (var channel in channels)
        {
            if (await store.LatestAsync(channel, cancellationToken).ConfigureAwait(false) is { } latest && (last is null || latest.Time > last))
            {
                last = latest.Time;
            }
        }

        return last switch
        {
            null => new("board", DoctorSeverity.Warning, Text($"{board} has no dated sample."), "Check that the board reaches a time server."),
            { } time when time - now > ClockAheadMax => new("clock", DoctorSeverity.Trouble, Text($"{board} is ahead of this machine's clock by {(time - now).TotalMinutes:0} minutes."), "Check this machine's clock first."),
            { } time when now - time > SilentAfter => new("board", DoctorSeverity.Warning, Text($"{board} is silent since {time.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}."), "Check its power, its Wi-Fi and the broker; it keeps its samples in its journal."),
            { } time => new("board", DoctorSeverity.Good, Text($"{board} was last heard at {time.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}."), null),
        };
    }

    private DoctorFinding Disk()
    {
        var free = new DriveInfo(Path.GetDirectoryName(database.Path)!).AvailableFreeSpace;
        var size = new FileInfo(database.Path).Length;
        var sentence = Text($"{free / 1048576} MiB are free; the store has {size / 1048576} MiB.");
        return free >= DiskFreeBytesMin
            ? new("disk", DoctorSeverity.Good, sentence, null)
            : new("disk", DoctorSeverity.Trouble, sentence, "Make room: a store that cannot write acknowledges nothing, and boards fill their journals.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
