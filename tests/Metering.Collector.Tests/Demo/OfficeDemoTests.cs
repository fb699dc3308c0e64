using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Metering.Collector.Cli;
using Metering.Collector.Tests.Notes;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Demo;

/// <summary>From a pulse to the two-year note on an invented office: what is planted is known, so the note can be judged.</summary>
public sealed class OfficeDemoTests(OfficeDemo demo) : IClassFixture<OfficeDemo>
{
    [Fact]
    public void Every_pulse_that_a_board_could_count_is_stored_once()
    {
        Assert.Equal("", demo.Error);
        Assert.Equal(ExitCode.Done, demo.ExitCode);
        var summary = demo.Summary;
        Assert.Equal("office", summary.GetProperty("scenario").GetString());
        Assert.Equal(6, summary.GetProperty("boards").GetInt32());
        var (emitted, down) = (summary.GetProperty("pulses_emitted").GetInt64(), summary.GetProperty("pulses_while_down").GetInt64());
        Assert.Equal(emitted - down, summary.GetProperty("pulses_stored").GetInt64());
        Assert.Equal(0, summary.GetProperty("quarantined").GetInt64());
        Assert.True(summary.GetProperty("explained").GetBoolean());

        // Three years in which nothing happened would prove nothing.
        Assert.True(summary.GetProperty("restarts").GetInt32() > 50);
        Assert.True(summary.GetProperty("duplicates_dropped").GetInt64() > 100);
        Assert.InRange(emitted, 1_000_000, 2_000_000);
    }

    [Fact]
    public async Task Planted_saving_lies_in_the_interval_that_the_note_prints()
    {
        var note = await ValuesAsync("en");

        var (percent, half) = (Number(note, "savings/Both/Savings#2"), Number(note, "savings/Both/± 90 %#2"));
        Assert.InRange(35m, percent - half, percent + half);
        Assert.InRange(half, 0.2m, 5m);
    }

    [Theory]
    [InlineData("fr", "DONNÉES SIMULÉES")]
    [InlineData("en", "SIMULATED DATA")]
    public async Task Note_is_complete_and_marked_as_simulated(string language, string mark)
    {
        var file = Path.Combine(demo.Folder, $"complete-{language}.html");
        var (code, _, error) = await HouseDemo.RunAsync(
            "note", "--data", demo.Folder, "--building", "office", "--period", "two-years", "--lang", language, "--out", file, "--force");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        var html = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain("class=\"missing\"", html, StringComparison.Ordinal);
        Assert.Contains(mark, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truth_stands_beside_what_was_found()
    {
        var html = await NoteAsync("fr", "html");

        Assert.Contains("Économie plantée : 35,0", html, StringComparison.Ordinal);
        Assert.Contains("La vérité est dans l’intervalle.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Libreoffice_reads_every_heading_and_caption_of_the_word_note()
    {
        var file = Path.Combine(demo.Folder, "note-fr.docx");
        await NoteAsync("fr", "docx");
        using var folder = new TemporaryFolder();
        await ExternalTool.RunAsync(
            "soffice", "--headless", "-env:UserInstallation=" + new Uri(folder.File("profile")).AbsoluteUri, "--convert-to", "pdf", "--outdir", folder.Path, file);

        CheckText(await ExternalTool.RunAsync("pdftotext", folder.File("note-fr.pdf"), "-"), await NoteAsync("fr", "html"));
    }

    [Fact]
    public async Task Printed_note_holds_every_heading_and_caption_and_the_mark_on_every_page()
    {
        await NoteAsync("fr", "pdf");
        var text = await ExternalTool.RunAsync("pdftotext", Path.Combine(demo.Folder, "note-fr.pdf"), "-");

        CheckText(text, await NoteAsync("fr", "html"));
        var pages = text.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(pages.Length, 10, 40);
        Assert.All(pages, p => Assert.Contains("DONNÉES SIMULÉES", p, StringComparison.Ordinal));
    }

    /// <summary>Section titles, table and figure captions of the HTML note, in another program's text of another format.</summary>
    private static void CheckText(string text, string html)
    {
        var there = Squeezed(text);
        var wanted = Regex.Matches(html, "<h[23]><span class=\"no\">[^<]*</span> ([^<]+)</h[23]>|<(?:caption|figcaption)><b>[^<]*</b> ([^<.]+)")
            .Select(m => WebUtility.HtmlDecode(m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value)).ToList();

        Assert.True(wanted.Count > 40, $"{wanted.Count} titles");
        Assert.All(wanted, w => Assert.Contains(Squeezed(w), there, StringComparison.Ordinal));
    }

    /// <summary>Without white space: programs break lines and spaces as they like.</summary>
    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private async Task<string> NoteAsync(string language, string format)
    {
        var file = Path.Combine(demo.Folder, $"note-{language}.{format}");
        var (code, _, error) = await HouseDemo.RunAsync(
            "note", "--data", demo.Folder, "--building", "office", "--period", "two-years", "--lang", language, "--format", format, "--out", file, "--force");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        return format == "html" ? await File.ReadAllTextAsync(file) : "";
    }

    private async Task<Dictionary<string, string>> ValuesAsync(string language)
    {
        var file = Path.Combine(demo.Folder, $"values-{language}.json");
        var (code, _, error) = await HouseDemo.RunAsync(
            "note", "--data", demo.Folder, "--building", "office", "--period", "two-years", "--lang", language, "--format", "json", "--out", file, "--force");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        return JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(file))!;
    }

    private static decimal Number(Dictionary<string, string> note, string place) =>
        decimal.Parse(note[place], System.Globalization.CultureInfo.InvariantCulture);
}
