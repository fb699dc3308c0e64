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
