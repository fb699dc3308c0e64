using System.Globalization;
using System.Text.Json.Nodes;
using Metering.Collector.Identity.Access;
using Metering.Collector.Registry;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Registry;
using Microsoft.Net.Http.Headers;

namespace Metering.Collector.Api;

/// <summary>
/// <c>/registry</c>: the whole document, its history, and changes to it. The ETag is the version; a change with If-Match is made
/// only on that version.
/// </summary>
internal static class RegistryEndpoints
{
    private const string Tag = "registry";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/registry", ReadAsync).RequirePermission(Permission.EditRegistry).ReadsPersonalData()
            .Answers<RegistrySnapshot>(Tag, "The whole registry as one document, now or as it was known at an instant (asOf).");
        api.MapGet("/registry/history", HistoryAsync).RequirePermission(Permission.EditRegistry)
            .AnswersTable<Page<RegistryVersionAnswer>>(Tag, "Who changed the registry, when and why.");
        api.MapPut("/registry", ReplaceAsync).RequirePermission(Permission.EditRegistry)
            .Changes<RegistrySavedAnswer>(Tag, "Put another document in the place of the registry; needs If-Match and a reason.");
        api.MapPut("/registry/{collection}/{name}", PutAsync).RequirePermission(Permission.EditRegistry)
            .Changes<RegistrySavedAnswer>(Tag, "Put one entry: sites, operations, buildings, zones, points, factors, boards; needs a reason.");
        api.MapDelete("/registry/{collection}/{name}", DeleteAsync).RequirePermission(Permission.EditRegistry)
            .Changes<RegistrySavedAnswer>(Tag, "Take one entry out; needs a reason. The history keeps it.");
        api.MapPost("/registry/{collection}", AddAsync).RequirePermission(Permission.EditRegistry)
            .Changes<RegistrySavedAnswer>(Tag, "Add an entry: assignments, meterExchanges, indexVisits, calibrations, targets, regulatoryValues, invoices, rents; needs a reason.");
    }

    private static async Task<IResult> ReadAsync(string? asOf, RegistryStore store, RegistryEditor editor, CancellationToken cancellationToken)
    {
        var instant = ApiQuery.Instant(asOf, "asOf");
        if (instant is not null)
        {
            return ApiAnswer.One(Tree(await store.SnapshotAsync(instant, cancellationToken).ConfigureAwait(false)));
        }

        // The version first: a save in between makes the tag too old, never too new.
        var version = await editor.VersionAsync(cancellationToken).ConfigureAwait(false);
        return ApiAnswer.Tagged(Tree(await store.SnapshotAsync(null, cancellationToken).ConfigureAwait(false)), RegistryEditor.Tag(version));
    }

    private static async Task<IResult> HistoryAsync(string? after, int? limit, string? format, RegistryStore store, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var history = await store.HistoryAsync(cancellationToken).ConfigureAwait(false);
        return ApiAnswer.List(ApiAnswer.Page(
            context, history, static v => v.Id.ToString("D19", CultureInfo.InvariantCulture), after, limit,
            static v => new RegistryVersionAnswer(v.Id, v.Saved, v.Author, v.Reason)));
    }

    private static Task<IResult> ReplaceAsync(string? reason, JsonObject document, ApiCaller caller, RegistryEditor editor, HttpContext context, CancellationToken cancellationToken) =>
        context.Request.Headers.IfMatch.Count == 0
            ? Task.FromResult<IResult>(ApiProblem.Of(StatusCodes.Status428PreconditionRequired, "Precondition required", "Read the registry first and send its ETag as If-Match."))
            : ChangeAsync(_ => document, reason, caller, editor, context, cancellationToken);

    private static Task<IResult> PutAsync(
        string collection, string name, string? reason, JsonObject entry, ApiCaller caller, RegistryEditor editor, HttpContext context, CancellationToken cancellationToken) =>
        RegistryEditor.Named.ContainsKey(collection)
            ? ChangeAsync(tree => RegistryEditor.Put(tree, collection, name, entry), reason, caller, editor, context, cancellationToken)
            : Task.FromResult<IResult>(NoCollection(RegistryEditor.Named.Keys));

    private static Task<IResult> DeleteAsync(
        string collection, string name, string? reason, ApiCaller caller, RegistryEditor editor, HttpContext context, CancellationToken cancellationToken) =>
        RegistryEditor.Named.ContainsKey(collection)
            ? ChangeAsync(tree => RegistryEditor.Remove(tree, collection, name), reason, caller, editor, context, cancellationToken)
            : Task.FromResult<IResult>(NoCollection(RegistryEditor.Named.Keys));

    private static Task<IResult> AddAsync(
        string collection, string? reason, JsonObject entry, ApiCaller caller, RegistryEditor editor, HttpContext context, CancellationToken cancellationToken) =>
        RegistryEditor.Appended.Contains(collection, StringComparer.Ordinal)
            ? ChangeAsync(tree => RegistryEditor.Add(tree, collection, entry), reason, caller, editor, context, cancellationToken)
            : Task.FromResult<IResult>(NoCollection(RegistryEditor.Appended));

    private static async Task<IResult> ChangeAsync(
        Func<JsonObject, JsonObject> change, string? reason, ApiCaller caller, RegistryEditor editor, HttpContext context, CancellationToken cancellationToken)
    {
        var why = ApiQuery.Text(reason, "reason");
        try
        {
            var saved = await editor.ChangeAsync(change, Expected(context.Request), caller.Actor, why, cancellationToken).ConfigureAwait(false);
            context.Response.GetTypedHeaders().ETag = new EntityTagHeaderValue($"\"{RegistryEditor.Tag(saved.Version)}\"");
            return TypedResults.Ok(saved);
        }
        catch (RegistryChangedException changed)
        {
            return ApiProblem.Of(StatusCodes.Status412PreconditionFailed, "Precondition failed", changed.Message + " Read it again.");
        }
        catch (FormatException fault)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "Not a usable registry", fault.Message);
        }
        catch (KeyNotFoundException)
        {
            return ApiProblem.NotFound("entry");
        }
    }

    /// <summary>The version in If-Match; null without one, or with "*"; a tag of something else matches nothing.</summary>
    private static long? Expected(HttpRequest request)
    {
        const long nothing = -1;
        var tags = request.GetTypedHeaders().IfMatch;
        if (request.Headers.IfMatch.Count == 0 || tags.Any(static tag => tag == EntityTagHeaderValue.Any))
        {
            return null;
        }

        foreach (var tag in tags)
        {
            var text = tag.Tag.AsSpan().Trim('"');
            if (!tag.IsWeak && text.StartsWith("registry-") && long.TryParse(text["registry-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                return version;
            }
        }

        return nothing;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoCollection(IEnumerable<string> allowed) => ApiProblem.Bad("collection", $"allowed are {string.Join(", ", allowed)}");

    private static JsonNode Tree(RegistrySnapshot registry) => JsonNode.Parse(RegistryDocument.Write(registry, RegistryFormat.Json))!;
}
