using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Provisioning;

/// <summary><c>metering provision</c>: identities of boards.</summary>
internal static class ProvisionCommand
{
    private const string AuthorityFolder = "authority";
    private const string BoardsFolder = "boards";

    public static Command Create() => Create(TimeProvider.System);

    internal static Command Create(TimeProvider time) =>
        new("provision", "Give boards their identity: example: metering provision board 24:0A:C4:80:4F:F1 --point cooling --point lighting --broker mqtts://collector.example:8883 --ssid site --wifi-password-file wifi.txt")
        {
            Board(time), ConfigurationCommand.Create(time), Technician(time), Authority(time), List(), Revoke(time),
        };

    private static Command Technician(TimeProvider time)
    {
        var name = new Argument<string>("NAME") { Description = "Lower-case letters, digits and hyphens; the user name is technician-NAME." };
        var data = CommonOptions.Data();
        var force = CommonOptions.Force();
        var verb = new Command("technician", "Let a technician listen to all boards and send them configuration and commands: example: metering provision technician anne") { name, data, force };
        verb.Does(async (parsed, _) =>
        {
            var user = TechnicianAccess.NamePrefix + parsed.GetValue(name);
            if (!TechnicianAccess.IsName(user))
            {
                throw new UsageException($"NAME: '{parsed.GetValue(name)}' was given; allowed are 1 to 53 lower-case letters, digits and hyphens.");
            }

            var folder = parsed.GetValue(data)!;
            var password = PasswordHash.NewPassword();
            var file = Path.Combine(folder, "technicians", user + ".txt");
            SecretFile.Write(file, Encoding.ASCII.GetBytes(password + "\n"), parsed.GetValue(force));
            new BoardCredentialFile(folder).Put(new BoardCredential { Board = user, Points = [], Issued = time.GetUtcNow(), Password = PasswordHash.Of(password) });
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{user}: password in {file}; hand it over and delete the file").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Command Authority(TimeProvider time)
    {
        var data = CommonOptions.Data();
        var server = new Option<string[]>("--server")
        {
            Description = "Also make a certificate of the collector's TLS endpoint for these DNS names or addresses.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var force = CommonOptions.Force();
        var verb = new Command("ca", "Make the site's private authority: example: metering provision ca --server collector.example") { data, server, force };
        verb.Does(async (parsed, _) =>
        {
            var folder = Path.Combine(parsed.GetValue(data)!, AuthorityFolder);
            var names = parsed.GetValue(server) ?? [];
            var forced = parsed.GetValue(force);
            var output = parsed.InvocationConfiguration.Output;

            // With --server alone, on an authority that exists, only the endpoint's certificate is made.
            var exists = File.Exists(Path.Combine(folder, CertificateAuthority.CertificateFile));
            using var authority = exists && names.Length > 0 && !forced
                ? CertificateAuthority.Open(folder)
                : CertificateAuthority.Create(folder, time.GetUtcNow(), forced);
            await output.WriteLineAsync($"authority: {Path.Combine(folder, CertificateAuthority.CertificateFile)} (key beside it: keep a copy off this machine)").ConfigureAwait(false);
            if (names.Length > 0)
            {
                var issued = authority.IssueServer(names, time.GetUtcNow());
                SecretFile.Write(Path.Combine(folder, "server.pem"), Encoding.ASCII.GetBytes(issued.CertificatePem), forced);
                SecretFile.Write(Path.Combine(folder, "server.key"), Encoding.ASCII.GetBytes(issued.KeyPem), forced);
                await output.WriteLineAsync($"endpoint: {Path.Combine(folder, "server.pem")}, server.key, for {string.Join(", ", names)}, until {Day(issued.Expires)}").ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Command Board(TimeProvider time)
    {
        var mac = new Argument<string>("MAC") { Description = "MAC address of the board, on its label." };
        var points = new Option<string[]>("--point") { Description = "Metering point of each pulse input, ch1 first; none for a room board.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var weights = new Option<decimal[]>("--pulse-weight") { Description = "Wh per pulse of each point (default 10).", HelpName = "WH", AllowMultipleArgumentsPerToken = true };
        var starts = new Option<long[]>("--start") { Description = "Register of each point at the start, pulses (default 0).", HelpName = "PULSES", AllowMultipleArgumentsPerToken = true };
        var broker = new Option<string>("--broker") { Description = "Where the board publishes: mqtt://HOST[:PORT] or mqtts://HOST[:PORT].", HelpName = "URL", Required = true };
        var auth = new Option<string>("--auth") { Description = "certificate or password.", DefaultValueFactory = _ => "certificate" };
        var ssid = new Option<string?>("--ssid") { Description = "Wi-Fi network; without it the board keeps the one it knows.", HelpName = "NAME" };
        var wifi = new Option<FileInfo?>("--wifi-password-file") { Description = "File whose first line is the Wi-Fi password (a command line can be seen by others).", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Folder of boards' folders (default: boards below --data).", HelpName = "DIR" };
        var data = CommonOptions.Data();
        var force = CommonOptions.Force();
        var verb = new Command("board", "Give a board its identity, settings and network") { mac, points, weights, starts, broker, auth, ssid, wifi, output, data, force };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var method = parsed.GetValue(auth)!;
            if (method is not ("certificate" or "password"))
            {
                throw new UsageException($"--auth: '{method}' was given; allowed are certificate and password.");
            }

            var request = new ProvisioningRequest
            {
                Board = BoardIdentity.Parse(parsed.GetValue(mac)!, "MAC"),
                Points = parsed.GetValue(points) ?? [],
                PulseWeightsWh = parsed.GetValue(weights) ?? [],
                Starts = parsed.GetValue(starts) ?? [],
                Broker = BrokerAddress.Parse(parsed.GetValue(broker)!, "--broker"),
                WithCertificate = method == "certificate",
                Ssid = parsed.GetValue(ssid),
                WifiPassword = await FirstLine.ReadAsync(parsed.GetValue(wifi), "--wifi-password-file", cancellationToken).ConfigureAwait(false),
            };
            request.Check();
            var dataFolder = parsed.GetValue(data)!;
            request = request with { BootFloor = await BootFloorAsync(dataFolder, request.Board, cancellationToken).ConfigureAwait(false) };
            var folder = BoardFolder.Of(parsed.GetValue(output) ?? Path.Combine(dataFolder, BoardsFolder), request.Board);
            var provisioner = new BoardProvisioner(new BoardCredentialFile(dataFolder), Path.Combine(dataFolder, AuthorityFolder), time);
            provisioner.Provision(request, folder, parsed.GetValue(force));
            var text = parsed.InvocationConfiguration.Output;
            await text.WriteLineAsync($"{request.Board}: {folder.Path} ({method}); secret, mode 0600").ConfigureAwait(false);
            if (request.BootFloor != 0)
            {
                await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"boots: the store knows this board; should it have lost its memory, its next boot is number {request.BootFloor + 1}")).ConfigureAwait(false);
            }

            await text.WriteLineAsync($"next: metering flash plan --board {request.Board} --port PORT").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>What the store in the data folder, when there is one, knows of the board's boots.</summary>
    private static async Task<int> BootFloorAsync(string dataFolder, string board, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(dataFolder, SqliteDatabase.FileName)))
        {
            return 0;
        }

        await using var database = await DataFolder.OpenAsync(dataFolder, cancellationToken).ConfigureAwait(false);
        return ProvisioningRequest.FloorAbove(await new SqliteReadingStore(database).HighestBootAsync(board, cancellationToken).ConfigureAwait(false));
    }

    private static Command List()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var verb = new Command("list", "List provisioned boards: example: metering provision list --json") { data, json };
        verb.Does(async (parsed, _) =>
        {
            var boards = new BoardCredentialFile(parsed.GetValue(data)!).List();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                var rows = boards.Select(b => new { board = b.Board, method = b.Method, points = b.Points, issued = b.Issued, expires = b.CertificateExpires, revoked = b.Revoked });
                await output.WriteLineAsync(JsonSerializer.Serialize(rows, JsonSerializerOptions.Web)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            foreach (var b in boards)
            {
                var state = b.Revoked is { } revoked ? $"revoked {Day(revoked)}" : b.CertificateExpires is { } expires ? $"until {Day(expires)}" : "good";
                await output.WriteLineAsync($"{b.Board}  {b.Method,-11}  {Day(b.Issued)}  {state,-19}  {string.Join(", ", b.Points)}").ConfigureAwait(false);
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{boards.Count} boards")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Command Revoke(TimeProvider time)
    {
        var mac = new Argument<string>("MAC") { Description = "MAC address or EUI-64 of the board, or technician-NAME." };
        var data = CommonOptions.Data();
        var verb = new Command("revoke", "Lock a board out from its next connection on: example: metering provision revoke 24:0A:C4:80:4F:F1") { mac, data };
        verb.Does(async (parsed, _) =>
        {
            var given = parsed.GetValue(mac)!;
            var board = TechnicianAccess.IsName(given) ? given : BoardIdentity.Parse(given, "MAC");
            var file = new BoardCredentialFile(parsed.GetValue(data)!);
            var known = file.Find(board) ?? throw new UsageException($"MAC: board {board} was never provisioned; 'metering provision list' names those that were.");
            if (known.Revoked is null)
            {
                file.Put(known with { Revoked = time.GetUtcNow() });
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{board}: revoked {Day(known.Revoked ?? time.GetUtcNow())}; a connection in use ends at its next reconnect").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
