using Metering.Collector.Import;
using Xunit;

namespace Metering.Collector.Tests.Import;

public sealed class CsvRowsTests
{
    /// <summary>The examples of RFC 4180, section 2.</summary>
    [Theory]
    [InlineData("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa|bbb|ccc", "zzz|yyy|xxx")]
    [InlineData("aaa,bbb,ccc\r\nzzz,yyy,xxx", "aaa|bbb|ccc", "zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|bbb|ccc", "zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|b\r\nbb|ccc", "zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"b\"\"bb\",\"ccc\"\nzzz,,", "aaa|b\"bb|ccc", "zzz||")]
    [InlineData("a,b\n\n\n c , d \n", "a|b", "c|d")]
    public void Rows_are_read_as_RFC_4180_says(string text, string first, string second)
    {
        var rows = new CsvRows(new StringReader(text), ',');
        Assert.Equal(first, string.Join('|', rows.Next()!.Value.Cells));
        Assert.Equal(second, string.Join('|', rows.Next()!.Value.Cells));
        Assert.Null(rows.Next());
    }

    [Fact]
    public void Lines_are_counted_over_blank_lines_and_quoted_line_ends()
    {
        var rows = new CsvRows(new StringReader("a\n\n\"b\nb\"\nc\n"), ';');
        Assert.Equal([1L, 3, 5], [rows.Next()!.Value.Line, rows.Next()!.Value.Line, rows.Next()!.Value.Line]);
    }

    [Fact]
    public void What_is_no_CSV_is_refused()
    {
        Assert.Throws<ImportException>(() => new CsvRows(new StringReader("a,\"b"), ',').Next());
        Assert.Throws<ImportException>(() => new CsvRows(new StringReader(new string('x', 20_000)), ',').Next());
        Assert.Throws<ImportException>(() => new CsvRows(new StringReader(new string(',', 20_000)), ',').Next());
    }
}
