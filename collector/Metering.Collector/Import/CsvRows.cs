using System.Globalization;
using System.Text;

namespace Metering.Collector.Import;

/// <summary>One row of a CSV file.</summary>
/// <param name="Line">Line in the file on which it begins, from 1.</param>
/// <param name="Cells">Its cells, trimmed.</param>
internal readonly record struct CsvRow(long Line, string[] Cells);

/// <summary>
/// Reads CSV row by row (RFC 4180, any delimiter): quoted cells may hold delimiters, line ends and doubled quotes. Blank
/// lines are skipped.
/// </summary>
internal sealed class CsvRows(TextReader reader, char delimiter)
{
    /// <summary>Characters of one cell.</summary>
    private const int CellCharactersMax = 10_000;

    /// <summary>Cells of one row.</summary>
    private const int CellsMax = 4096;

    private const int End = -1;

    private readonly StringBuilder cell = new();
    private readonly List<string> cells = [];
    private long line = 1;

    /// <summary>The next row, or null at the end.</summary>
    /// <exception cref="ImportException">A row of absurd size, or a quote that is not closed: this is no CSV file.</exception>
    internal CsvRow? Next()
    {
        while (reader.Peek() != End)
        {
            var begin = line;
            cells.Clear();
            while (!Cell(begin))
            {
            }

            if (cells.Count > 1 || cells[0].Length > 0)
            {
                return new CsvRow(begin, [.. cells]);
            }
        }

        return null;
    }

    /// <summary>Reads one cell; true when it was the last of its row.</summary>
    private bool Cell(long begin)
    {
        cell.Clear();
        var quoted = false;
        while (true)
        {
            var c = reader.Read();
            if (c == '\n')
            {
                line++;
            }

            if (quoted)
            {
                if (c == End)
                {
                    throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"Line {begin}: a quote is not closed."));
                }

                if (c != '"')
                {
                    Append(c, begin);
                }
                else if (reader.Peek() == '"')
                {
                    Append(reader.Read(), begin);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == delimiter || c is '\n' or End)
            {
                Take(begin);
                return c != delimiter;
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(cell.ToString()))
            {
                cell.Clear();
                quoted = true;
            }
            else
            {
                Append(c, begin);
            }
        }
    }

    private void Append(int c, long begin)
    {
        if (cell.Length >= CellCharactersMax)
        {
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"Line {begin}: a cell of more than {CellCharactersMax} characters; this is no CSV file."));
        }

        cell.Append((char)c);
    }

    private void Take(long begin)
    {
        if (cells.Count >= CellsMax)
        {
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"Line {begin}: more than {CellsMax} cells; this is no CSV file."));
        }

        cells.Add(cell.ToString().Trim());
    }

    /// <summary>The delimiter that a header line uses: the one of ; , tab that occurs most.</summary>
    internal static char DelimiterOf(string header) => new[] { ';', ',', '\t' }.MaxBy(candidate => header.Count(c => c == candidate));
}

/// <summary>Columns of a header by name, upper and lower case alike.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);

    internal CsvHeader(CsvRow row)
    {
        for (var i = 0; i < row.Cells.Length; i++)
        {
            columns.TryAdd(row.Cells[i].Trim('\uFEFF', ' '), i);
        }
    }

    internal bool Has(string name) => columns.ContainsKey(name);

    /// <exception cref="ImportException">There is no such column.</exception>
    internal int Require(string name) => columns.TryGetValue(name, out var index)
        ? index
        : throw new ImportException($"There is no column '{name}'; the file has: {string.Join(", ", columns.Keys)}.");

    /// <summary>The cell of that name; empty when the row or the file has none.</summary>
    internal string Cell(CsvRow row, string name) =>
        columns.TryGetValue(name, out var index) && index < row.Cells.Length ? row.Cells[index] : "";
}
