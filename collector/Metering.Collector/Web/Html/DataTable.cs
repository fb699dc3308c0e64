namespace Metering.Collector.Web.Html;

/// <summary>A column of a <see cref="DataTable"/>.</summary>
/// <param name="Title">Its name, also printed beside each value where a row becomes a card.</param>
/// <param name="IsNumber">Right-aligned.</param>
/// <param name="SortAddress">Address that sorts by it, or null.</param>
/// <param name="Sorted">ascending or descending where it is what the table is sorted by.</param>
internal sealed record Column(string Title, bool IsNumber = false, string? SortAddress = null, string? Sorted = null);

/// <summary>
/// A table of data: the first cell of a row names it. On a phone each row is a card with the column names beside the values;
/// the roles are spelled out because a browser forgets them when a style sheet lays a table out as blocks.
/// </summary>
internal static class DataTable
{
    public static Markup Of(string name, IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<Markup>> rows) => Markup.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{name}">
        <table class="cards" role="table">
        <thead role="rowgroup"><tr role="row">{columns.Select(Head)}</tr></thead>
        <tbody role="rowgroup">{rows.Select(row => Row(columns, row))}</tbody>
        </table>
        </div>
        """);

    private static Markup Head(Column column)
    {
        var number = column.IsNumber ? Markup.Trusted(" class=\"number\"") : Markup.Empty;
        var sorted = column.Sorted is { } order ? Markup.Of($""" aria-sort="{order}" """) : Markup.Empty;
        var title = column.SortAddress is { } address ? Markup.Of($"""<a href="{address}">{column.Title}</a>""") : Markup.Text(column.Title);
        return Markup.Of($"""<th scope="col" role="columnheader"{number}{sorted}>{title}</th>""");
    }

    private static Markup Row(IReadOnlyList<Column> columns, IReadOnlyList<Markup> cells) => Markup.Of($"""
        <tr role="row"><th scope="row" role="rowheader">{cells[0]}</th>{cells.Skip(1).Select((cell, i) => Cell(columns[i + 1], cell))}</tr>
        """);

    private static Markup Cell(Column column, Markup cell) =>
        Markup.Of($"""<td role="cell" data-label="{column.Title}"{(column.IsNumber ? Markup.Trusted(" class=\"number\"") : Markup.Empty)}>{cell}</td>""");
}
