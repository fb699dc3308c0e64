using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;

namespace Metering.Collector.Identity;

/// <summary>
/// The outermost handler: what went wrong below becomes one short answer. What a visitor sees never holds a path of this
/// machine, a type name or a stack; those go to the log of the collector.
/// </summary>
internal sealed partial class FailureAnswers(RequestDelegate next, ILogger<FailureAnswers> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (status, title, detail) = e switch
            {
                BadHttpRequestException bad => (bad.StatusCode, "Bad request", "The request cannot be read."),

                // Forms: too many fields, too long, broken off, or not what the content type says.
                InvalidDataException or IOException => (StatusCodes.Status400BadRequest, "Bad request", "The request cannot be read."),
                StoreUnavailableException => (StatusCodes.Status503ServiceUnavailable, "The store does not answer", "Try again in a moment."),
                _ => (StatusCodes.Status500InternalServerError, "Something went wrong", "The collector's log says more."),
            };
            if (status >= StatusCodes.Status500InternalServerError)
            {
                Failed(logger, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "no endpoint", e);
            }

            context.Response.Clear();
            await AccessAnswers.Problem(context, status, title, detail).ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void Failed(ILogger logger, string method, string endpoint, Exception exception);
}
