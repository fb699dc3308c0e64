using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Metering.Collector.Api;

/// <summary>A part of a list.</summary>
/// <param name="Items">Entries.</param>
/// <param name="Next">Address of the next part, or null at the end. Also in the header Link (RFC 8288).</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// Answers in JSON, or in CSV where <c>format=csv</c> or the header Accept asks for it and the answer is a list; with a strong
/// ETag over its bytes, and 304 without body when If-None-Match names it (RFC 9110).
/// </summary>
internal static class ApiAnswer
{
    public const string Csv = "text/csv; charset=utf-8; header=present";

    /// <summary>One object.</summary>
    public static IResult One<T>(T value) => new Answer<T>(value, null, null);

    /// <summary>One object with an ETag of its own, such as the version of the registry.</summary>
    public static IResult Tagged<T>(T value, string etag) => new Answer<T>(value, null, etag);

    /// <summary>A list; CSV has its rows.</summary>
    public static IResult List<T>(Page<T> page) => new Answer<Page<T>>(page, () => CsvTable.Write(page.Items), null);

    /// <summary>An object around a list; CSV has the list's rows.</summary>
    public static IResult Table<T, TRow>(T value, IReadOnlyList<TRow> rows) => new Answer<T>(value, () => CsvTable.Write(rows), null);

    /// <summary>
    /// A part of a list that is in memory, in the order of a key that no two entries share: those after the key <paramref name="after"/>.
    /// </summary>
    public static Page<TAnswer> Page<T, TAnswer>(HttpContext context, IEnumerable<T> all, Func<T, string> key, string? after, int? limit, Func<T, TAnswer> answer)
    {
        var wanted = ApiQuery.Limit(limit);
        var rest = all.OrderBy(key, StringComparer.Ordinal).Where(entry => after is null || string.CompareOrdinal(key(entry), after) > 0).Take(wanted + 1).ToList();
        var next = rest.Count > wanted ? Next(context, "after", key(rest[wanted - 1])) : null;
        return new Page<TAnswer>([.. rest.Take(wanted).Select(answer)], next);
    }

    /// <summary>The address of this request with one value of its query replaced.</summary>
    public static string Next(HttpContext context, string parameter, string value)
    {
        var query = QueryString.Create(context.Request.Query
            .Where(pair => !string.Equals(pair.Key, parameter, StringComparison.OrdinalIgnoreCase))
            .SelectMany(static pair => pair.Value.Select(v => KeyValuePair.Create<string, string?>(pair.Key, v)))
            .Append(KeyValuePair.Create<string, string?>(parameter, value)));
        var next = context.Request.PathBase + context.Request.Path + query.ToUriComponent();
        context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return next;
    }

    /// <summary>Whether CSV is asked for: by <c>format</c>, which wins, or by Accept.</summary>
    private static bool WantsCsv(HttpRequest request, bool isTable)
    {
        switch (request.Query["format"].ToString())
        {
            case "json":
                return false;
            case "csv":
                return isTable ? true : throw new ApiProblemException(ApiProblem.Bad("format", "this answer is no table; allowed is json"));
            case "":
                return isTable && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
                    && accepted.OrderByDescending(static a => a.Quality ?? 1).FirstOrDefault(static a => a.MatchesMediaType("text/csv") || a.MatchesMediaType("application/json")) is { } first
                    && first.MatchesMediaType("text/csv") && !first.MatchesAllTypes;
            default:
                throw new ApiProblemException(ApiProblem.Bad("format", "allowed are json and csv"));
        }
    }

    private sealed class Answer<T>(T value, Func<byte[]>? table, string? etag) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            var csv = WantsCsv(context.Request, table is not null);
            var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var body = csv ? table!() : JsonSerializer.SerializeToUtf8Bytes(value, options);
            var tag = new EntityTagHeaderValue($"\"{etag ?? Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"");
            var response = context.Response;
            response.GetTypedHeaders().ETag = tag;
            response.Headers.CacheControl = "private, no-cache";
            response.Headers.Vary = "Accept";
            if (HttpMethods.IsGet(context.Request.Method)
                && context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = csv ? Csv : "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
