using System.Text.Json;
using Metering.Core.Languages;

namespace Metering.Core.Tables;

/// <summary>Reads the tables that travel inside this assembly.</summary>
internal static class EmbeddedTable
{
    /// <param name="path">Path below Metering.Core with forward slashes, such as <c>Comfort/Givoni/givoni-zones.json</c>.</param>
    public static JsonDocument Open(string path)
    {
        var name = "Metering.Core/" + path;
        var assembly = typeof(EmbeddedTable).Assembly;
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(
                $"Table '{name}' is not in the assembly; there are: {string.Join(", ", assembly.GetManifestResourceNames())}.");
        return JsonDocument.Parse(stream);
    }

    /// <summary>An object <c>{ "fr": ..., "en": ... }</c>.</summary>
    public static BilingualText Text(JsonElement text) =>
        new(text.GetProperty("fr").GetString()!, text.GetProperty("en").GetString()!);
}
