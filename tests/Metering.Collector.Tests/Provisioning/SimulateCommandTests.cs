using System.CommandLine;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Provisioning;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;
using Xunit;

namespace Metering.Collector.Tests.Provisioning;

/// <summary>Virtual boards with the real firmware reach a real MQTT endpoint over TCP, and say what they emitted.</summary>
public sealed class SimulateCommandTests
{
    [Fact]
    public async Task Fleet_delivers_over_tcp_as_many_samples_as_it_says()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var inbox = new CountingInbox();
        using var endpoint = new MqttEndpoint(inbox, new Everybody(), new MqttEndpointOptions(), TimeProvider.System);
        var serving = ServeAsync(listener, endpoint, cancel.Token);

        var result = await RunAsync("--to", $"mqtt://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "--boards", "3", "--days", "1");

        await cancel.CancelAsync();
        await serving;
        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Done, result.Code);
        using var truth = JsonDocument.Parse(result.Output);
        Assert.Equal(3 * ((24 * 6) + 1), truth.RootElement.GetProperty("samplesExpected").GetInt64());
        Assert.Equal(3 * ((24 * 6) + 1), inbox.Samples.Count);
        Assert.Equal(3, truth.RootElement.GetProperty("boards").GetArrayLength());
    }

    [Fact]
    public async Task Fleet_that_reaches_nobody_ends_with_code_1_and_says_how_much_is_waiting()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var result = await RunAsync("--to", $"mqtt://127.0.0.1:{port}", "--days", "1");

        Assert.Equal(ExitCode.Problem, result.Code);
        Assert.StartsWith($"simulate: 145 of 145 samples were not acknowledged by mqtt://127.0.0.1:{port};", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Campaign_reports_each_seed_and_ends_with_code_0_when_the_store_is_right()
    {
        var result = await RunAsync("--campaign", "--seeds", "2", "--seed", "7", "--days", "5", "--faults", "storm", "--json");

        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Done, result.Code);
        using var report = JsonDocument.Parse(result.Output);
        Assert.True(report.RootElement.GetProperty("isRight").GetBoolean());
        Assert.Equal([7, 8], report.RootElement.GetProperty("boards").EnumerateArray().Select(b => b.GetProperty("seed").GetInt32()));
        Assert.All(report.RootElement.GetProperty("boards").EnumerateArray(), b => Assert.True(b.GetProperty("intervalsChecked").GetInt64() > 500));
    }

    [Theory]
    [InlineData("--to: 'tcp://h' was given; allowed is mqtt://HOST[:PORT] or mqtts://HOST[:PORT].", "--to", "tcp://h")]
    [InlineData("--to: nothing was given; allowed is mqtt://HOST[:PORT] or mqtts://HOST[:PORT], or --campaign instead.")]
    [InlineData("--to: was given with --campaign; allowed beside it are --seeds, --seed, --days, --faults and --json.", "--campaign", "--to", "mqtt://h")]
    [InlineData("--seeds: 101 was given; allowed are 1 to 100.", "--campaign", "--seeds", "101")]
    [InlineData("--seeds: was given without --campaign.", "--to", "mqtt://h", "--seeds", "2")]
    [InlineData("--boards: 0 was given; allowed are 1 to 10000.", "--to", "mqtt://h", "--boards", "0")]
    [InlineData("--days: 4001 was given; allowed are 1 to 4000.", "--to", "mqtt://h", "--days", "4001")]
    [InlineData("--speed: 'fast' was given; allowed is a number above 0, or max.", "--to", "mqtt://h", "--speed", "fast")]
    [InlineData("--faults: 'some' was given; allowed are none, everyday and storm.", "--to", "mqtt://h", "--faults", "some")]
    [InlineData("--user: was given without --password-file.", "--to", "mqtt://h", "--user", "u")]
    public async Task Bad_input_ends_with_code_2_and_says_what_is_allowed(string message, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Equal("simulate: " + message, result.Error.TrimEnd());
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await SimulateCommand.Create().Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private static async Task ServeAsync(TcpListener listener, MqttEndpoint endpoint, CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(cancellationToken);
                client.NoDelay = true;
                connections.Add(ServeOneAsync(client, endpoint, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private static async Task ServeOneAsync(TcpClient client, MqttEndpoint endpoint, CancellationToken cancellationToken)
    {
        using (client)
        {
            var pipe = new StreamDuplexPipe(client.GetStream());
            await endpoint.ServeAsync(pipe, new MqttPeer(client.Client.RemoteEndPoint, null, false), cancellationToken);
        }
    }

    private sealed class StreamDuplexPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream);

        public PipeWriter Output { get; } = PipeWriter.Create(stream);
    }

    /// <summary>Decodes as the collector does and counts samples by their key.</summary>
    private sealed class CountingInbox : IMqttInbox
    {
        private readonly Lock _gate = new();

        public HashSet<(string Topic, long Boot, long Seq)> Samples { get; } = [];

        public ValueTask<MqttInboxResult> AcceptAsync(MqttInboundMessage message, CancellationToken cancellationToken)
        {
            if (message.Topic.EndsWith("/readings", StringComparison.Ordinal))
            {
                using var pack = JsonDocument.Parse(message.Payload);
                lock (_gate)
                {
                    long seq = 0;
                    foreach (var record in pack.RootElement.EnumerateArray())
                    {
                        switch (record.GetProperty("n").GetString())
                        {
                            case "seq":
                                seq = record.GetProperty("v").GetInt64();
                                break;
                            case "boot":
                                Samples.Add((message.Topic, record.GetProperty("v").GetInt64(), seq));
                                break;
                        }
                    }
                }
            }

            return ValueTask.FromResult(MqttInboxResult.Accepted);
        }
    }

    private sealed class Everybody : IMqttAuthenticator, IMqttAccess
    {
        public ValueTask<MqttAuthentication> AuthenticateAsync(MqttCredentials credentials, CancellationToken cancellationToken) =>
            ValueTask.FromResult(MqttAuthentication.Accept(credentials.UserName, this));

        public bool MayPublish(string topic) => true;

        public bool MaySubscribe(string filter) => true;
    }
}
