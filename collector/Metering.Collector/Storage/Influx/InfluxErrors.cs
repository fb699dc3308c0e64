using System.Net;
using System.Text.Json;

namespace Metering.Collector.Storage.Influx;

/// <summary>
/// Sorts answers by what they mean. The status alone does not tell: 1.x says 500 for a retention policy that does not
/// exist, 200 for a query that failed, and 400 for a batch of which all lines but one were stored.
/// </summary>
internal static class InfluxErrors
{
    private const int WordsCharsMax = 2000;

    internal static InfluxException Of(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        var words = Words(body);
        return new InfluxException(Kind(status, words, retryAfter), status, words, retryAfter);
    }

    internal static InfluxException Of(Exception transport) => transport switch
    {
        // A certificate that does not verify will not verify in a minute either.
        HttpRequestException { InnerException: System.Security.Authentication.AuthenticationException tls } =>
            new(InfluxErrorKind.Misconfigured, null, "TLS: " + tls.Message, cause: transport),
        OperationCanceledException => new(InfluxErrorKind.Retryable, null, "no answer in time", cause: transport),
        _ => new(InfluxErrorKind.Retryable, null, transport.Message, cause: transport),
    };

    private static InfluxErrorKind Kind(HttpStatusCode status, string words, TimeSpan? retryAfter) => (int)status switch
    {
        429 => InfluxErrorKind.Throttled,
        503 when retryAfter is not null => InfluxErrorKind.Throttled,
        413 => InfluxErrorKind.TooLarge,
        401 or 403 or 404 => InfluxErrorKind.Misconfigured,
        >= 500 when Says(words, "retention policy not found") || Says(words, "database not found") => InfluxErrorKind.Misconfigured,
        400 when Says(words, "database is required") => InfluxErrorKind.Misconfigured,
        400 when Says(words, "timeout") || Says(words, "engine is closed") => InfluxErrorKind.Retryable,
        >= 400 and < 500 => InfluxErrorKind.Permanent,
        _ => InfluxErrorKind.Retryable,
    };

    private static bool Says(string words, string what) => words.Contains(what, StringComparison.OrdinalIgnoreCase);

    /// <summary>1.x: {"error":…}; 2.x: {"code":…,"message":…}; 3: {"error":…,"data":[{"error_message":…}]}; else the text.</summary>
    private static string Words(string body)
    {
        var words = body.Trim();
        try
        {
            using var document = JsonDocument.Parse(words);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                words = Text(root, "message") ?? Text(root, "error") ?? words;
                if (root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array)
                {
                    words += string.Concat(data.EnumerateArray().Select(line => "; " + Text(line, "error_message")));
                }
            }
        }
        catch (JsonException)
        {
            // A proxy's page or plain text: its own words.
        }

        return words.Length > WordsCharsMax ? words[..WordsCharsMax] : words;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
