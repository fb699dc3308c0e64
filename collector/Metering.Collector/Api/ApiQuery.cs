using Metering.Core.Energy;

namespace Metering.Collector.Api;

/// <summary>Values of addresses, checked; what is wrong ends the request with what is allowed.</summary>
internal static class ApiQuery
{
    public static int Limit(int? given, int fallback = ApiLimits.PageDefault, int most = ApiLimits.PageMax) =>
        (given ?? fallback) is var limit && limit >= 1 && limit <= most ? limit : throw new ApiProblemException(ApiProblem.Bad("limit", $"allowed is 1 to {most}"));

    public static DateTimeOffset? Instant(string? text, string parameter) => ApiInstant.TryRead(text, out var instant)
        ? instant
        : throw new ApiProblemException(ApiProblem.Bad(parameter, "allowed are Unix seconds or ISO 8601 instants such as 2026-03-01T00:00:00Z"));

    public static (DateTimeOffset? From, DateTimeOffset? To) Period(string? from, string? to)
    {
        var (begin, end) = (Instant(from, "from"), Instant(to, "to"));
        return end <= begin ? throw new ApiProblemException(ApiProblem.Bad("to", "must be later than from")) : (begin, end);
    }

    public static ProfileResolution Resolution(string? text, ProfileResolution fallback) => text is null ? fallback : One<ProfileResolution>(text, "resolution");

    /// <summary>A name of an enumeration, whatever its case.</summary>
    public static T One<T>(string text, string parameter)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new ApiProblemException(ApiProblem.Bad(parameter, $"allowed are {string.Join(", ", Enum.GetNames<T>())}"));

    public static T? Maybe<T>(string? text, string parameter)
        where T : struct, Enum => text is null ? null : One<T>(text, parameter);

    /// <summary>A text that a person has to give.</summary>
    public static string Text(string? text, string parameter) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= ApiLimits.TextCharactersMax
            ? text
            : throw new ApiProblemException(ApiProblem.Bad(parameter, $"a text of 1 to {ApiLimits.TextCharactersMax} characters is needed"));
}
