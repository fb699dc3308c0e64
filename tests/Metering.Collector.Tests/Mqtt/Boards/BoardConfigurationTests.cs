using System.CommandLine;
using System.Globalization;
using System.Text;
using Metering.Collector.Cli;
using Metering.Collector.Mqtt.Boards;
using Metering.Collector.Provisioning;
using Metering.Collector.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Mqtt.Boards;

/// <summary>Settings on their way to a board with the real firmware, over real TCP, and the board's answer.</summary>
public sealed class BoardConfigurationTests
{
    [Fact]
    public async Task Board_applies_newer_settings_and_says_so()
    {
        await using var test = await BoardOnTcp.StartAsync();
        test.RunUntilStatus();
        var service = test.Host.Services.GetRequiredService<BoardConfigurationService>();

        var answer = service.SendAsync(test.Board.Eui64, Encoding.UTF8.GetBytes(BoardOnTcp.Settings(version: 2, weightWh: 1)), CancellationToken.None);
        await test.ReceiveAsync("config");

        Assert.Equal(new(BoardConfigurationOutcome.Applied, null), await answer);
    }

    [Fact]
    public async Task Board_refuses_settings_that_it_cannot_use_with_a_reason_and_keeps_the_old_ones()
    {
        await using var test = await BoardOnTcp.StartAsync();
        test.RunUntilStatus();
        var service = test.Host.Services.GetRequiredService<BoardConfigurationService>();
        var settings = """{"version":2,"broker":{"host":"collector","port":1883},"channels":[{"wh":10},{"wh":10},{"wh":10},{"wh":10},{"wh":10}]}""";

        var answer = service.SendAsync(test.Board.Eui64, Encoding.UTF8.GetBytes(settings), CancellationToken.None);
        await test.ReceiveAsync("config");

        Assert.Equal(new(BoardConfigurationOutcome.Refused, "the board has 4 inputs"), await answer);
    }

    [Fact]
    public async Task Verb_sends_settings_over_the_broker_and_ends_with_the_answer_of_the_board()
    {
        await using var test = await BoardOnTcp.StartAsync();
        test.RunUntilStatus();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "settings.json");
        await File.WriteAllTextAsync(file, BoardOnTcp.Settings(version: 3, weightWh: 100));

        var verb = RunAsync("config", test.Board.Eui64, file, "--to", string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{test.Host.Mqtt!.Port}"));
        await test.ReceiveAsync("config");

        Assert.Equal((ExitCode.Done, $"{test.Board.Eui64}: applied", ""), await verb);
    }

    [Theory]
    [InlineData("{}", "the settings are not a JSON object with a whole number 'version' from 1 up")]
    [InlineData("[1]", "the settings are not a JSON object with a whole number 'version' from 1 up")]
    [InlineData("""{"version":0}""", "the settings are not a JSON object with a whole number 'version' from 1 up")]
    [InlineData("not json", "the settings are not JSON: ")]
    public async Task Settings_that_no_board_could_take_are_not_sent(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "settings.json");
        await File.WriteAllTextAsync(file, text);

        var result = await RunAsync("config", "240ac4fffe804ff1", file, "--to", "mqtt://127.0.0.1:1");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.StartsWith($"config: FILE: '{file}' cannot be sent: {message}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_longer_than_a_board_reads_are_refused()
    {
        var document = Encoding.ASCII.GetBytes("{\"version\":1," + new string(' ', BoardConfiguration.BytesMax) + "\"x\":1}");

        Assert.Contains("a board reads at most 2048", Assert.Throws<FormatException>(() => BoardConfiguration.Parse(document)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config-applied", "7", "Applied")]
    [InlineData("config-applied", "6", null)]
    [InlineData("config-refused", "7", "Refused")]
    [InlineData("config-refused", "0", "Refused")]
    [InlineData("config-refused", "6", null)]
    [InlineData("boot", "7", null)]
    public void Answer_is_the_event_about_this_version(string code, string version, string? outcome)
    {
        var configuration = BoardConfiguration.Parse(Encoding.ASCII.GetBytes("""{"version":7}"""));

        var answer = configuration.AnswerIn(new Dictionary<string, string> { ["event"] = code, ["cfg"] = version, ["why"] = "x" });

        Assert.Equal(outcome, answer?.Outcome.ToString());
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ProvisionCommand.Create(TimeProvider.System).Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString().TrimEnd(), error.ToString().TrimEnd());
    }
}
