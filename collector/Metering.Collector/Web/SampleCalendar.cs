using Metering.Collector.Storage.Sqlite;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Collector.Web;

/// <summary>Samples of one local day, of all boards that served the building on it.</summary>
/// <param name="Day">Local day of the site.</param>
/// <param name="Stored">Samples in the store, at most those expected.</param>
/// <param name="Expected">Samples that the ten-minute grid asks for.</param>
public readonly record struct DaySamples(DateOnly Day, long Stored, long Expected)
{
    /// <summary>0 to 100; 100 where nothing is expected.</summary>
    public double Percent => Expected == 0 ? 100 : 100.0 * Stored / Expected;
}

/// <summary>Counts the samples of a building's boards by local day: what the completeness calendar shows.</summary>
internal sealed class SampleCalendar(SqliteDatabase database)
{
    private const int HourSeconds = 3600;

    /// <summary>One entry for each local day of the period, in order.</summary>
    public async Task<IReadOnlyList<DaySamples>> ReadAsync(
        IReadOnlyList<ChannelAssignment> assignments, NotePeriod period, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var boundaries = LocalCalendar.Boundaries(period.From, period.To, ProfileResolution.Day, zone);
        var stored = new long[boundaries.Count - 1];
        var expected = new long[boundaries.Count - 1];
        foreach (var board in assignments.GroupBy(static a => a.Board, StringComparer.Ordinal))
        {
            var hours = await HoursAsync(board.Key, period, cancellationToken).ConfigureAwait(false);
            Add(stored, expected, boundaries, board, period, hours);
        }

        return [.. boundaries.Take(stored.Length).Select((start, i) =>
            new DaySamples(LocalCalendar.DateOf(start, zone), Math.Min(stored[i], expected[i]), expected[i]))];
    }

    /// <summary>Samples by hour since 1970: an hour never crosses a local day, a day of the database might.</summary>
    private Task<List<(long Hour, long Count)>> HoursAsync(string board, NotePeriod period, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            var counts = new List<(long, long)>();
            if (SqliteReadingStore.BoardId(session, board) is not { } id)
            {
                return counts;
            }

            var query = session.Prepare("SELECT time / 3600, count(*) FROM sample WHERE board_id = ? AND time >= ? AND time < ? GROUP BY 1 ORDER BY 1")
                .Bind(1, id).Bind(2, period.From.ToUnixTimeSeconds()).Bind(3, period.To.ToUnixTimeSeconds());
            while (query.Step())
            {
                counts.Add((query.Int64(0), query.Int64(1)));
            }

            return counts;
        },
        cancellationToken);

    private static void Add(
        long[] stored, long[] expected, IReadOnlyList<DateTimeOffset> boundaries, IEnumerable<ChannelAssignment> served, NotePeriod period,
        List<(long Hour, long Count)> hours)
    {
        var spans = served.Select(a => (a.From, To: a.To ?? DateTimeOffset.MaxValue)).Distinct().ToList();
        var next = 0;
        for (var day = 0; day < stored.Length; day++)
        {
            var (start, end) = (boundaries[day], boundaries[day + 1]);
            // A board that serves several points counts once: its longest service on that day.
            expected[day] += spans.Max(span => Steps(Later(Later(start, span.From), period.From), Earlier(Earlier(end, span.To), period.To)));
            for (; next < hours.Count && hours[next].Hour * HourSeconds < end.ToUnixTimeSeconds(); next++)
            {
                stored[day] += hours[next].Count;
            }
        }
    }

    private static long Steps(DateTimeOffset from, DateTimeOffset to) => to <= from ? 0 : (to - from).Ticks / NoteBuilder.Step.Ticks;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
