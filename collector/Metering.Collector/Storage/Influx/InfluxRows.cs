using System.Text.Json;

namespace Metering.Collector.Storage.Influx;

/// <summary>The rows of one series of a query's answer; every column that we read is an integer or nothing.</summary>
internal sealed class InfluxRows(string? board, string[] columns, List<long?[]> rows)
{
    /// <summary>Tag <c>board</c> when the query groups by it.</summary>
    internal string? Board { get; } = board;

    internal IReadOnlyList<string> Columns { get; } = columns;

    internal IReadOnlyList<long?[]> Rows { get; } = rows;

    internal int Column(string name) => Array.IndexOf(columns, name);

    /// <summary>The series of the first result.</summary>
    internal static List<InfluxRows> Of(JsonDocument document)
    {
        var found = new List<InfluxRows>();
        foreach (var series in SeriesOf(document))
        {
            var board = series.TryGetProperty("tags", out var tags) && tags.TryGetProperty("board", out var tag) ? tag.GetString() : null;
            var columns = series.GetProperty("columns").EnumerateArray().Select(static column => column.GetString()!).ToArray();
            var rows = new List<long?[]>();
            foreach (var values in series.GetProperty("values").EnumerateArray())
            {
                var row = new long?[columns.Length];
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = values[i].ValueKind == JsonValueKind.Number ? values[i].GetInt64() : null;
                }

                rows.Add(row);
            }

            found.Add(new InfluxRows(board, columns, rows));
        }

        return found;
    }

    /// <summary>The first column of a SHOW statement.</summary>
    internal static List<string> NamesOf(JsonDocument document) =>
        [.. SeriesOf(document).SelectMany(static series => series.GetProperty("values").EnumerateArray()).Select(static row => row[0].GetString()!)];

    private static JsonElement.ArrayEnumerator SeriesOf(JsonDocument document) =>
        document.RootElement.TryGetProperty("results", out var results) && results.GetArrayLength() > 0
            && results[0].TryGetProperty("series", out var series)
            ? series.EnumerateArray()
            : default;
}
