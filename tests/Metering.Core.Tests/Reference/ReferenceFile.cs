using System.Text.Json;

namespace Metering.Core.Tests.Reference;

/// <summary>Published tables that travel with the tests (tests/ReferenceData, with source and licence in each folder).</summary>
internal static class ReferenceFile
{
    public static string Path(string relative) =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "ReferenceData", relative.Replace('/', System.IO.Path.DirectorySeparatorChar));

    public static JsonDocument Json(string relative) => JsonDocument.Parse(File.ReadAllBytes(Path(relative)));
}
