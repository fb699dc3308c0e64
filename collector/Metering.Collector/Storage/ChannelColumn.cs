using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>When each sample of a board was taken and what it said about itself; shared by the columns of its channels.</summary>
internal sealed class SampleRows
{
    private readonly List<Row> rows = [];

    internal int Count => rows.Count;

    internal void Add(long seconds, long boot, long sequence, ClockQuality clock, SampleFlags flags) =>
        rows.Add(new Row(seconds, boot, sequence, (byte)clock, (ushort)flags));

    internal Reading Reading(int row, long value, MissingReason missing, SampleFlags added)
    {
        var at = rows[row];
        return new Reading(
            DateTimeOffset.FromUnixTimeSeconds(at.Seconds), value, at.Boot, at.Sequence, (ClockQuality)at.Clock, (SampleFlags)at.Flags | added, missing);
    }

    /// <summary>The first row at or after an instant, Unix seconds; <see cref="Count"/> when there is none.</summary>
    internal int FirstAtOrAfter(long seconds)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = rows[middle].Seconds < seconds ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Flags of a board fit into eight bits (docs/wire-format.md); what the ledger adds is kept by the column.</summary>
    private readonly record struct Row(long Seconds, long Boot, long Sequence, byte Clock, ushort Flags);
}

/// <summary>
/// The readings of one channel over a period, nine bytes each beside the rows that the channels of a board share: what is
/// kept of a building while a note is made from it.
/// </summary>
public sealed class ChannelColumn
{
    /// <summary>The sample of this row does not hold the channel.</summary>
    private const byte Absent = 0xFF;

    /// <summary>Marks a reading that the ledger changed; the lower bits are the reason why a value is missing.</summary>
    private const byte CorrectedBit = 0x80;

    private readonly SampleRows rows;
    private readonly List<long> values;
    private readonly List<byte> marks;

    internal ChannelColumn(SampleRows rows)
        : this(rows, [], [])
    {
    }

    private ChannelColumn(SampleRows rows, List<long> values, List<byte> marks) => (this.rows, this.values, this.marks) = (rows, values, marks);

    /// <summary>Rows that the column has an entry for.</summary>
    internal int Length => marks.Count;

    /// <summary>Readings in [from, to), ordered by time, then boot, then sequence.</summary>
    public List<Reading> Between(DateTimeOffset from, DateTimeOffset to)
    {
        var first = rows.FirstAtOrAfter(WholeSeconds.Ceiling(from));
        var end = Math.Max(first, rows.FirstAtOrAfter(WholeSeconds.Ceiling(to)));
        var readings = new List<Reading>(end - first);
        for (var row = first; row < end; row++)
        {
            if (marks[row] != Absent)
            {
                readings.Add(At(row));
            }
        }

        return readings;
    }

    /// <summary>All readings.</summary>
    internal IEnumerable<Reading> All()
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (marks[row] != Absent)
            {
                yield return At(row);
            }
        }
    }

    internal void Add(long value, MissingReason missing)
    {
        values.Add(value);
        marks.Add((byte)missing);
    }

    internal void Add(in Reading reading)
    {
        values.Add(reading.Value);
        marks.Add(MarkOf(reading));
    }

    internal void AddAbsent()
    {
        values.Add(0);
        marks.Add(Absent);
    }

    /// <summary>The same readings after a change to each; the rows stay shared.</summary>
    internal ChannelColumn Select(Func<Reading, Reading> change)
    {
        var (changedValues, changedMarks) = (new List<long>(values.Count), new List<byte>(marks.Count));
        for (var row = 0; row < values.Count; row++)
        {
            if (marks[row] == Absent)
            {
                changedValues.Add(0);
                changedMarks.Add(Absent);
                continue;
            }

            var reading = change(At(row));
            changedValues.Add(reading.Value);
            changedMarks.Add(MarkOf(reading));
        }

        return new ChannelColumn(rows, changedValues, changedMarks);
    }

    private static byte MarkOf(in Reading reading) =>
        (byte)((byte)reading.Missing | ((reading.Flags & SampleFlags.Corrected) != 0 ? CorrectedBit : 0));

    private Reading At(int row)
    {
        var mark = marks[row];
        return rows.Reading(
            row, values[row], (MissingReason)(mark & ~CorrectedBit), (mark & CorrectedBit) != 0 ? SampleFlags.Corrected : SampleFlags.None);
    }
}
