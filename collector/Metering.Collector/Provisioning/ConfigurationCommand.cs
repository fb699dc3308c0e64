using System.CommandLine;
using System.Text;
using Metering.Collector.Cli;
using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Mqtt.Boards;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Collector.Provisioning;

/// <summary><c>metering provision config</c>: settings to a board on site, over the broker, and its answer.</summary>
internal static class ConfigurationCommand
{
    public static Command Create(TimeProvider time)
    {
        var mac = new Argument<string>("MAC") { Description = "MAC address or EUI-64 of the board." };
        var file = new Argument<FileInfo>("FILE") { Description = "settings.json with a version above the one in force." };
        var to = new Option<string>("--to") { Description = "Broker or collector: mqtt://HOST[:PORT] or mqtts://HOST[:PORT].", HelpName = "URL", Required = true };
        var user = new Option<string?>("--user") { Description = "User name, such as technician-anne.", HelpName = "NAME" };
        var password = new Option<FileInfo?>("--password-file") { Description = "File whose first line is the password of --user.", HelpName = "FILE" };
        var ca = new Option<FileInfo?>("--ca") { Description = "PEM file of the authority of the broker's certificate (default: the system's).", HelpName = "FILE" };
        var verb = new Command("config", "Send settings to a board and wait for its answer: example: metering provision config 24:0A:C4:80:4F:F1 settings.json --to mqtts://collector.example --user technician-anne --password-file anne.txt")
        {
            mac, file, to, user, password, ca,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var board = BoardIdentity.Parse(parsed.GetValue(mac)!, "MAC");
            var document = Read(parsed.GetValue(file)!);
            var broker = BrokerAddress.Parse(parsed.GetValue(to)!, "--to");
            var login = await BrokerLogin.ReadAsync(parsed.GetValue(user), parsed.GetValue(password), cancellationToken).ConfigureAwait(false);
            var boards = new BoardDirectory();
            var options = new MqttClientOptions
            {
                Host = broker.Host,
                Port = broker.Port,
                Tls = broker.Tls ? new MqttClientTlsOptions { TargetHost = broker.Host, TrustedRoots = BrokerLogin.Roots(parsed.GetValue(ca)) } : null,
                UserName = login?.UserName,
                Password = login is null ? null : Encoding.UTF8.GetBytes(login.Password),
                ClientId = "",
                CleanStart = true,
                Time = time,
                Received = async message =>
                {
                    boards.Note(board, TopicKind.Event, message.Payload.Span, time.GetUtcNow());
                    await message.AcknowledgeAsync().ConfigureAwait(false);
                },
            };
            return await SendAsync(board, document, options, boards, time, parsed.InvocationConfiguration, cancellationToken).ConfigureAwait(false);
        });
        return verb;
    }

    private static async Task<int> SendAsync(
        string board, byte[] document, MqttClientOptions options, BoardDirectory boards, TimeProvider time, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        BoardConfigurationResult result;
        try
        {
            var connection = await MqttClientConnection.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var granted = await connection.SubscribeAsync([new MqttSubscription($"metering/v1/{board}/event", 1)], cancellationToken).ConfigureAwait(false);
                if ((byte)granted[0] >= 0x80)
                {
                    throw new IOException($"the broker does not let this user hear {board}: {granted[0]}");
                }

                result = await new BoardConfigurationService(boards, new ClientLink(connection), time).SendAsync(board, document, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException e)
        {
            await console.Error.WriteLineAsync($"config: {e.Message}").ConfigureAwait(false);
            return ExitCode.Problem;
        }

        switch (result.Outcome)
        {
            case BoardConfigurationOutcome.Applied:
                await console.Output.WriteLineAsync($"{board}: applied").ConfigureAwait(false);
                return ExitCode.Done;
            case BoardConfigurationOutcome.Refused:
                await console.Error.WriteLineAsync($"config: {board} refused the settings and keeps the old ones: {result.Reason}").ConfigureAwait(false);
                return ExitCode.Problem;
            default:
                await console.Error.WriteLineAsync($"config: {board} has not answered for {BoardConfigurationService.AnswerWait.TotalSeconds} s; the settings stay for its next connection.").ConfigureAwait(false);
                return ExitCode.Problem;
        }
    }

    private static byte[] Read(FileInfo file)
    {
        try
        {
            // One byte more than a board reads tells that it is too long, whatever its size.
            using var stream = file.OpenRead();
            var buffer = new byte[BoardConfiguration.BytesMax + 1];
            var document = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
            return BoardConfiguration.Parse(document).Document;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"FILE: '{file}' cannot be sent: {e.Message}", e);
        }
    }

    /// <summary>This program as a client of the broker.</summary>
    private sealed class ClientLink(MqttClientConnection connection) : IBoardLink
    {
        public async Task SendAsync(
            string board, string name, ReadOnlyMemory<byte> payload, MqttQualityOfService qualityOfService, bool retain, CancellationToken cancellationToken)
        {
            var answer = await connection.PublishAsync($"metering/v1/{board}/{name}", payload, qualityOfService, retain, cancellationToken).ConfigureAwait(false);
            if ((byte)answer >= 0x80)
            {
                throw new IOException($"the broker does not let this user configure {board}: {answer}");
            }
        }
    }
}
