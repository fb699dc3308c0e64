using Metering.Collector.Cli;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Cli;

/// <summary>Exit code 2 and one clear line: what was given, where, and what is allowed.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("verify --data /no/such/folder", "--data: '/no/such/folder' holds no store")]
    [InlineData("verify --from yesterday", "--from: 'yesterday' was given; allowed is a date")]
    [InlineData("verify --from 2016-02-01 --to 2016-01-01", "--to: must be later than --from")]
    [InlineData("serve --config /no/such/file.json", "--config: '/no/such/file.json' is not there")]
    [InlineData("bogus", "metering: ")]
    [InlineData("", "metering: ")]
    public async Task Bad_usage_ends_with_exit_2_and_one_line(string line, string expected)
    {
        var (code, output, error) = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.Usage, code);
        Assert.Equal("", output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("""{"Mqtt":{"Port":70000}}""", "Mqtt:Port: 70000 was given; allowed are 1 to 65535")]
    [InlineData("""{"Mqtt":{"Address":"everywhere"}}""", "Mqtt:Address: 'everywhere' was given")]
    [InlineData("""{"Mqtt":{"Address":"0.0.0.0","Anonymous":true}}""", "Mqtt:Anonymous: true is allowed only with a loopback address")]
    [InlineData("""{"Mqtt":{"Prot":1883}}""", "Mqtt:Prot: is not known; allowed are ")]
    [InlineData("""{"Web":{}}""", "Web: is not known; allowed are Alerts, HomeAssistant, Http, Influx, Mqtt")]
    [InlineData("""{"Mqtt":""", "--config: ")]
    public async Task Bad_settings_name_section_and_key(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "metering.json");
        await File.WriteAllTextAsync(file, json);
        var (code, _, error) = await RunAsync("serve", "--config", file, "--data", folder.Path);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void The_verbs_of_the_contract_are_there()
    {
        string[] contract = ["backup", "correct", "demo", "doctor", "flash", "import", "note", "provision", "quarantine", "registry", "restore", "serve", "verify"];

        Assert.Empty(contract.Except(Verbs.Create().Subcommands.Select(v => v.Name)));
    }

    [Fact]
    public async Task Every_verb_has_help_with_an_example()
    {
        foreach (var verb in Verbs.Create().Subcommands)
        {
            Assert.Contains("example: metering " + verb.Name, verb.Description, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Done, (await RunAsync(verb.Name, "--help")).Code);
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Verbs.RunAsync(arguments, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
