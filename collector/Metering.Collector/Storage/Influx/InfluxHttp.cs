using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Metering.Collector.Storage.Influx;

/// <summary>
/// The two requests that InfluxDB 1.x, 2.x and 3 all serve: POST /write (line protocol, explicit precision, gzip) and
/// GET /query (InfluxQL, epoch=ns). Throws <see cref="InfluxException"/> and nothing else when the server does not do it.
/// </summary>
internal sealed class InfluxHttp : IDisposable
{
    private readonly HttpClient client;
    private readonly string writePath;
    private readonly string queryPath;

    internal InfluxHttp(InfluxOptions options, HttpMessageHandler? handler = null)
    {
        Options = options;
        client = new HttpClient(handler ?? Handler(options), disposeHandler: handler is null)
        {
            BaseAddress = options.Url,
            Timeout = options.Timeout,
        };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        if (options.Secret is { } secret)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes((options.User ?? "metering") + ":" + secret));
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        }

        // Any other precision than a known one is silently read as ns by 1.x: always say it.
        writePath = "write?precision=ns&db=" + Uri.EscapeDataString(options.Database);
        queryPath = "query?epoch=ns&db=" + Uri.EscapeDataString(options.Database) + "&q=";
    }

    internal InfluxOptions Options { get; }

    /// <summary>Writes lines; done when the server says 204.</summary>
    internal async Task WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream(lines.Length / 4);
        Pack(lines.Span, packed);
        await WritePackedAsync(packed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Packs lines for <see cref="WritePackedAsync"/>, which can be done while the server works on others.</summary>
    internal static void Pack(ReadOnlySpan<byte> lines, MemoryStream packed)
    {
        packed.SetLength(0);
        using var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        gzip.Write(lines);
    }

    /// <summary>Writes packed lines; done when the server says 204.</summary>
    internal async Task WritePackedAsync(MemoryStream packed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, writePath)
        {
            Content = new ByteArrayContent(packed.GetBuffer(), 0, (int)packed.Length),
        };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a query; the document holds <c>results[]</c> without an error.</summary>
    internal async Task<JsonDocument> QueryAsync(string query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, queryPath + Uri.EscapeDataString(query));
        return await ReadResultsAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a statement that changes the server (1.x): POST, as GET is deprecated for it.</summary>
    internal async Task ManageAsync(string statement, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, queryPath + Uri.EscapeDataString(statement));
        using var document = await ReadResultsAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Any other request of an API that only one generation has.</summary>
    internal async Task<(HttpStatusCode Status, string Body)> CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure) when (IsTransport(failure, cancellationToken))
        {
            throw InfluxErrors.Of(failure);
        }
    }

    /// <summary>The version the server states, or null when it states none.</summary>
    internal async Task<string?> PingAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "ping");
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Headers.TryGetValues("X-Influxdb-Version", out var values) ? values.FirstOrDefault() : null;
    }

    public void Dispose() => client.Dispose();

    private async Task<JsonDocument> ReadResultsAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
            ThrowIfFailed(document, response.StatusCode);
            return document;
        }
        catch (JsonException failure)
        {
            throw new InfluxException(InfluxErrorKind.Retryable, response.StatusCode, "an answer that is not JSON", cause: failure);
        }
        catch (Exception failure) when (IsTransport(failure, cancellationToken))
        {
            throw InfluxErrors.Of(failure);
        }
    }

    /// <summary>1.x reports errors of execution with status 200, inside the results.</summary>
    private static void ThrowIfFailed(JsonDocument document, HttpStatusCode status)
    {
        if (!document.RootElement.TryGetProperty("results", out var results))
        {
            return;
        }

        foreach (var result in results.EnumerateArray())
        {
            if (result.TryGetProperty("error", out var error))
            {
                var words = error.GetString() ?? "";
                document.Dispose();
                throw new InfluxException(
                    words.Contains("database not found", StringComparison.Ordinal) ? InfluxErrorKind.Misconfigured : InfluxErrorKind.Permanent,
                    status,
                    words);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                throw InfluxErrors.Of(response.StatusCode, body, response.Headers.RetryAfter?.Delta);
            }
        }
        catch (Exception failure) when (IsTransport(failure, cancellationToken))
        {
            throw InfluxErrors.Of(failure);
        }
    }

    private static bool IsTransport(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static SocketsHttpHandler Handler(InfluxOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = options.Timeout,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (options.CertificateAuthorityFile is { } file)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // a private authority publishes no list
            };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }
}
