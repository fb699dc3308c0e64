using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>
/// kill -9 of the built collector under load: 50 connections with 20 messages in flight each. Five times here; by hand
/// TEST_KILLS=50 in the environment makes it fifty (METERING_ names are settings of the collector).
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Connections = 50;
    private const int Window = 20;

    [Fact]
    public async Task Every_message_acknowledged_before_a_kill_is_in_the_store_once()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("TEST_KILLS"), CultureInfo.InvariantCulture, out int asked)
            ? asked : 5;
        string folder = Directory.CreateTempSubdirectory("metering-kill-").FullName;
        try
        {
            var acknowledged = new ConcurrentBag<(int Board, long Sequence)>();
            var next = new long[Connections];
            for (int round = 0; round < kills; round++)
            {
                int before = acknowledged.Count;
                (Process collector, int port) = await StartAsync(folder);
                using Process ended = collector;
                Task[] boards = [.. Enumerable.Range(0, Connections).Select(board =>
                    Task.Run(() => PublishAsync(port, board, next, acknowledged)))];

                // Not a time but an amount: the kill hits a different instant of the writer's cycle in each round.
                int target = before + 5_000 + (round * 977);
                while (acknowledged.Count < target)
                {
                    await Task.Delay(1);
                    Assert.False(collector.HasExited, "the collector ended by itself");
                }

                collector.Kill();
                await collector.WaitForExitAsync();
                await Task.WhenAll(boards);
                output.WriteLine($"round {round + 1}: {acknowledged.Count - before} acknowledged before the kill");
            }

            Dictionary<(string Board, long Sequence), long> stored = await StoredAsync(folder);
            string[] lost = [.. acknowledged.Select(message => (Board: BoardName(message.Board), message.Sequence))
                .Where(message => stored.GetValueOrDefault(message) != 1)
                .Select(message => $"{message.Board}/{message.Sequence}: {stored.GetValueOrDefault(message)} times")];
            output.WriteLine($"{acknowledged.Count} acknowledged, {stored.Count} stored, {lost.Length} wrong");
            Assert.Empty(lost);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Publishes until the connection breaks; a message counts as acknowledged when its PUBACK was read.</summary>
    private static async Task PublishAsync(int port, int board, long[] next, ConcurrentBag<(int Board, long Sequence)> acknowledged)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            byte[] clientId = Encoding.ASCII.GetBytes(BoardName(board));
            await socket.SendAsync((byte[])
            [
                0x10, (byte)(12 + clientId.Length), 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0,
                0, (byte)clientId.Length, .. clientId,
            ]);
            var input = new byte[4096];
            int carried = 0;
            while (carried < 4)
            {
                int read = await socket.ReceiveAsync(input.AsMemory(carried));
                carried += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
            }

            carried -= 4;
            input.AsSpan(4, carried).CopyTo(input);
            var sequences = new long[ushort.MaxValue + 1];
            ushort packetId = 0;
            int owed = Window;
            while (true)
            {
                using var batch = new MemoryStream();
                for (; owed > 0; owed--)
                {
                    packetId = packetId == ushort.MaxValue ? (ushort)1 : (ushort)(packetId + 1);
                    sequences[packetId] = ++next[board];
                    batch.Write(Publish(board, packetId, sequences[packetId]));
                }

                await socket.SendAsync(batch.ToArray());
                int got = await socket.ReceiveAsync(input.AsMemory(carried));
                if (got == 0)
                {
                    return;
                }

                carried += got;
                int at = 0;
                for (; at + 4 <= carried; at += 4, owed++)
                {
                    Assert.Equal(0x40, input[at]);
                    acknowledged.Add((board, sequences[BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 2))]));
                }

                carried -= at;
                input.AsSpan(at, carried).CopyTo(input);
            }
        }
        catch (SocketException)
        {
            // The kill.
        }
    }

    private static byte[] Publish(int board, ushort packetId, long sequence)
    {
        string name = BoardName(board);
        byte[] topic = Encoding.ASCII.GetBytes($"metering/v1/{name}/readings");
        byte[] payload = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"[{{\"bn\":\"urn:dev:mac:{name}:\",\"bt\":{1_600_000_200 + (sequence * 600)},\"n\":\"seq\",\"u\":\"count\",\"v\":{sequence}}},{{\"n\":\"boot\",\"u\":\"count\",\"v\":1}},{{\"n\":\"up\",\"u\":\"s\",\"v\":{sequence * 600}}},{{\"n\":\"clk\",\"v\":2}},{{\"n\":\"ch1\",\"u\":\"count\",\"v\":{sequence * 3}}}]"));
        int length = 2 + topic.Length + 2 + payload.Length;
        return
        [
            0x32, (byte)((length & 0x7F) | 0x80), (byte)(length >> 7), 0, (byte)topic.Length, .. topic,
            (byte)(packetId >> 8), (byte)packetId, .. payload,
        ];
    }

    private static string BoardName(int board) => string.Create(CultureInfo.InvariantCulture, $"0224befffe{board:x6}");

    private static async Task<(Process Collector, int Port)> StartAsync(string folder)
    {
        string settings = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(settings, """{"Mqtt":{"Port":0,"Anonymous":true},"Http":{"Port":-1}}""");
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "metering.dll"), "serve", "--data", Path.Combine(folder, "data"), "--config", settings])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string? ready = await process.StandardOutput.ReadLineAsync();
        Assert.StartsWith("ready ", ready ?? "(nothing)", StringComparison.Ordinal);
        return (process, int.Parse(ready!.Split(' ')[1].Split(':')[^1], CultureInfo.InvariantCulture));
    }

    /// <summary>Reads the file itself, past the product's own queries: how often each sample is in it.</summary>
    private static async Task<Dictionary<(string Board, long Sequence), long>> StoredAsync(string folder)
    {
        string file = Path.Combine(folder, "data", "metering.db");
        await using var database = new SqliteConnection($"Data Source={file};Pooling=False");
        await database.OpenAsync();
        await using SqliteCommand check = database.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await check.ExecuteScalarAsync());
        await using SqliteCommand query = database.CreateCommand();
        query.CommandText =
            "SELECT board.eui, sample.seq, count(*) FROM sample JOIN board ON board.id = sample.board_id GROUP BY 1, 2";
        await using SqliteDataReader row = await query.ExecuteReaderAsync();
        var stored = new Dictionary<(string Board, long Sequence), long>();
        while (await row.ReadAsync())
        {
            stored.Add((row.GetString(0), row.GetInt64(1)), row.GetInt64(2));
        }

        return stored;
    }
}
