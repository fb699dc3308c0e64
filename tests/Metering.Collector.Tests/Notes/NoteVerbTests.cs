using System.Globalization;
using Metering.Collector.Cli;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Notes;

/// <summary>The verbs note and export on a real store in a folder.</summary>
public sealed class NoteVerbTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metering-note-verb-").FullName;

    public async Task InitializeAsync()
    {
        await using var database = await SqliteDatabase.OpenAsync(_folder, TimeProvider.System, CancellationToken.None);
        var start = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await new RegistryStore(database).SaveAsync(
            new RegistrySnapshot
            {
                Sites = [new Site { Id = "s", Name = "Site", TimeZone = "Europe/Paris", Latitude = 50.5, Longitude = 2.8 }],
                Buildings = [new Building { Id = "school", SiteId = "s", Name = "École" }],
                Points = [new MeteringPoint { Id = "main", BuildingId = "school", Name = "Général", Use = PointUse.Total }],
                Assignments = [new ChannelAssignment { PointId = "main", Board = "00000000000000e0", Channel = "ch1", Quantity = Quantity.PulseRegister, From = start }],
            },
            "test", "test", CancellationToken.None);
        var samples = Enumerable.Range(0, 1000).Select(i => new Sample(
            "00000000000000e0", 1, i + 1, 600L * i, start.AddMinutes(10 * i), ClockQuality.Synchronised, SampleFlags.None,
            [new SampleValue("ch1", Quantity.PulseRegister, 7 * i, MissingReason.None)])).ToList();
        await new SqliteReadingStore(database).AppendAsync(samples, CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Note_is_written_once_and_not_overwritten_without_force()
    {
        var file = Path.Combine(_folder, "note.html");
        string[] verb = ["note", "--data", _folder, "--building", "school", "--lang", "en", "--out", file];

        Assert.Equal((ExitCode.Done, ""), await Run(verb));
        var first = await File.ReadAllBytesAsync(file);
        // 999 steps of 7 pulses of 10 Wh.
        Assert.Contains("6,993 pulses counted = 69.93\u00a0kWh", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal((ExitCode.Usage, $"note: --out: '{file}' is there already; name another file, or overwrite it with --force."), await Run(verb));
        Assert.Equal(ExitCode.Done, (await Run([.. verb, "--force"])).Code);
        Assert.Equal(first, await File.ReadAllBytesAsync(file));
    }

    [Theory]
    [InlineData("--period", "year1", "note: Period 'year1' begins at the reception of the works, and building 'school' has no date of reception in the registry.")]
    [InlineData("--period", "2024", "note: Period '2024' is not known; allowed are year1, year2, two-years, or FROM/TO as YYYY-MM-DD/YYYY-MM-DD (local days, TO excluded).")]
    [InlineData("--format", "odt", "note: --format: 'odt' is not known; allowed are html, pdf, docx, xlsx, csv, json.")]
    [InlineData("--lang", "de", "note: --lang: Language 'de' is not known; allowed are fr and en.")]
    [InlineData("--as-of", "soon", "note: --as-of: 'soon' is not an instant; allowed is ISO 8601, such as 2026-01-31T12:00:00Z.")]
    public async Task Bad_option_is_one_line_and_exit_code_2(string option, string value, string expected)
    {
        var file = Path.Combine(_folder, "bad.html");

        Assert.Equal((ExitCode.Usage, expected), await Run(["note", "--data", _folder, "--building", "school", "--out", file, option, value]));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Re_issue_lists_what_changed_since_the_values_of_the_first()
    {
        var (values, first, second) = (Path.Combine(_folder, "v.json"), Path.Combine(_folder, "a.html"), Path.Combine(_folder, "b.html"));
        string[] verb = ["note", "--data", _folder, "--building", "school", "--lang", "en"];
        Assert.Equal(ExitCode.Done, (await Run([.. verb, "--format", "json", "--out", values])).Code);
        Assert.Equal(ExitCode.Done, (await Run([.. verb, "--compare", values, "--out", first])).Code);
        Assert.Contains("No value has changed", await File.ReadAllTextAsync(first), StringComparison.Ordinal);

        await AppendLateAsync();

        Assert.Equal(ExitCode.Done, (await Run([.. verb, "--compare", values, "--out", second])).Code);
        Assert.Matches("energy/Général/Final energy</th><td[^>]*>69\\.93</td><td[^>]*>70(\\.00)?</td>", await File.ReadAllTextAsync(second));
    }

    [Fact]
    public async Task A_late_reading_after_issue_is_told_by_doctor_and_the_new_issue_lists_what_changed()
    {
        var (first, second, third) = (Path.Combine(_folder, "a.html"), Path.Combine(_folder, "b.html"), Path.Combine(_folder, "c.html"));
        string[] verb = ["note", "--data", _folder, "--building", "school", "--lang", "en", "--period", "2024-03-01/2024-03-08"];
        Assert.Equal(ExitCode.Done, (await Run([.. verb, "--out", first])).Code);
        Assert.Contains("note: Notes handed out: 1; the newest of each building and period stands on the readings of the store.", await Doctor(), StringComparison.Ordinal);

        await AppendLateAsync();

        Assert.Matches(
            @"warning  note: a\.html \(en, building school, 2024-02-29T23:00Z to 2024-03-07T23:00Z\), handed out at \S+, is re-opened: the store now has 1 reading more\. Issue it again",
            await Doctor());
        var (code, error, output) = await RunWithOutput([.. verb, "--out", second]);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Matches(@"^\S+b\.html\r?\nIt replaces the note of \S+ \S+Z: \d+ values changed, \+1 readings; section F of the note lists them\.$", output);
        var text = await File.ReadAllTextAsync(second);
        Assert.Contains("This issue replaces the one of", text, StringComparison.Ordinal);
        Assert.Matches("energy/Général/Final energy</th><td[^>]*>69\\.93</td><td[^>]*>70(\\.00)?</td>", text);
        Assert.DoesNotContain("re-opened", await Doctor(), StringComparison.Ordinal);

        // The same note again is the same file: it is compared with the same earlier issue.
        Assert.Equal(ExitCode.Done, (await Run([.. verb, "--out", third])).Code);
        Assert.Equal(text, await File.ReadAllTextAsync(third));
    }

    [Fact]
    public async Task A_note_of_all_readings_so_far_is_not_re_opened_by_the_next_one()
    {
        Assert.Equal(ExitCode.Done, (await Run(["note", "--data", _folder, "--building", "school", "--out", Path.Combine(_folder, "a.html")])).Code);

        await AppendLateAsync();

        Assert.DoesNotContain("re-opened", await Doctor(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "no. 1: Général, 00000000000000e0/ch1, readings taken out, from 2024-03-02 00:00Z to 2024-03-02 01:00Z (excluded)", "6 values, 1,008 pulses to 1,043 pulses", "0 values")]
    [InlineData("fr", "n° 1 : Général, 00000000000000e0/ch1, mesures écartées, du 2024-03-02 00:00Z au 2024-03-02 01:00Z (exclu)", "6 valeurs, de 1 008 impulsions à 1 043 impulsions", "0 valeurs")]
    public async Task A_correction_is_printed_with_who_why_before_and_after_and_stays_when_revoked(string language, string subject, string before, string after)
    {
        string[] note = ["note", "--data", _folder, "--building", "school", "--lang", language, "--force", "--out", Path.Combine(_folder, "a.html")];
        Assert.Equal(ExitCode.Done, (await Run(note)).Code);
        string[] correct = ["--channel", "00000000000000e0/ch1", "--from", "2024-03-02T00:00:00Z", "--to", "2024-03-02T01:00:00Z"];
        Assert.Equal(ExitCode.Done, (await Run(["correct", "exclude", "--data", _folder, .. correct, "--author", "ana", "--reason", "meter under repair"])).Code);

        Assert.Contains("is re-opened: the store now has as many readings, with other values; corrections since: 1 by ana.", await Doctor(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await Run(note)).Code);
        var text = Plain(await File.ReadAllTextAsync(Path.Combine(_folder, "a.html")));
        Assert.Contains($"<td>ana</td><td>{subject}</td><td>meter under repair</td><td>{before}</td><td>{after}</td>", text, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await Run(["correct", "revoke", "1", "--data", _folder, "--author", "bo", "--reason", "wrong meter"])).Code);
        Assert.Equal(ExitCode.Done, (await Run(note)).Code);
        Assert.Matches(language == "en" ? "meter under repair \\(revoked on \\S+ \\S+Z by bo: wrong meter\\).*no effect" : "meter under repair \\(annulée le \\S+ \\S+Z par bo : wrong meter\\).*sans effet",
            Plain(await File.ReadAllTextAsync(Path.Combine(_folder, "a.html"))));
    }

    [Theory]
    [InlineData("package")]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("geojson")]
    [InlineData("geojson-2154")]
    [InlineData("arra")]
    [InlineData("fnap")]
    [InlineData("invoices")]
    [InlineData("calls")]
    [InlineData("progress")]
    public async Task Every_kind_of_export_is_written_and_the_same_twice(string what)
    {
        var (one, two) = (Path.Combine(_folder, "one"), Path.Combine(_folder, "two"));

        Assert.Equal((ExitCode.Done, ""), await Run(["export", "--data", _folder, "--what", what, "--out", one]));
        Assert.Equal((ExitCode.Done, ""), await Run(["export", "--data", _folder, "--what", what, "--out", two]));
        Assert.True(new FileInfo(one).Length > 20);
        Assert.Equal(await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(two));
    }

    /// <summary>One reading after the last one.</summary>
    private async Task AppendLateAsync()
    {
        await using var database = await SqliteDatabase.OpenAsync(_folder, TimeProvider.System, CancellationToken.None);
        var late = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(10 * 1000);
        await new SqliteReadingStore(database).AppendAsync(
            [new Sample("00000000000000e0", 1, 1001, 600_000, late, ClockQuality.Synchronised, SampleFlags.None, [new SampleValue("ch1", Quantity.PulseRegister, 7000, MissingReason.None)])],
            CancellationToken.None);
    }

    private async Task<string> Doctor() => (await RunWithOutput(["doctor", "--data", _folder])).Output;

    /// <summary>Spaces of every kind as blanks, and cells without their attributes.</summary>
    private static string Plain(string html) =>
        System.Text.RegularExpressions.Regex.Replace(html.Replace('\u00a0', ' ').Replace('\u202f', ' '), "<t([dh]) [^>]*>", "<t$1>");

    [Theory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task Progress_report_is_written_in_every_format_of_the_year_that_is_asked(string format)
    {
        var file = Path.Combine(_folder, "progress." + format);
        await File.WriteAllTextAsync(Path.Combine(_folder, "fleet.txt"), "# lessons\nFinir les façades.\n");

        Assert.Equal((ExitCode.Done, ""), await Run(["export", "--data", _folder, "--what", "progress", "--year", "2024", "--format", format, "--out", file]));
        Assert.True(new FileInfo(file).Length > 1000);
        Assert.Equal(
            (ExitCode.Usage, "export: --year: 24 is no year; allowed are 1990 to 2200."),
            await Run(["export", "--data", _folder, "--what", "progress", "--year", "24", "--out", file, "--force"]));
        Assert.True(File.Exists(file));
    }

    private static async Task<(int Code, string Error)> Run(string[] arguments) => await RunWithOutput(arguments) is var (code, error, _) ? (code, error) : default;

    private static async Task<(int Code, string Error, string Output)> RunWithOutput(string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = await Verbs.RunAsync(arguments, output, error, CancellationToken.None);
        return (code, error.ToString().Trim(), output.ToString().Trim());
    }
}
