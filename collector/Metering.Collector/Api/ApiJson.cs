using System.Text.Json;
using System.Text.Json.Serialization;

namespace Metering.Collector.Api;

/// <summary>How the API writes JSON: names of enumerations instead of numbers, unknown members of a body are an error.</summary>
internal static class ApiJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter());
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
    }
}
