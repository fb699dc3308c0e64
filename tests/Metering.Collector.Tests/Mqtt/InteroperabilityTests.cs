using System.Globalization;
using Metering.Mqtt.Protocol;
using Xunit;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>
/// The endpoint with clients of other authors: mosquitto_pub and mosquitto_sub, and MQTT.js as tests/interop/package-lock.json
/// locks it; 3.1.1 and 5, plain and TLS.
/// </summary>
public sealed class InteroperabilityTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly RecordingInbox _inbox = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("311", false)]
    [InlineData("5", false)]
    [InlineData("311", true)]
    [InlineData("5", true)]
    public async Task Mosquitto_clients_publish_at_every_qos_and_subscribe(string version, bool secure)
    {
        await using EndpointHost host = await EndpointHost.StartAsync(_inbox, _certificates);
        string[] common =
        [
            "-h", "localhost", "-p", Text(secure ? host.SecurePort : host.Port), "-V", version == "5" ? "mqttv5" : "mqttv311",
            .. secure ? (string[])["--cafile", _certificates.File("ca.crt")] : [],
        ];
        await Tool.RunAsync("mosquitto_pub", [.. common, "-t", "m/0/r", "-q", "1", "-r", "-m", "retained"]);
        Task<string> subscriber = Tool.RunAsync(
            "mosquitto_sub", [.. common, "-t", "m/+/r", "-t", "probe", "-q", "1", "-C", "5", "-W", "50", "-F", "%t %p %q"]);
        while (host.Endpoint.Publish("probe", "here"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: false) == 0)
        {
            Assert.False(subscriber.IsCompleted, "mosquitto_sub ended before it subscribed");
            await Task.Delay(5);
        }

        for (int qos = 0; qos <= 2; qos++)
        {
            await Tool.RunAsync("mosquitto_pub", [.. common, "-t", "m/1/r", "-q", Text(qos), "-m", $"qos{qos}"]);
        }

        await _inbox.HasAsync(4);
        Assert.Equal(["retained", "qos0", "qos1", "qos2"], _inbox.Taken.Select(taken => taken.Payload));
        Assert.Equal([1, 0, 1, 2], _inbox.Taken.Select(taken => (int)taken.QualityOfService));

        string[] received = (await subscriber).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["m/0/r retained 1", "m/1/r qos0 0", "m/1/r qos1 1", "m/1/r qos2 1", "probe here 1"], received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mosquitto_pub_pipes_20_000_lines_at_qos_1_and_none_is_lost_or_doubled()
    {
        await using EndpointHost host = await EndpointHost.StartAsync(_inbox, _certificates);
        string[] lines = [.. Enumerable.Range(1, 20_000).Select(Text)];

        await Tool.RunAsync(
            "mosquitto_pub", ["-h", "127.0.0.1", "-p", Text(host.Port), "-t", "m", "-q", "1", "-l"],
            string.Join('\n', lines) + "\n");

        Assert.Equal(lines, _inbox.Taken.Select(taken => taken.Payload));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public async Task Mqtt_js_runs_its_whole_script_against_the_endpoint(int version, bool secure)
    {
        await using EndpointHost host = await EndpointHost.StartAsync(_inbox, _certificates);
        string folder = InteropFolder();
        string url = secure ? $"mqtts://localhost:{host.SecurePort}" : $"mqtt://127.0.0.1:{host.Port}";

        string output = await Tool.RunAsync(
            "node", ["client.mjs", url, Text(version), _certificates.File("ca.crt")], folder: folder);

        Assert.Equal("all passed", output.Trim().Split('\n')[^1]);
        Assert.Equal(200, _inbox.Taken.Count(taken => taken.Topic == "m/1/r"));
    }

    [Fact]
    public async Task Mosquitto_clients_with_a_certificate_of_another_authority_get_no_connection()
    {
        await using EndpointHost host = await EndpointHost.StartAsync(_inbox, _certificates);
        string[] common = ["-h", "localhost", "-p", Text(host.SecurePort), "--cafile", _certificates.File("ca.crt"), "-t", "m", "-m", "x", "-q", "1"];

        await Tool.RunAsync(
            "mosquitto_pub", [.. common, "--cert", _certificates.File("client.crt"), "--key", _certificates.File("client.key")]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Tool.RunAsync(
            "mosquitto_pub", [.. common, "--cert", _certificates.File("stranger.crt"), "--key", _certificates.File("stranger.key")]));

        Assert.Single(_inbox.Taken);
    }

    private static string InteropFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "tests", "interop")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new DirectoryNotFoundException("tests/interop"), "tests", "interop");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
