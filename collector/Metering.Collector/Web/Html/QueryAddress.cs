namespace Metering.Collector.Web.Html;

/// <summary>The address of the same page with another value of one query parameter; the language switch and page links use it.</summary>
internal static class QueryAddress
{
    /// <summary>Sets a parameter, or removes it (null); everything else stays.</summary>
    public static string With(HttpRequest request, params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var parameters = request.Query.ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            parameters.Remove(name);
            if (value is not null)
            {
                parameters[name] = value;
            }
        }

        return request.PathBase + request.Path.ToUriComponent() + QueryString.Create(parameters.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(static pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, (string?)value)))).ToUriComponent();
    }
}
