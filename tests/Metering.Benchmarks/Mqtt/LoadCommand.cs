using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Metering.Benchmarks.Mqtt;

/// <summary>Runs the load generator and prints what it saw.</summary>
internal static class LoadCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (LoadOptions.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(LoadOptions.Usage);
            return 2;
        }

        ServerProcess? server = options.ProcessId > 0 ? new(options.ProcessId) : null;
        double idleBytes = 0;
        var idle = new List<Socket>();
        if (options.Idle > 0)
        {
            idleBytes = await OpenIdleAsync(options, server, idle);
        }

        LoadConnection[] connections =
            [.. Enumerable.Range(1, options.Connections).Select(number => new LoadConnection(number, options))];
        foreach (LoadConnection connection in connections)
        {
            await connection.ConnectAsync();
        }

        Task[] running = [.. connections.Select(connection => Task.Run(connection.RunAsync))];
        await Task.WhenAny(Task.WhenAny(running), Task.Delay(TimeSpan.FromSeconds(options.WarmUpSeconds)));
        Array.ForEach(connections, connection => connection.Measuring = true);
        double cpuBefore = server?.CpuSeconds() ?? 0;
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAny(Task.WhenAny(running), Task.Delay(TimeSpan.FromSeconds(options.Seconds)));
        Array.ForEach(connections, connection => connection.Measuring = false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double cpu = (server?.CpuSeconds() ?? 0) - cpuBefore;
        Array.ForEach(connections, connection => connection.Stopping = true);
        await Task.WhenAll(running);

        var latency = new LatencyHistogram();
        Array.ForEach(connections, connection => latency.Add(connection.Latency));
        Print(options, latency, seconds, cpu, server?.ResidentBytes() ?? 0, idleBytes);
        Array.ForEach(connections, connection => connection.Dispose());
        idle.ForEach(socket => socket.Dispose());
        return 0;
    }

    /// <summary>Opens connections that only stay; answers the growth of the server's resident set per connection, bytes.</summary>
    private static async Task<double> OpenIdleAsync(LoadOptions options, ServerProcess? server, List<Socket> idle)
    {
        long before = server?.ResidentBytes() ?? 0;
        for (int i = 0; i < options.Idle; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(options.Host, options.Port);
            byte[] clientId = System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"idle{i:d6}"));
            await socket.SendAsync((byte[])
            [
                0x10, (byte)(12 + clientId.Length), 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0,
                0, (byte)clientId.Length, .. clientId,
            ]);
            var answer = new byte[4];
            if (await socket.ReceiveAsync(answer) != 4 || answer[3] != 0)
            {
                throw new IOException($"idle connection {i} was refused");
            }

            idle.Add(socket);
        }

        // Let a garbage-collected server settle before its memory is read.
        await Task.Delay(TimeSpan.FromSeconds(5));
        return ((server?.ResidentBytes() ?? 0) - before) / (double)options.Idle;
    }

    private static void Print(
        LoadOptions options, LatencyHistogram latency, double seconds, double cpuSeconds, long residentBytes, double idleBytes)
    {
        double rate = latency.Count / seconds;
        double microseconds = latency.Count == 0 ? 0 : cpuSeconds * 1e6 / latency.Count;
        FormattableString line = options.Json
            ? (FormattableString)$"{{\"connections\":{options.Connections},\"window\":{options.Window},\"messages\":{latency.Count},\"messagesPerSecond\":{rate:f0},\"p50Milliseconds\":{latency.Milliseconds(0.5):f2},\"p99Milliseconds\":{latency.Milliseconds(0.99):f2},\"serverCpuMicrosecondsPerMessage\":{microseconds:f1},\"serverResidentMiB\":{residentBytes / 1048576.0:f0},\"idleConnections\":{options.Idle},\"idleKiBPerConnection\":{idleBytes / 1024:f1}}}"
            : (FormattableString)$"{options.Connections} x {options.Window}: {latency.Count} messages, {rate:f0}/s, PUBACK p50 {latency.Milliseconds(0.5):f2} ms p99 {latency.Milliseconds(0.99):f2} ms, server {microseconds:f1} us CPU/message, {residentBytes / 1048576.0:f0} MiB resident, {options.Idle} idle connections at {idleBytes / 1024:f1} KiB";
        Console.WriteLine(FormattableString.Invariant(line));
    }
}
