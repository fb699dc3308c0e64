using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>An HTTP server on loopback that answers what the script says, one request at a time, and keeps what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Func<Request, Answer> _script;
    private readonly WebApplication _application;

    internal ScriptedServer(Func<Request, Answer> script)
    {
        _script = script;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
        _application.Start();
        Url = new(_application.Urls.Single() + "/");
    }

    internal Uri Url { get; }

    internal ConcurrentQueue<Request> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _one.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Request request = await ReadAsync(context.Request);
        await _one.WaitAsync();
        try
        {
            Requests.Enqueue(request);
            Answer answer = _script(request);
            context.Response.StatusCode = answer.Status;
            foreach ((string name, string value) in answer.Headers ?? [])
            {
                context.Response.Headers[name] = value;
            }

            if (answer.Body.Length > 0)
            {
                await context.Response.WriteAsync(answer.Body);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<Request> ReadAsync(HttpRequest request)
    {
        await using Stream body = request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        string target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string? authorization = request.Headers.Authorization;
        return new(request.Method, target, authorization, await reader.ReadToEndAsync());
    }

    internal sealed record Request(string Method, string Path, string? Authorization, string Body)
    {
        internal string[] Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    internal sealed record Answer(int Status, string Body = "", Dictionary<string, string>? Headers = null);
}
