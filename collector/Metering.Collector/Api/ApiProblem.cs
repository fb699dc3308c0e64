using Microsoft.AspNetCore.Http.HttpResults;

namespace Metering.Collector.Api;

/// <summary>Errors of the API as problem details (RFC 9457): what, where, what is allowed.</summary>
internal static class ApiProblem
{
    public static ProblemHttpResult NotFound(string what) =>
        Of(StatusCodes.Status404NotFound, "Not found", $"There is no such {what}.");

    public static ProblemHttpResult Bad(string parameter, string allowed) =>
        Of(StatusCodes.Status400BadRequest, "Bad request", $"{parameter}: {allowed}.");

    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "Conflict", detail);

    public static ProblemHttpResult Of(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);
}

/// <summary>Ends the handling of a request with a problem; thrown where a helper cannot answer by itself.</summary>
internal sealed class ApiProblemException(ProblemHttpResult problem) : Exception(problem.ProblemDetails.Detail)
{
    public ProblemHttpResult Problem { get; } = problem;
}
