using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing.Template;

namespace Metering.Collector.Api;

/// <summary>
/// Whatever goes wrong below the API's addresses comes out as problem details: what a handler throws, what the framework
/// refuses before a handler runs (a parameter of the wrong form, a method that is not there, a body that is too large), and
/// what nobody foresaw, which says nothing of this machine.
/// </summary>
internal static partial class ApiErrors
{
    private const string Unreadable = "A value of the address or of the body does not have the form that is asked for; docs/api.md and /openapi/v1.json say which.";

    /// <summary>Put before routing.</summary>
    public static void UseApiErrors(this IApplicationBuilder application) => application.Use(async (context, next) =>
    {
        if (!IsApi(context.Request.Path))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        ProblemHttpResult? problem = null;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // The last guard: nobody is served a stack.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            problem = Of(failure, context);
        }

        if (problem is null && context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
        {
            problem = OfStatus(context.Response.StatusCode == StatusCodes.Status404NotFound && context.GetEndpoint() is null ? Unrouted(context) : context.Response.StatusCode);
        }

        if (problem is not null)
        {
            context.Response.ContentLength = null;
            context.Response.Headers.ETag = default;
            if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "10";
            }

            await problem.ExecuteAsync(context).ConfigureAwait(false);
        }
    });

    /// <summary>Whether a path belongs to a program's side.</summary>
    public static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/sensorthings", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);

    private static ProblemHttpResult Of(Exception failure, HttpContext context)
    {
        switch (failure)
        {
            case ApiProblemException known:
                return known.Problem;
            case NoteException note:
                return ApiProblem.Of(StatusCodes.Status404NotFound, "Nothing to show", note.Message);
            case BadHttpRequestException bad:
                return bad.StatusCode == StatusCodes.Status400BadRequest ? ApiProblem.Of(bad.StatusCode, "Bad request", Unreadable) : OfStatus(bad.StatusCode);
            case StoreUnavailableException:
                return ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, "Store unavailable", "The store does not answer now; try again later.");
            default:
                Unforeseen(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Metering.Collector.Api"), context.Request.Method, failure);
                return ApiProblem.Of(StatusCodes.Status500InternalServerError, "Fault of this program", "The log of the collector says more.");
        }
    }

    /// <summary>
    /// Why nothing was routed: the page "not found" is a candidate for every address, which keeps routing from telling a wrong
    /// method or kind of body apart from an address that is not there.
    /// </summary>
    private static int Unrouted(HttpContext context)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { } known && endpoint.RoutePattern.PathSegments.Count > 1
                && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(context.Request.Path, []))
            {
                methods.UnionWith(known.HttpMethods);
            }
        }

        if (methods.Count == 0)
        {
            return StatusCodes.Status404NotFound;
        }

        if (!methods.Contains(context.Request.Method))
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            return context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }

        return context.Request.ContentType is { } type && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            ? StatusCodes.Status415UnsupportedMediaType
            : StatusCodes.Status404NotFound;
    }

    private static ProblemHttpResult OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ApiProblem.Of(status, "Bad request", Unreadable),
        StatusCodes.Status404NotFound => ApiProblem.Of(status, "Not found", "There is no such address; /openapi/v1.json lists all."),
        StatusCodes.Status405MethodNotAllowed => ApiProblem.Of(status, "Method not allowed", "The header Allow says what is allowed here."),
        StatusCodes.Status413PayloadTooLarge => ApiProblem.Of(status, "Too large", $"A body may have at most {ApiLimits.BodyBytesMax} bytes."),
        StatusCodes.Status415UnsupportedMediaType => ApiProblem.Of(status, "Unsupported media type", "A body is JSON: Content-Type: application/json."),
        _ => TypedResults.Problem(statusCode: status),
    };

    [LoggerMessage(1300, LogLevel.Error, "A {Method} request of the API failed.")]
    private static partial void Unforeseen(ILogger logger, string method, Exception exception);
}
