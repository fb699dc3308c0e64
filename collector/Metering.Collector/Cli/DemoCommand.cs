using System.CommandLine;
using Metering.Collector.Alerts;
using Metering.Collector.Hosting;
using Metering.Collector.Jobs.Demo;
using Metering.Collector.Web;
using Metering.Collector.Web.Summaries;

namespace Metering.Collector.Cli;

/// <summary><c>metering demo</c>: the whole path on one machine.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "Folder of the store, summary.json and note.html.", HelpName = "DIR", DefaultValueFactory = _ => "metering-demo" };
        var once = new Option<bool>("--once") { Description = "End after the note instead of serving pages." };
        var scenario = new Option<string>("--scenario") { Description = "house: a real house's published data, 137 days; office: an invented office, three years with a planted saving.", HelpName = "NAME", DefaultValueFactory = _ => "house" };
        scenario.AcceptOnlyFromAmong(DemoPlan.Names);
        var seed = new Option<int>("--seed") { Description = "Seed of everything that is drawn by chance.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var trace = new Option<string?>("--trace") { Description = "Data file instead of the built-in one.", HelpName = "FILE" };
        var mqttPort = new Option<int>("--mqtt-port") { Description = "MQTT port on loopback, 0 any free one.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var httpPort = new Option<int>("--http-port") { Description = "Port of the pages on loopback, 0 any free one.", HelpName = "N", DefaultValueFactory = _ => 8080 };
        var force = CommonOptions.Force();
        var verb = new Command("demo", "From a pulse to a note on this machine: example: metering demo --once --out metering-demo")
        {
            output, once, scenario, seed, trace, mqttPort, httpPort, force,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var stays = !parsed.GetValue(once);
            var settings = new CollectorSettings
            {
                Mqtt = new MqttSettings { Port = parsed.GetValue(mqttPort), Anonymous = true },
                Http = new HttpSettings { Port = stays ? parsed.GetValue(httpPort) : -1 },
            };
            settings.Check();
            var plan = DemoPlan.Load(parsed.GetValue(scenario)!, parsed.GetValue(trace), parsed.GetValue(seed));
            var folder = DemoFolder.Open(parsed.GetValue(output)!, plan.Scenario.Name, plan.Scenario.Seed, parsed.GetValue(force));
            var say = parsed.InvocationConfiguration.Output;
            if (folder.Finished is not null)
            {
                await say.WriteLineAsync($"{folder.Path} holds this demo already, finished: nothing was changed.").ConfigureAwait(false);
                if (!stays)
                {
                    await DemoText.WriteAsync(folder.Finished, folder, say).ConfigureAwait(false);
                    return ExitCode.Done;
                }
            }

            await using var database = await DataFolder.OpenOrCreateAsync(folder.Path, cancellationToken).ConfigureAwait(false);
            var gate = new AlertGate(plan.Scenario.To);
            await using var host = CollectorHost.Create(
                settings, database, TimeProvider.System, new PageScope(plan.Complete) { Gate = gate });
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            var summary = folder.Finished
                ?? await DemoProgress.ShowAsync(say, progress => new DemoRun(plan, folder, host, TimeProvider.System).RunAsync(progress, cancellationToken)).ConfigureAwait(false);
            await DemoText.WriteAsync(summary, folder, say).ConfigureAwait(false);
            gate.Open();

            if (stays)
            {
                // Nobody should look at a list that still computes what the demo has just finished.
                await host.Services.GetRequiredService<SummaryKeeper>().RefreshAllAsync(cancellationToken).ConfigureAwait(false);
                await say.WriteLineAsync($"{ReadyLine.Of(host)} (Ctrl-C ends)").ConfigureAwait(false);
                await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
            }

            // Services end in order; only disposed, they would log that they were interrupted.
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            if (summary.IsComplete)
            {
                return ExitCode.Done;
            }

            await parsed.InvocationConfiguration.Error.WriteLineAsync("demo: what is stored is not what was sent; summary.json has both.").ConfigureAwait(false);
            return ExitCode.Problem;
        });
        return verb;
    }
}
