using System.Diagnostics.Metrics;
using System.Globalization;
using Metering.Collector.Mqtt;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>The collector as a client of a real mosquitto (tests/install-servers.sh installs it).</summary>
public sealed class MqttSourceTests
{
    private const string Topic = "metering/v1/0024befffe804ff1/readings";
    private readonly RecordingInbox _inbox = new();

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Source_takes_what_boards_publish_at_a_plain_broker(MqttProtocolVersion version)
    {
        await using var broker = new MosquittoServer();
        await broker.StartAsync();
        await using Source source = await Source.StartAsync(Options(broker) with { Version = version }, _inbox);

        await PublishAsync(broker, version, 1, 200);

        await _inbox.HasAsync(200);
        Assert.Equal(Payloads(1, 200), _inbox.Taken.Select(taken => taken.Payload));
        Assert.All(_inbox.Taken, taken => Assert.Equal((Topic, (byte)1), (taken.Topic, taken.QualityOfService)));
    }

    [Fact]
    public async Task Source_connects_with_tls_and_refuses_a_broker_of_another_authority()
    {
        using var certificates = new TestCertificates();
        await using var broker = new MosquittoServer(Tls(certificates));
        await broker.StartAsync();
        MqttSourceOptions options = Options(broker) with { Tls = true, Authority = certificates.File("ca.crt") };
        await using Source source = await Source.StartAsync(options, _inbox);
        await using Source stranger = Source.Start(
            options with { Authority = certificates.File("other-ca.crt"), ClientId = "stranger" }, new RecordingInbox());

        await Tool.RunAsync(
            "mosquitto_pub",
            ["-h", "localhost", "-p", Text(broker.Port), "--cafile", certificates.File("ca.crt"), "-q", "1", "-t", Topic, "-m", "1"]);

        await _inbox.HasAsync(1);
        await stranger.FailedAsync();
        Assert.False(stranger.Client.IsConnected);
    }

    [Fact]
    public async Task Source_connects_with_mutual_tls_and_is_refused_without_a_certificate()
    {
        using var certificates = new TestCertificates();
        await using var broker = new MosquittoServer(
            Tls(certificates) + $"require_certificate true\nuse_identity_as_username true\n", anonymous: false);
        await broker.StartAsync();
        MqttSourceOptions options = Options(broker) with
        {
            Tls = true,
            Authority = certificates.File("ca.crt"),
            Certificate = certificates.File("client.crt"),
            CertificateKey = certificates.File("client.key"),
        };
        await using Source source = await Source.StartAsync(options, _inbox);
        await using Source without = Source.Start(
            options with { Certificate = null, CertificateKey = null, ClientId = "without" }, new RecordingInbox());

        await Tool.RunAsync(
            "mosquitto_pub",
            [
                "-h", "localhost", "-p", Text(broker.Port), "--cafile", certificates.File("ca.crt"), "--cert",
                certificates.File("client.crt"), "--key", certificates.File("client.key"), "-q", "1", "-t", Topic, "-m", "1",
            ]);

        await _inbox.HasAsync(1);
        await without.FailedAsync();
        Assert.False(without.Client.IsConnected);
    }

    [Fact]
    public async Task Source_logs_in_with_a_password_and_gets_what_the_access_list_lets_it_read()
    {
        await using var broker = new MosquittoServer("", anonymous: false);
        await using var guarded = new MosquittoServer(
            $"password_file {broker.Folder}/passwd\nacl_file {broker.Folder}/acl\n", anonymous: false);
        await broker.AddUserAsync("collector", "right");
        await broker.AddUserAsync("0024befffe804ff1", "board");
        await File.WriteAllTextAsync(
            Path.Combine(broker.Folder, "acl"),
            "user collector\ntopic read metering/v1/#\n\npattern write metering/v1/%u/#\n");
        await guarded.StartAsync();
        string secret = Path.Combine(broker.Folder, "secret");
        string wrong = Path.Combine(broker.Folder, "wrong");
        await File.WriteAllTextAsync(secret, "right\n");
        await File.WriteAllTextAsync(wrong, "wrong\n");
        MqttSourceOptions options = Options(guarded) with { UserName = "collector", PasswordFile = secret };
        await using Source source = await Source.StartAsync(options, _inbox);
        await using Source refused = Source.Start(
            options with { PasswordFile = wrong, ClientId = "refused" }, new RecordingInbox());

        // mosquitto drops what the list forbids; the board's own topic passes.
        string[] login = ["-h", "127.0.0.1", "-p", Text(guarded.Port), "-u", "0024befffe804ff1", "-P", "board", "-q", "1"];
        await Tool.RunAsync("mosquitto_pub", [.. login, "-t", "metering/v1/00000000000000ff/readings", "-m", "forged"]);
        await Tool.RunAsync("mosquitto_pub", [.. login, "-t", Topic, "-m", "own"]);

        await _inbox.HasAsync(1);
        Assert.Equal(["own"], _inbox.Taken.Select(taken => taken.Payload));
        await refused.FailedAsync();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Source_resumes_after_the_broker_was_killed_and_restarted(MqttProtocolVersion version)
    {
        await using var broker = new MosquittoServer();
        await broker.StartAsync();
        await using Source source = await Source.StartAsync(Options(broker) with { Version = version }, _inbox);
        await PublishAsync(broker, version, 1, 100);
        await _inbox.HasAllAsync(Payloads(1, 100));

        await broker.KillAsync();
        await broker.StartAsync();
        await PublishAsync(broker, version, 101, 100);

        await _inbox.HasAllAsync(Payloads(1, 200));
    }

    [Fact]
    public async Task Source_away_gets_what_the_broker_kept_for_it()
    {
        await using var broker = new MosquittoServer();
        await broker.StartAsync();
        await using (await Source.StartAsync(Options(broker), _inbox))
        {
        }

        await PublishAsync(broker, MqttProtocolVersion.V500, 1, 500);
        Assert.Empty(_inbox.Taken);
        await using Source back = await Source.StartAsync(Options(broker), _inbox);

        await _inbox.HasAllAsync(Payloads(1, 500));
    }

    [Fact]
    public async Task Message_that_the_store_cannot_take_is_not_acknowledged_and_comes_again()
    {
        await using var broker = new MosquittoServer();
        await broker.StartAsync();
        _inbox.Unavailable = 30;
        await using Source source = await Source.StartAsync(Options(broker), _inbox);

        await PublishAsync(broker, MqttProtocolVersion.V500, 1, 100);

        await _inbox.HasAllAsync(Payloads(1, 100));
    }

    [Fact]
    public async Task Two_collectors_of_one_group_share_the_messages()
    {
        await using var broker = new MosquittoServer();
        await broker.StartAsync();
        var other = new RecordingInbox();
        MqttSourceOptions options = Options(broker) with { ShareGroup = "collectors" };
        await using Source one = await Source.StartAsync(options with { ClientId = "one" }, _inbox);
        await using Source two = await Source.StartAsync(options with { ClientId = "two" }, other);

        await PublishAsync(broker, MqttProtocolVersion.V500, 1, 100);

        while (_inbox.Taken.Count + other.Taken.Count < 100)
        {
            await Task.Delay(5);
        }

        Assert.Equal(
            Payloads(1, 100).Order(StringComparer.Ordinal),
            _inbox.Taken.Concat(other.Taken).Select(taken => taken.Payload).Order(StringComparer.Ordinal));
        Assert.NotEmpty(_inbox.Taken);
        Assert.NotEmpty(other.Taken);
    }

    internal static IEnumerable<string> Payloads(int first, int count) =>
        Enumerable.Range(first, count).Select(number => number.ToString("d5", CultureInfo.InvariantCulture));

    /// <summary>Publishes numbered messages and publishes again what a broken connection left unanswered.</summary>
    internal static async Task PublishAsync(TestServer broker, MqttProtocolVersion version, int first, int count, string? user = null)
    {
        await using MqttClientConnection board = await MqttClientConnection.ConnectAsync(
            new()
            {
                Port = broker.Port,
                ProtocolVersion = version,
                ClientId = "board",
                UserName = user,
                Password = user is null ? null : System.Text.Encoding.UTF8.GetBytes(user),
            },
            CancellationToken.None);
        IEnumerable<Task<MqttReasonCode>> publishes = Payloads(first, count).Select(payload => board.PublishAsync(
            Topic, System.Text.Encoding.UTF8.GetBytes(payload), MqttQualityOfService.AtLeastOnce, false, CancellationToken.None));
        foreach (MqttReasonCode reason in await Task.WhenAll(publishes))
        {
            Assert.False(reason.IsFailure());
        }
    }

    internal static MqttSourceOptions Options(TestServer broker) => new()
    {
        Host = "127.0.0.1",
        Port = broker.Port,
        ClientId = "collector",
        RetryMin = TimeSpan.FromMilliseconds(50),
        RetryMax = TimeSpan.FromMilliseconds(500),
    };

    private static string Tls(TestCertificates certificates) =>
        $"cafile {certificates.File("ca.crt")}\ncertfile {certificates.File("server.crt")}\nkeyfile {certificates.File("server.key")}\ntls_version tlsv1.2\n";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>A running source.</summary>
    internal sealed class Source : IAsyncDisposable
    {
        private readonly MeterFactory _meters = new();
        private readonly CountingLogger _log = new();

        private Source(MqttSourceOptions options, RecordingInbox inbox) =>
            Client = new(options, inbox, TimeProvider.System, _meters, _log, () => 0.5);

        public MqttSourceClient Client { get; }

        public static Source Start(MqttSourceOptions options, RecordingInbox inbox)
        {
            var source = new Source(options, inbox);
            _ = source.Client.StartAsync(CancellationToken.None);
            return source;
        }

        public static async Task<Source> StartAsync(MqttSourceOptions options, RecordingInbox inbox)
        {
            Source source = Start(options, inbox);
            while (!source.Client.IsConnected)
            {
                await Task.Delay(5);
            }

            return source;
        }

        /// <summary>Waits until an attempt was given up.</summary>
        public async Task FailedAsync()
        {
            while (_log.Losses == 0)
            {
                await Task.Delay(5);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Client.StopAsync(CancellationToken.None);
            Client.Dispose();
            _meters.Dispose();
        }
    }

    private sealed class CountingLogger : Microsoft.Extensions.Logging.ILogger<MqttSourceClient>
    {
        private int _losses;

        public int Losses => Volatile.Read(ref _losses);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state,
            Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 1106)
            {
                Interlocked.Increment(ref _losses);
            }
        }
    }

    private sealed class MeterFactory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
