namespace Metering.Collector.Api;

/// <summary>What endpoints say of their answers, for the OpenAPI document.</summary>
internal static class ApiRoutes
{
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, string tag, string summary) =>
        endpoint.WithTags(tag).WithSummary(summary).Produces<T>().Produces(StatusCodes.Status304NotModified);

    /// <summary>Also as CSV.</summary>
    public static RouteHandlerBuilder AnswersTable<T>(this RouteHandlerBuilder endpoint, string tag, string summary) =>
        endpoint.WithTags(tag).WithSummary(summary + " JSON or CSV.").Produces<T>(StatusCodes.Status200OK, "application/json", "text/csv").Produces(StatusCodes.Status304NotModified);

    /// <summary>A change: its body is bounded.</summary>
    public static RouteHandlerBuilder Changes<T>(this RouteHandlerBuilder endpoint, string tag, string summary, int status = StatusCodes.Status200OK) =>
        endpoint.WithTags(tag).WithSummary(summary).Produces<T>(status)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ApiLimits.BodyBytesMax));
}
