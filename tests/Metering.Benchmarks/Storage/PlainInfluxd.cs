using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Metering.Benchmarks.Storage;

/// <summary>The real influxd on loopback, without authentication and TLS; ends with the run, by its process id.</summary>
internal sealed class PlainInfluxd : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private const int PollsMax = 600;

    private readonly Process process;

    private PlainInfluxd(Process process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    internal Uri Url { get; }

    /// <summary>Processor time that it has used.</summary>
    internal double CpuSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    internal static async Task<PlainInfluxd> StartAsync(string directory)
    {
        var (port, rpc) = (FreePort(), FreePort());
        var file = Path.Combine(directory, "influxdb.conf");
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{rpc}"
            [meta]
              dir = "{directory}/meta"
            [data]
              dir = "{directory}/data"
              wal-dir = "{directory}/wal"
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [logging]
              level = "error"
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            """));
        var process = Process.Start(new ProcessStartInfo("influxd", ["run", "-config", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new PlainInfluxd(process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
        using var client = new HttpClient();
        for (var poll = 0; ; poll++)
        {
            try
            {
                using var pong = await client.GetAsync(new Uri(server.Url, "ping"));
                return server;
            }
            catch (HttpRequestException) when (poll < PollsMax && !process.HasExited)
            {
                await Task.Delay(PollInterval);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
