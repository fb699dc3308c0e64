using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Jobs.Campaign;
using Metering.Mqtt.Client;
using Metering.Simulator.Faults;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;

namespace Metering.Collector.Provisioning;

/// <summary>
/// <c>metering simulate</c>: a fleet of virtual boards against any broker or collector; prints the truth it emitted. With
/// <c>--campaign</c> against a collector of its own, whose store is then held against that truth.
/// </summary>
internal static class SimulateCommand
{
    public static Command Create() => Create(TimeProvider.System);

    internal static Command Create(TimeProvider time)
    {
        var to = new Option<string?>("--to") { Description = "Broker or collector: mqtt://HOST[:PORT] or mqtts://HOST[:PORT].", HelpName = "URL" };
        var boards = new Option<int>("--boards") { Description = "Number of boards.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var days = new Option<int>("--days") { Description = "Simulated days; they end at the last full hour.", HelpName = "D", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same fleet.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var speed = new Option<string>("--speed") { Description = "Simulated seconds per second, or max.", HelpName = "X", DefaultValueFactory = _ => "max" };
        var faults = new Option<string>("--faults") { Description = "none, everyday or storm.", HelpName = "PLAN", DefaultValueFactory = _ => "none" };
        var ca = new Option<FileInfo?>("--ca") { Description = "PEM file of the authority of the broker's certificate (default: the system's).", HelpName = "FILE" };
        var user = new Option<string?>("--user") { Description = "User name of all boards (default: anonymous).", HelpName = "NAME" };
        var password = new Option<FileInfo?>("--password-file") { Description = "File whose first line is the password of --user.", HelpName = "FILE" };
        var campaign = new Option<bool>("--campaign") { Description = "Instead of --to: run a board for each seed against a collector of its own, and compare its store with what really happened; code 1 on any difference." };
        var seeds = new Option<int>("--seeds") { Description = "With --campaign: how many seeds, from --seed on.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var json = CommonOptions.Json();
        json.Description = "With --campaign: report as JSON.";
        var verb = new Command(
            "simulate", "Run virtual boards with the real firmware against a broker, and print what they emitted as JSON: example: metering simulate --to mqtt://127.0.0.1:1883 --boards 20 --days 7; or metering simulate --campaign --seeds 10 --days 730 --faults everyday")
        {
            to, boards, days, seed, speed, faults, ca, user, password, campaign, seeds, json,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(campaign))
            {
                if (new Option[] { to, boards, speed, ca, user, password }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } other)
                {
                    throw new UsageException($"{other.Name}: was given with --campaign; allowed beside it are --seeds, --seed, --days, --faults and --json.");
                }

                var plan = new CampaignOptions
                {
                    FirstSeed = Within(parsed.GetValue(seed), "--seed", SyntheticScenario.SeedMax),
                    Seeds = Within(parsed.GetValue(seeds), "--seeds", CampaignOptions.SeedsMax),
                    Days = Within(parsed.GetValue(days), "--days", SyntheticScenario.DaysMax),
                    Faults = Faults(parsed.GetValue(faults)!),
                };
                var console = parsed.InvocationConfiguration;
                return await CampaignCommand.RunAsync(plan, parsed.GetValue(json), console.Output, console.Error, time, cancellationToken).ConfigureAwait(false);
            }

            if (new Option[] { seeds, json }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } alone)
            {
                throw new UsageException($"{alone.Name}: was given without --campaign.");
            }

            var broker = BrokerAddress.Parse(parsed.GetValue(to) ?? throw new UsageException("--to: nothing was given; allowed is mqtt://HOST[:PORT] or mqtts://HOST[:PORT], or --campaign instead."), "--to");
            var count = Within(parsed.GetValue(boards), "--boards", SyntheticScenario.BoardsMax);
            var span = Within(parsed.GetValue(days), "--days", SyntheticScenario.DaysMax);
            var options = new FleetOptions { Speed = Speed(parsed.GetValue(speed)!), Faults = Faults(parsed.GetValue(faults)!) };
            var login = await BrokerLogin.ReadAsync(parsed.GetValue(user), parsed.GetValue(password), cancellationToken).ConfigureAwait(false);
            var target = new TcpFleetTarget(broker.Host, broker.Port)
            {
                Tls = broker.Tls ? new MqttClientTlsOptions { TargetHost = broker.Host, TrustedRoots = BrokerLogin.Roots(parsed.GetValue(ca)) } : null,
                Logins = login is null ? null : _ => login,
            };
            var now = time.GetUtcNow();
            var end = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            var scenario = SyntheticScenario.Create(count, meters: 2, end.AddDays(-span), span, parsed.GetValue(seed));
            var truth = await FleetRunner.RunAsync(scenario, target, options, null, cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(truth, JsonSerializerOptions.Web)).ConfigureAwait(false);
            var waiting = truth.Boards.Sum(b => b.SamplesWaiting);
            if (waiting == 0)
            {
                return ExitCode.Done;
            }

            await parsed.InvocationConfiguration.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"simulate: {waiting} of {truth.SamplesExpected} samples were not acknowledged by {broker}; they are still in the boards' journals.")).ConfigureAwait(false);
            return ExitCode.Problem;
        });
        return verb;
    }

    private static int Within(int value, string option, int max) => value >= 1 && value <= max
        ? value
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option}: {value} was given; allowed are 1 to {max}."));

    private static double Speed(string text) =>
        text == "max" ? 0
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 1e9 ? speed
        : throw new UsageException($"--speed: '{text}' was given; allowed is a number above 0, or max.");

    private static FaultLevel Faults(string text) => text switch
    {
        "none" => FaultLevel.None,
        "everyday" => FaultLevel.Everyday,
        "storm" => FaultLevel.Storm,
        _ => throw new UsageException($"--faults: '{text}' was given; allowed are none, everyday and storm."),
    };
}
