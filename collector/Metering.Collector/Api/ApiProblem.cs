using Microsoft.AspNetCore.Http.HttpResults;

namespace Metering.Collector.Api;

/// <summary>Errors of the API as problem details (RFC 9457): what, where, what is allowed.</summary>
internal static class ApiProblem
{
    public static ProblemHttpResult NotFound(string what) =>
        TypedResults.Problem($"There is no such {what}.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    public static ProblemHttpResult Bad(string parameter, string allowed) =>
        TypedResults.Problem($"{parameter}: {allowed}.", statusCode: StatusCodes.Status400BadRequest, title: "Bad request");
}
