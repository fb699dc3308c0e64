using System.Text.Json;
using Metering.Core.Languages;

namespace Metering.Core.Tables;

/// <summary>Reads the tables that travel inside this assembly.</summary>
internal static class EmbeddedTable
{
    /// <param name="path">Path below Metering.Core with forward slashes, such as <c>Comfort/Givoni/givoni-zones.json</c>.</param>
    public static JsonDocument Open(string path)
    {
        using var stream = Stream(path);
        return JsonDocument.Parse(stream);
    }

    /// <summary>The text of a table.</summary>
    public static string Read(string path)
    {
        using var reader = new StreamReader(Stream(path));
        return reader.ReadToEnd();
    }

    /// <summary>An object <c>{ "fr": ..., "en": ... }</c>.</summary>
    public static BilingualText Text(JsonElement text) =>
        new(text.GetProperty("fr").GetString()!, text.GetProperty("en").GetString()!);

    private static Stream Stream(string path)
    {
        var name = "Metering.Core/" + path;
        var assembly = typeof(EmbeddedTable).Assembly;
        return assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(
                $"Table '{name}' is not in the assembly; there are: {string.Join(", ", assembly.GetManifestResourceNames())}.");
    }
}
