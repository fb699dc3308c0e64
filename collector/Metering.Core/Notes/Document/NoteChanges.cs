using System.Globalization;

namespace Metering.Core.Notes.Document;

/// <summary>Every number and word of a note's tables by its place: table, row, column. What a re-issue is compared by.</summary>
public static class NoteValues
{
    /// <summary>Place to value; numbers as printed, with a decimal point.</summary>
    public static IReadOnlyDictionary<string, string> Of(NoteDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tile in document.Tiles())
        {
            values["synthesis/" + tile.Name] = Text(tile.Figure) + " " + tile.Verdict;
        }

        foreach (var table in document.Tables())
        {
            foreach (var row in table.Rows)
            {
                for (var i = 1; i < row.Count; i++)
                {
                    var place = table.Key + "/" + Text(row[0]) + "/" + table.Columns[i].Heading;
                    var unique = place;
                    for (var n = 2; values.ContainsKey(unique); n++)
                    {
                        unique = place + "#" + n.ToString(CultureInfo.InvariantCulture);
                    }

                    values[unique] = Text(row[i]);
                }
            }
        }

        return values;
    }

    private static string Text(NoteCell cell) => cell.Rounded?.ToString(CultureInfo.InvariantCulture) ?? cell.Text ?? "";
}

/// <summary>One difference between two issues of a note.</summary>
/// <param name="Place">Table, row, column.</param>
/// <param name="Before">Value of the earlier issue; empty: it was not there.</param>
/// <param name="After">Value of the later issue; empty: it is no longer there.</param>
public sealed record NoteChange(string Place, string Before, string After);

/// <summary>What changed from one issue to the next, after late data or a correction (law 7).</summary>
public static class NoteChanges
{
    public static IReadOnlyList<NoteChange> Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(k => new NoteChange(k, before.GetValueOrDefault(k, ""), after.GetValueOrDefault(k, "")))
            .Where(c => c.Before != c.After)];
    }
}
