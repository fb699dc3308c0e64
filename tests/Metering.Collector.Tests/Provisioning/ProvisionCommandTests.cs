using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Provisioning;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Firmware.Settings;
using Xunit;

namespace Metering.Collector.Tests.Provisioning;

/// <summary>What <c>metering provision</c> writes, keeps and refuses.</summary>
public sealed class ProvisionCommandTests : IDisposable
{
    private const string Mac = "24:0A:C4:80:4F:F1";
    private const string Eui = "240ac4fffe804ff1";

    private readonly string _data = Directory.CreateTempSubdirectory("metering-provision-").FullName;
    private readonly FixedTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Board_with_certificate_gets_a_chain_that_verifies_and_is_let_in_until_revoked()
    {
        Assert.Equal(ExitCode.Done, (await RunAsync("ca", "--server", "collector.example", "10.0.0.5")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("board", Mac, "--point", "cooling", "--broker", "mqtts://collector.example")).Code);

        var pem = File.ReadAllText(BoardFile(BoardFolder.CertificateFile));
        using var certificate = X509Certificate2.CreateFromPem(pem, pem);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_data, "authority", "ca.pem"));
        Assert.Equal(Eui, certificate.GetNameInfo(X509NameType.SimpleName, false));
        Assert.True(Verifies(certificate, authority, "1.3.6.1.5.5.7.3.2"));
        var credentials = new BoardCredentialFile(_data);
        Assert.Equal(Eui, credentials.ByCertificate(certificate));

        Assert.Equal(ExitCode.Done, (await RunAsync("revoke", Mac)).Code);

        Assert.Null(credentials.ByCertificate(certificate));
    }

    [Fact]
    public async Task Replaced_certificate_lets_nobody_in_any_more()
    {
        await RunAsync("ca");
        await RunAsync("board", Mac, "--broker", "mqtts://collector.example");
        var pem = File.ReadAllText(BoardFile(BoardFolder.CertificateFile));
        using var old = X509Certificate2.CreateFromPem(pem, pem);

        Assert.Equal(ExitCode.Done, (await RunAsync("board", Mac, "--broker", "mqtts://collector.example", "--force")).Code);

        Assert.Null(new BoardCredentialFile(_data).ByCertificate(old));
    }

    [Fact]
    public async Task Endpoint_certificate_names_each_host_and_address()
    {
        await RunAsync("ca", "--server", "collector.example", "10.0.0.5");

        using var server = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_data, "authority", "server.pem"));
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_data, "authority", "ca.pem"));
        Assert.True(server.MatchesHostname("collector.example"));
        Assert.True(server.MatchesHostname("10.0.0.5"));
        Assert.False(server.MatchesHostname("other.example"));
        Assert.True(Verifies(server, authority, "1.3.6.1.5.5.7.3.1"));
    }

    [Fact]
    public async Task Board_with_password_is_let_in_by_it_alone_and_the_table_does_not_hold_it()
    {
        Assert.Equal(ExitCode.Done, (await RunAsync("board", Mac, "--auth", "password", "--broker", "mqtt://10.0.0.5:1884", "--point", "a", "b", "--pulse-weight", "10", "2.5", "--start", "1234", "0")).Code);

        using var settings = JsonDocument.Parse(File.ReadAllBytes(BoardFile(BoardFolder.SettingsFile)));
        var broker = settings.RootElement.GetProperty("broker");
        var password = broker.GetProperty("password").GetString()!;
        Assert.Equal(Eui, settings.RootElement.GetProperty("board").GetString());
        Assert.Equal(("10.0.0.5", 1884, false), (broker.GetProperty("host").GetString(), broker.GetProperty("port").GetInt32(), broker.GetProperty("tls").GetBoolean()));
        var channels = settings.RootElement.GetProperty("channels");
        Assert.Equal([10m, 2.5m], channels.EnumerateArray().Select(c => c.GetProperty("wh").GetDecimal()));
        Assert.Equal([1234L, 0L], channels.EnumerateArray().Select(c => c.GetProperty("start").GetInt64()));
        var credentials = new BoardCredentialFile(_data);
        Assert.Equal(Eui, credentials.ByPassword(Eui, Encoding.UTF8.GetBytes(password)));
        Assert.Null(credentials.ByPassword(Eui, Encoding.UTF8.GetBytes(password + "x")));
        Assert.Null(credentials.ByPassword("240ac4fffe804ff2", Encoding.UTF8.GetBytes(password)));
        Assert.DoesNotContain(password, File.ReadAllText(Path.Combine(_data, BoardCredentialFile.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wifi_goes_into_the_network_document_and_never_onto_the_command_line()
    {
        var file = Path.Combine(_data, "wifi.txt");
        await File.WriteAllTextAsync(file, "a long password é\"\\\nsecond line\n");

        Assert.Equal(ExitCode.Done, (await RunAsync("board", Mac, "--auth", "password", "--broker", "mqtt://h", "--ssid", "Résidence", "--wifi-password-file", file)).Code);

        using var network = JsonDocument.Parse(File.ReadAllBytes(BoardFile(BoardFolder.NetworkFile)));
        var wifi = network.RootElement.GetProperty("WirelessClient");
        Assert.Equal("Résidence", wifi.GetProperty("Ssid").GetString());
        Assert.Equal("a long password é\"\\", wifi.GetProperty("Password").GetString());
        Assert.Equal("WPA2", wifi.GetProperty("Authentication").GetString());
        Assert.False(network.RootElement.TryGetProperty("CACertificatesPath", out _));
    }

    [Fact]
    public async Task Secrets_can_be_read_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await RunAsync("ca");
        await RunAsync("board", Mac, "--broker", "mqtts://collector.example");

        foreach (var file in Directory.GetFiles(_data, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Nothing_is_overwritten_without_force()
    {
        await RunAsync("ca");
        await RunAsync("board", Mac, "--broker", "mqtts://collector.example");
        var before = Directory.GetFiles(_data, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);

        var authority = await RunAsync("ca");
        var board = await RunAsync("board", Mac, "--broker", "mqtts://collector.example");

        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (authority.Code, board.Code));
        Assert.Contains("Give --force", authority.Error, StringComparison.Ordinal);
        Assert.Contains("give --force", board.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(_data, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText));
    }

    [Theory]
    [InlineData("MAC: 'nonsense' was given; allowed is the board's MAC address such as 24:0A:C4:80:4F:F1, or its EUI-64 such as 240ac4fffe804ff1.", "nonsense", "--broker", "mqtt://h", "--auth", "password")]
    [InlineData("MAC: '01:00:5e:00:00:01' is a group address; allowed is the address of one board.", "01:00:5e:00:00:01", "--broker", "mqtt://h", "--auth", "password")]
    [InlineData("--broker: 'http://h' was given; allowed is mqtt://HOST[:PORT] or mqtts://HOST[:PORT].", Mac, "--broker", "http://h")]
    [InlineData("--broker: 'mqtt://h:1883' was given; with --auth certificate it begins with mqtts://.", Mac, "--broker", "mqtt://h")]
    [InlineData("--auth: 'none' was given; allowed are certificate and password.", Mac, "--broker", "mqtt://h", "--auth", "none")]
    [InlineData("--pulse-weight: 2 were given for 1 points; give one a point, in the same order, or none.", Mac, "--broker", "mqtt://h", "--auth", "password", "--point", "a", "--pulse-weight", "1", "2")]
    [InlineData("--pulse-weight: 0 was given; allowed are 0.001 to 1000 Wh.", Mac, "--broker", "mqtt://h", "--auth", "password", "--point", "a", "--pulse-weight", "0")]
    [InlineData("--start: -1 was given; allowed is a count of pulses, 0 or more.", Mac, "--broker", "mqtt://h", "--auth", "password", "--point", "a", "--start", "-1")]
    public async Task Bad_input_ends_with_code_2_and_one_line_that_says_what_is_allowed(string message, params string[] arguments)
    {
        var result = await RunAsync(["board", .. arguments]);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Equal("board: " + message, result.Error.TrimEnd());
        Assert.Empty(Directory.GetFileSystemEntries(_data));
    }

    [Fact]
    public async Task List_names_each_board_once_with_its_state()
    {
        await RunAsync("board", Mac, "--auth", "password", "--broker", "mqtt://h", "--point", "cooling");
        await RunAsync("board", "24:0A:C4:80:4F:F2", "--auth", "password", "--broker", "mqtt://h");
        await RunAsync("revoke", "240ac4fffe804ff2");

        using var list = JsonDocument.Parse((await RunAsync("list", "--json")).Output);

        Assert.Equal([Eui, "240ac4fffe804ff2"], list.RootElement.EnumerateArray().Select(b => b.GetProperty("board").GetString()));
        Assert.Equal(["2026-03-01T12:00:00+00:00"], list.RootElement.EnumerateArray().Select(b => b.GetProperty("revoked").GetString()).OfType<string>());
        Assert.Contains("240ac4fffe804ff2  password     2026-03-01  revoked 2026-03-01", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 8)]
    [InlineData(2_147_483_647, 1_073_741_823)]
    public async Task Board_that_the_store_knows_numbers_its_boots_above_those_it_delivered(long highest, int floor)
    {
        var at = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        await using (var database = await SqliteDatabase.OpenAsync(_data, _time, CancellationToken.None))
        {
            await new SqliteReadingStore(database).AppendAsync(
                [Samples.Of(3, 1, at, board: Eui), Samples.Undated(highest, 1, 600) with { Board = Eui }, Samples.Of(2_000, 1, at)], CancellationToken.None);
        }

        await RunAsync("board", Mac, "--auth", "password", "--broker", "mqtt://h");

        // Read by the firmware itself: its own limit on the floor counts.
        var document = File.ReadAllBytes(BoardFile(BoardFolder.SettingsFile));
        var reader = new SettingsReader();
        var settings = reader.Read(document, document.Length);
        Assert.Null(reader.Error);
        Assert.Equal(floor, settings.BootFloor);
    }

    [Fact]
    public async Task Board_that_the_store_does_not_know_begins_with_its_first_boot()
    {
        await using (var database = await SqliteDatabase.OpenAsync(_data, _time, CancellationToken.None))
        {
            await new SqliteReadingStore(database).AppendAsync([Samples.Of(9, 1, _time.GetUtcNow())], CancellationToken.None);
        }

        await RunAsync("board", Mac, "--auth", "password", "--broker", "mqtt://h");

        using var settings = JsonDocument.Parse(File.ReadAllBytes(BoardFile(BoardFolder.SettingsFile)));
        Assert.False(settings.RootElement.TryGetProperty("bootFloor", out _));
    }

    [Fact]
    public async Task Damaged_table_is_refused_by_name_and_not_overwritten()
    {
        var table = Path.Combine(_data, BoardCredentialFile.FileName);
        await File.WriteAllTextAsync(table, "[{\"board\":");

        var result = await RunAsync("board", Mac, "--auth", "password", "--broker", "mqtt://h");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(table + ": cannot be understood", result.Error, StringComparison.Ordinal);
        Assert.Equal("[{\"board\":", await File.ReadAllTextAsync(table));
    }

    private static bool Verifies(X509Certificate2 certificate, X509Certificate2 authority, string purpose)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(purpose));
        chain.ChainPolicy.VerificationTime = new DateTime(2028, 3, 1);
        return chain.Build(certificate);
    }

    private string BoardFile(string name) => Path.Combine(_data, "boards", Eui, name);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] data = ["--data", _data];
        var code = await ProvisionCommand.Create(_time).Parse([.. arguments, .. data])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
