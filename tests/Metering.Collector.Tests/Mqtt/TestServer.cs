using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>A server process on loopback with a folder of its own, ended by its id.</summary>
internal abstract class TestServer : IAsyncDisposable
{
    private Process? _process;

    protected TestServer() => Folder = Directory.CreateTempSubdirectory("metering-mqtt-").FullName;

    /// <summary>Data, configuration and certificates of this server.</summary>
    public string Folder { get; }

    public abstract int Port { get; }

    protected abstract TimeSpan StartTimeout { get; }

    /// <summary>Starts the process and waits until its port accepts.</summary>
    public async Task StartAsync()
    {
        ProcessStartInfo start = Describe();
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        var errors = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        _process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            if (_process.HasExited || timeout.IsCancellationRequested)
            {
                throw new InvalidOperationException($"{start.FileName} did not start: {string.Join('\n', errors)}");
            }

            try
            {
                using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>kill -9 of the process and its children.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    protected abstract ProcessStartInfo Describe();
}
