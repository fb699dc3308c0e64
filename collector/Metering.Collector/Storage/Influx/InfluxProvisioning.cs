using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Metering.Collector.Storage.Influx;

/// <summary>Makes the database where it is missing, each generation its own way. Needs an administrator's credentials.</summary>
internal static class InfluxProvisioning
{
    internal static Task EnsureDatabaseAsync(InfluxHttp http, CancellationToken cancellationToken) => http.Options.Generation switch
    {
        InfluxGeneration.V1 => http.ManageAsync($"CREATE DATABASE \"{Quoted(http.Options.Database)}\"", cancellationToken),
        InfluxGeneration.V2 => EnsureBucketAsync(http, cancellationToken),
        InfluxGeneration.V3 => EnsureDatabaseV3Async(http, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(http), http.Options.Generation, "Unknown generation."),
    };

    private static string Quoted(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>A bucket named as the database serves /write and /query of the 1.x API by its virtual mapping.</summary>
    private static async Task EnsureBucketAsync(InfluxHttp http, CancellationToken cancellationToken)
    {
        var name = Uri.EscapeDataString(http.Options.Database);
        using var buckets = await GetAsync(http, "api/v2/buckets?name=" + name, cancellationToken).ConfigureAwait(false);
        if (buckets is not null && buckets.RootElement.GetProperty("buckets").GetArrayLength() > 0)
        {
            return;
        }

        var filter = http.Options.Organisation is { } organisation ? "?org=" + Uri.EscapeDataString(organisation) : "";
        using var organisations = await GetAsync(http, "api/v2/orgs" + filter, cancellationToken).ConfigureAwait(false);
        var orgs = organisations?.RootElement.GetProperty("orgs") ?? default;
        if (orgs.ValueKind != JsonValueKind.Array || orgs.GetArrayLength() != 1)
        {
            throw new InfluxException(InfluxErrorKind.Misconfigured, null, "the token sees no or several organisations: name one");
        }

        using var request = Request(http, HttpMethod.Post, "api/v2/buckets");
        request.Content = JsonContent.Create(new
        {
            orgID = orgs[0].GetProperty("id").GetString(),
            name = http.Options.Database,
            retentionRules = Array.Empty<object>(),
        });
        var (status, body) = await http.CallAsync(request, cancellationToken).ConfigureAwait(false);
        ThrowUnless(status is HttpStatusCode.Created or HttpStatusCode.OK, status, body);
    }

    private static async Task EnsureDatabaseV3Async(InfluxHttp http, CancellationToken cancellationToken)
    {
        using var request = Request(http, HttpMethod.Post, "api/v3/configure/database");
        request.Content = JsonContent.Create(new { db = http.Options.Database });
        var (status, body) = await http.CallAsync(request, cancellationToken).ConfigureAwait(false);
        ThrowUnless(status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Conflict, status, body);
    }

    private static async Task<JsonDocument?> GetAsync(InfluxHttp http, string path, CancellationToken cancellationToken)
    {
        using var request = Request(http, HttpMethod.Get, path);
        var (status, body) = await http.CallAsync(request, cancellationToken).ConfigureAwait(false);
        if (status == HttpStatusCode.NotFound)
        {
            return null;
        }

        ThrowUnless(status == HttpStatusCode.OK, status, body);
        return JsonDocument.Parse(body);
    }

    /// <summary>The native APIs take the token in its own scheme, not by Basic authentication.</summary>
    private static HttpRequestMessage Request(InfluxHttp http, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (http.Options.Secret is { } token)
        {
            var scheme = http.Options.Generation == InfluxGeneration.V3 ? "Bearer" : "Token";
            request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
        }

        return request;
    }

    private static void ThrowUnless(bool success, HttpStatusCode status, string body)
    {
        if (!success)
        {
            throw InfluxErrors.Of(status, body, null);
        }
    }
}
