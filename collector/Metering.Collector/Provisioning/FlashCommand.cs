using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary><c>metering flash</c>: firmware, settings, network and certificates onto a board.</summary>
internal static class FlashCommand
{
    public static Command Create() => Create(new ProcessRunner());

    internal static Command Create(ICommandRunner runner) =>
        new("flash", "Put firmware, settings, Wi-Fi and certificates onto a board: example: metering flash plan --board 24:0A:C4:80:4F:F1 --port COM5")
        {
            Verb("plan", "Print the exact commands, and do nothing", runner: null),
            Verb("run", "Do it", runner),
        };

    private static Command Verb(string name, string description, ICommandRunner? runner)
    {
        var board = new Option<string>("--board") { Description = "MAC address or EUI-64 of the board.", HelpName = "MAC", Required = true };
        var port = new Option<string>("--port") { Description = "Serial port, such as COM5 or /dev/ttyUSB0.", HelpName = "PORT", Required = true };
        var files = new Option<string?>("--files") { Description = "The board's folder (default: boards/EUI64 below --data).", HelpName = "DIR" };
        var source = new Option<string>("--source") { Description = "Root folder of the project's sources.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        var target = new Option<string>("--target") { Description = "nanoFramework target of the chip.", DefaultValueFactory = _ => "ESP32_REV3" };
        var version = new Option<string?>("--runtime-version") { Description = "Version of the nanoFramework runtime, 1.17.0.258 or newer (default: the newest stable one).", HelpName = "1.17.A.B" };
        var system = new Option<string?>("--project-system") { Description = "Folder of nanoFramework's project system, where msbuild is Mono's.", HelpName = "DIR" };
        var erase = new Option<bool>("--erase") { Description = "Erase the whole flash first: Wi-Fi, certificates and unsent samples go too." };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var verb = new Command(name, description) { board, port, files, source, target, version, system, erase, data, json };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var eui = BoardIdentity.Parse(parsed.GetValue(board)!, "--board");
            var plan = FlashPlan.Create(new FlashRequest
            {
                Board = eui,
                SerialPort = parsed.GetValue(port)!,
                BoardFolder = Path.GetFullPath(parsed.GetValue(files) ?? Path.Combine(parsed.GetValue(data)!, "boards", eui)),
                SourceFolder = Path.GetFullPath(parsed.GetValue(source)!),
                Target = parsed.GetValue(target)!,
                RuntimeVersion = parsed.GetValue(version),
                Erase = parsed.GetValue(erase),
                ProjectSystemPath = parsed.GetValue(system),
            });
            var output = parsed.InvocationConfiguration.Output;
            if (runner is not null)
            {
                return await RunAsync(plan, runner, output, parsed.InvocationConfiguration.Error, cancellationToken).ConfigureAwait(false);
            }

            await output.WriteLineAsync(parsed.GetValue(json) ? Json(plan) : Text(plan)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static async Task<int> RunAsync(FlashPlan plan, ICommandRunner runner, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var missing = plan.Steps.Select(s => FlashTool.Of(s.Tool)).OfType<FlashTool>().Distinct().Where(t => !runner.Has(t.Name)).ToList();
        if (missing.Count > 0)
        {
            await error.WriteLineAsync($"flash: {string.Join(", ", missing.Select(t => t.Name))} cannot be found.").ConfigureAwait(false);
            foreach (var tool in missing)
            {
                await error.WriteLineAsync($"  {tool.Name}: {tool.HowToGet}").ConfigureAwait(false);
            }

            return ExitCode.Problem;
        }

        foreach (var document in plan.Documents)
        {
            SecretFile.Replace(Path.Combine(plan.Request.BoardFolder, document.Name), Encoding.UTF8.GetBytes(document.Content));
        }

        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"[{i + 1}/{plan.Steps.Count}] {step.Title}: {step.CommandLine}")).ConfigureAwait(false);
            var code = await runner.RunAsync(step, cancellationToken).ConfigureAwait(false);
            if (code != 0)
            {
                await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"flash: step {i + 1} of {plan.Steps.Count} ({step.Title}) ended with {code}; the steps after it were not run.")).ConfigureAwait(false);
                await error.WriteLineAsync($"  {step.CommandLine}").ConfigureAwait(false);
                return ExitCode.Problem;
            }
        }

        await output.WriteLineAsync($"{plan.Request.Board}: flashed; it joins the network within a minute and shows it with its LED (docs/commissioning.md)").ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static string Text(FlashPlan plan)
    {
        var text = new StringBuilder();
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            text.Append(CultureInfo.InvariantCulture, $"# {i + 1}. {step.Title} (in {step.WorkingFolder})").AppendLine().AppendLine(step.CommandLine);
        }

        foreach (var document in plan.Documents)
        {
            text.Append(CultureInfo.InvariantCulture, $"# {Path.Combine(plan.Request.BoardFolder, document.Name)}, written by 'flash run' with the port {plan.Request.SerialPort}").AppendLine();
        }

        return text.ToString().TrimEnd();
    }

    private static string Json(FlashPlan plan) => JsonSerializer.Serialize(
        plan.Steps.Select(s => new { title = s.Title, tool = s.Tool, arguments = s.Arguments, folder = s.WorkingFolder }), JsonSerializerOptions.Web);
}
