using System.Diagnostics;
using System.Globalization;
using System.Text;
using Metering.Collector.Storage.Sqlite;
using Metering.Mqtt.Client;
using Metering.Mqtt.Protocol;
using Xunit;

namespace Metering.Collector.Tests.Storage;

/// <summary>The built collector on a disk that takes no more: what it acknowledged is there, the rest is not acknowledged.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Board = "0224befffe000001";
    private const int LogKibibytes = 600; // some fifty commits of one message
    private const int MessagesMax = 5000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_collector_on_a_full_disk_acknowledges_nothing_keeps_what_it_had_and_goes_on_when_there_is_room()
    {
        long acknowledged = 0;
        var (full, port) = await StartAsync(LogKibibytes);
        using (full)
        {
            await using (var board = await ConnectAsync(port))
            {
                await Assert.ThrowsAsync<MqttConnectionException>(async () =>
                {
                    while (acknowledged < MessagesMax)
                    {
                        await PublishAsync(board, acknowledged + 1);
                        acknowledged++;
                    }
                });
            }

            // It stays up, lets the board in again, and still does not acknowledge.
            await using (var again = await ConnectAsync(port))
            {
                await Assert.ThrowsAsync<MqttConnectionException>(() => PublishAsync(again, acknowledged + 1));
            }

            Assert.False(full.HasExited);
            await EndAsync(full);
        }

        Assert.InRange(acknowledged, 10, MessagesMax - 1);
        Assert.InRange(await StoredAsync(), acknowledged, acknowledged + 1); // the one that failed may have been written whole

        var (roomy, freePort) = await StartAsync(null);
        using (roomy)
        {
            await using (var board = await ConnectAsync(freePort))
            {
                for (var sequence = acknowledged + 1; sequence <= acknowledged + 20; sequence++)
                {
                    Assert.Equal(MqttReasonCode.Success, await PublishAsync(board, sequence));
                }
            }

            await EndAsync(roomy);
        }

        Assert.Equal(acknowledged + 20, await StoredAsync());
    }

    private async Task<long> StoredAsync()
    {
        await using var database = await SqliteDatabase.OpenAsync(folder.File("data"), TimeProvider.System, default);
        var store = new SqliteReadingStore(database);
        var statistics = await store.StatisticsAsync(new(Board, "ch1"), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, default);
        return statistics.Count;
    }

    private async Task<(Process Collector, int Port)> StartAsync(int? kibibytes)
    {
        await File.WriteAllTextAsync(folder.File("settings.json"), """{"Mqtt":{"Port":0,"Anonymous":true},"Http":{"Port":-1}}""");
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "metering.dll"), "serve", "--data", folder.File("data"), "--config", folder.File("settings.json")];
        var start = kibibytes is { } limit ? FileSizeLimit.Of(limit, "dotnet", arguments) : new ProcessStartInfo("dotnet", arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // The runtime's own code pages are a file in memory that the limit would hit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync() ?? "(nothing)";
        Assert.StartsWith("ready ", ready, StringComparison.Ordinal);
        return (process, int.Parse(ready.Split(' ')[1].Split(':')[^1], CultureInfo.InvariantCulture));
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static Task<MqttClientConnection> ConnectAsync(int port) =>
        MqttClientConnection.ConnectAsync(new MqttClientOptions { Port = port, ClientId = Board }, default);

    private static Task<MqttReasonCode> PublishAsync(MqttClientConnection board, long sequence)
    {
        var payload = string.Create(
            CultureInfo.InvariantCulture,
            $$"""[{"bn":"urn:dev:mac:{{Board}}:","bt":{{1_600_000_200 + (sequence * 600)}},"n":"seq","u":"count","v":{{sequence}}},{"n":"boot","u":"count","v":1},{"n":"up","u":"s","v":{{sequence * 600}}},{"n":"clk","v":2},{"n":"ch1","u":"count","v":{{sequence * 3}}}]""");
        return board.PublishAsync($"metering/v1/{Board}/readings", Encoding.UTF8.GetBytes(payload), MqttQualityOfService.AtLeastOnce, false, default);
    }
}
