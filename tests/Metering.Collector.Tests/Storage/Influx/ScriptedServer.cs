using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>An HTTP server on loopback that answers what the script says, in order, and keeps what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<Request, Answer> script;
    private readonly Task loop;

    internal ScriptedServer(Func<Request, Answer> script)
    {
        this.script = script;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        listener.Prefixes.Add(Url.ToString());
        listener.Start();
        loop = RunAsync();
    }

    internal Uri Url { get; }

    internal ConcurrentQueue<Request> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
        listener.Close();
    }

    private async Task RunAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var request = await ReadAsync(context.Request);
            Requests.Enqueue(request);
            var answer = script(request);
            context.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers ?? [])
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
    }

    private static async Task<Request> ReadAsync(HttpListenerRequest request)
    {
        await using var body = request.Headers["Content-Encoding"] == "gzip"
            ? new GZipStream(request.InputStream, CompressionMode.Decompress)
            : request.InputStream;
        using var reader = new StreamReader(body, Encoding.UTF8);
        return new Request(request.HttpMethod, request.Url!.PathAndQuery, request.Headers["Authorization"], await reader.ReadToEndAsync());
    }

    internal sealed record Request(string Method, string Path, string? Authorization, string Body)
    {
        internal string[] Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    internal sealed record Answer(int Status, string Body = "", Dictionary<string, string>? Headers = null);
}
