using System.CommandLine;
using System.Text;
using System.Text.Json;
using Metering.Collector.Hosting;
using Metering.Collector.Provisioning;
using Metering.Collector.Storage.Sqlite;
using Metering.Mqtt.Client;
using Metering.Mqtt.Protocol;
using Xunit;

namespace Metering.Collector.Tests.Provisioning;

/// <summary>A collector that listens beyond its machine lets in the boards that were provisioned, and nobody else.</summary>
public sealed class ProvisionedBoardLoginTests : IDisposable
{
    private const string Eui = "240ac4fffe804ff1";

    private readonly string _data = Directory.CreateTempSubdirectory("metering-login-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Provisioned_board_connects_until_it_is_revoked_and_strangers_never()
    {
        await RunAsync("board", "24:0A:C4:80:4F:F1", "--auth", "password", "--broker", "mqtt://h");
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_data, "boards", Eui, "settings.json")));
        var password = settings.RootElement.GetProperty("broker").GetProperty("password").GetString()!;
        var closed = new CollectorSettings { Mqtt = new MqttSettings { Port = 0 }, Http = new HttpSettings { Port = -1 } };
        await using var database = await SqliteDatabase.OpenAsync(_data, TimeProvider.System, CancellationToken.None);
        await using var host = CollectorHost.Create(closed, database, TimeProvider.System);
        await host.StartAsync(CancellationToken.None);

        await using (await ConnectAsync(host.Mqtt!.Port, Eui, password))
        {
        }

        Assert.Equal(MqttReasonCode.NotAuthorized, await RefusalAsync(host.Mqtt!.Port, Eui, "wrong"));
        Assert.Equal(MqttReasonCode.NotAuthorized, await RefusalAsync(host.Mqtt!.Port, null, null));
        await RunAsync("revoke", Eui);
        Assert.Equal(MqttReasonCode.NotAuthorized, await RefusalAsync(host.Mqtt!.Port, Eui, password));
    }

    [Fact]
    public async Task Technician_logs_in_until_revoked()
    {
        await RunAsync("technician", "anne");
        var password = (await File.ReadAllTextAsync(Path.Combine(_data, "technicians", "technician-anne.txt"))).Trim();
        var boards = new BoardCredentialFile(_data);

        Assert.Equal("technician-anne", boards.ByPassword("technician-anne", Encoding.ASCII.GetBytes(password)));
        await RunAsync("revoke", "technician-anne");
        Assert.Null(boards.ByPassword("technician-anne", Encoding.ASCII.GetBytes(password)));
    }

    [Theory]
    [InlineData("technician-anne", true)]
    [InlineData("technician-", false)]
    [InlineData("technician-Anne", false)]
    [InlineData("technician-a/b", false)]
    [InlineData("240ac4fffe804ff1", false)]
    public void Technicians_name_is_never_a_boards(string name, bool technician) =>
        Assert.Equal(technician, TechnicianAccess.IsName(name));

    [Theory]
    [InlineData("metering/v1/240ac4fffe804ff1/config", true)]
    [InlineData("metering/v1/240ac4fffe804ff1/command", true)]
    [InlineData("metering/v1/240ac4fffe804ff1/readings", false)]
    [InlineData("metering/v1/240ac4fffe804ff1/status", false)]
    [InlineData("metering/v1/240ac4fffe804ff1/x/config", false)]
    [InlineData("metering/v1//config", false)]
    [InlineData("elsewhere/config", false)]
    public void Technician_speaks_to_boards_and_never_for_them(string topic, bool allowed) =>
        Assert.Equal(allowed, new TechnicianAccess().MayPublish(topic));

    [Theory]
    [InlineData("metering/v1/#", true)]
    [InlineData("metering/v1/+/readings", true)]
    [InlineData("homeassistant/#", true)]
    [InlineData("#", false)]
    [InlineData("$SYS/#", false)]
    public void Technician_listens_to_all_boards(string filter, bool allowed) =>
        Assert.Equal(allowed, new TechnicianAccess().MaySubscribe(filter));

    private static async Task<MqttReasonCode> RefusalAsync(int port, string? user, string? password) =>
        (await Assert.ThrowsAsync<MqttConnectionException>(() => ConnectAsync(port, user, password))).Reason;

    private static Task<MqttClientConnection> ConnectAsync(int port, string? user, string? password) =>
        MqttClientConnection.ConnectAsync(
            new MqttClientOptions
            {
                Port = port,
                ClientId = Eui,
                UserName = user,
                Password = password is null ? null : Encoding.UTF8.GetBytes(password),
            },
            CancellationToken.None);

    private async Task RunAsync(params string[] arguments) =>
        Assert.Equal(0, await ProvisionCommand.Create().Parse([.. arguments, "--data", _data])
            .InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null }));
}
