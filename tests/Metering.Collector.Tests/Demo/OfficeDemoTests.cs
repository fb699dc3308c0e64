using System.Text.Json;
using Metering.Collector.Cli;
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
