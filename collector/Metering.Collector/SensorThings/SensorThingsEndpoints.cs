using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metering.Collector.Api;
using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;

namespace Metering.Collector.SensorThings;

/// <summary><c>/sensorthings/v1.1</c>: reading by OGC SensorThings API 1.1 (18-088), for clients that analysts have already.</summary>
internal static class SensorThingsEndpoints
{
    public const string Prefix = "/sensorthings/v1.1";

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapSensorThings(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Prefix + "/{**path}", ReadAsync).RequirePermission(Permission.ViewReadings).AcceptApiKeys().ReadsPersonalData().ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(
        string? path, ApiCaller caller, CurrentUser user, IReadingStore store, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            var request = context.Request;
            var root = $"{request.Scheme}://{request.Host}{request.PathBase}{Prefix}";
            var model = new StaModel(caller, user.Has(Permission.ViewPersonalReadings));
            var service = new StaService(model, new StaObservations(model, store), root);
            var segments = StaPath.Parse(path ?? "");
            var query = StaQuery.Parse(request.Query.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
            if (segments.Count == 0)
            {
                return Answer(service.Root());
            }

            var (json, raw) = await service.ReadAsync(segments, query, root + "/" + EncodedPath(path!) + request.QueryString, cancellationToken).ConfigureAwait(false);
            return raw is null ? Answer(json) : Results.Text(raw, "text/plain; charset=utf-8");
        }
        catch (StaException refused)
        {
            return ApiProblem.Of(refused.Status, refused.Status == StatusCodes.Status501NotImplemented ? "Not done" : "Bad request", refused.Message);
        }
    }

    private static string EncodedPath(string path) => string.Join('/', path.Split('/').Select(static part => Uri.EscapeDataString(part).Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal)));

    private static IResult Answer(JsonNode? json) => Results.Text(json?.ToJsonString(Json) ?? "null", "application/json; charset=utf-8", Encoding.UTF8);
}
