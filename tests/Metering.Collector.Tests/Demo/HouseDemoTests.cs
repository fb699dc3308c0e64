using System.Security.Cryptography;
using Metering.Collector.Cli;
using Metering.Collector.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Metering.Collector.Tests.Demo;

/// <summary>
/// From a pulse to a note on a real house's data. The expected numbers are the data set's own
/// (tests/ReferenceData/appliances): 1 928 010 Wh and 75 030 Wh at 10 Wh a pulse, 19 735 steps of ten minutes.
/// </summary>
public sealed class HouseDemoTests(HouseDemo demo) : IClassFixture<HouseDemo>
{
    private const long AppliancesPulses = 192_801;
    private const long LightsPulses = 7_503;
    private const long SamplesOfABoard = 19_735 + 1;
    private const int Boards = 10;

    [Fact]
    public void Every_pulse_and_every_sample_of_the_house_is_stored_once()
    {
        Assert.Equal("", demo.Error);
        Assert.Equal(ExitCode.Done, demo.ExitCode);
        Assert.Equal("house", demo.Summary.GetProperty("scenario").GetString());
        Assert.Equal(Boards, demo.Summary.GetProperty("boards").GetInt32());
        Assert.Equal(AppliancesPulses + LightsPulses, demo.Summary.GetProperty("pulses_emitted").GetInt64());
        Assert.Equal(AppliancesPulses + LightsPulses, demo.Summary.GetProperty("pulses_stored").GetInt64());
        Assert.Equal(Boards * SamplesOfABoard, demo.Summary.GetProperty("samples_expected").GetInt64());
        Assert.Equal(Boards * SamplesOfABoard, demo.Summary.GetProperty("samples_stored").GetInt64());
        Assert.Equal(0, demo.Summary.GetProperty("quarantined").GetInt64());
    }

    [Fact]
    public void The_energy_of_both_circuits_is_exact()
    {
        var energy = demo.Summary.GetProperty("energy_kwh");

        Assert.Equal(1928.01m, energy.GetProperty("appliances").GetDecimal());
        Assert.Equal(75.03m, energy.GetProperty("lights").GetDecimal());
    }

    [Fact]
    public void The_note_prints_the_energy_that_was_counted()
    {
        var note = File.ReadAllText(Path.Combine(demo.Folder, demo.Summary.GetProperty("note").GetString()!));

        Assert.Contains("1\u202f928,01", note, StringComparison.Ordinal);
        Assert.Contains("75,03", note, StringComparison.Ordinal);
        Assert.Contains("192\u202f801", note, StringComparison.Ordinal);
        Assert.Contains("CC BY 4.0", note, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", note, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", note, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Verify_accounts_for_every_pulse()
    {
        var (code, output, error) = await HouseDemo.RunAsync("verify", "--data", demo.Folder, "--building", "house");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("192801 pulses by register = 192801 in the intervals; 1928.01 kWh, exact", output, StringComparison.Ordinal);
        Assert.Contains("7503 pulses by register = 7503 in the intervals; 75.03 kWh, exact", output, StringComparison.Ordinal);
        Assert.EndsWith("every pulse is accounted for", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_sample_that_goes_missing_is_named_and_costs_no_energy()
    {
        using var copy = new TemporaryFolder();
        File.Copy(Path.Combine(demo.Folder, "metering.db"), copy.File("metering.db"));
        DateTimeOffset time;
        await using (var connection = new SqliteConnection($"Data Source={copy.File("metering.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            command.CommandText =
                """
                DELETE FROM sample WHERE seq = 5000 AND boot = 1 AND board_id = (
                    SELECT s.board_id FROM sample s JOIN layout l ON l.id = s.layout_id WHERE l.channels LIKE '%ch1%' LIMIT 1)
                RETURNING time
                """;
            time = DateTimeOffset.FromUnixTimeSeconds((long)(await command.ExecuteScalarAsync())!);
        }

        var (code, output, _) = await HouseDemo.RunAsync("verify", "--data", copy.Path);

        Assert.Equal(ExitCode.Problem, code);
        var interval = FormattableString.Invariant($"{time.AddMinutes(-10).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} to {time.AddMinutes(10).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: 1 samples are not in the store");
        Assert.Contains(interval, output, StringComparison.Ordinal);
        Assert.Contains("192801 pulses by register = 192801 in the intervals; 1928.01 kWh, exact", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_command_again_changes_nothing_and_says_so()
    {
        var before = Hashes(demo.Folder);

        var (code, output, error) = await HouseDemo.RunAsync("demo", "--once", "--out", demo.Folder);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("nothing was changed", output, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(demo.Folder));
    }

    [Fact]
    public async Task Another_seed_in_the_same_folder_is_refused()
    {
        var (code, _, error) = await HouseDemo.RunAsync("demo", "--once", "--seed", "2", "--out", demo.Folder);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("holds a demo of scenario house, seed 1", error, StringComparison.Ordinal);
    }

    private static SortedDictionary<string, string> Hashes(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder))
        {
            hashes[Path.GetFileName(file)] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return hashes;
    }
}
