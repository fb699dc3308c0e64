using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Metering.Collector.Notes;

/// <summary>SHA-256 over everything but readings and version that a note depends on: registry, rules, choices.</summary>
internal static class SettingsHash
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Of(BuildingPart part, NoteRequest request)
    {
        var settings = new { part, variant = request.Zones.Name, interpolation = request.Zones.Interpolation, request.Credit, request.Dossier, call = request.Calls.Find(part.Building.Call),
            images = request.Dossier.Images.Select(i => new { i.Role, hash = Convert.ToHexStringLower(SHA256.HashData(i.Bytes.Span)) }).ToList(),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(settings, Json)));
    }
}
