using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>A document that nanoff reads, with the serial port in it; written beside the board's files when flashing runs.</summary>
internal sealed record FlashDocument(string Name, string Content)
{
    public const string NetworkName = "nanoff-network.json";
    public const string FilesName = "nanoff-files.json";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The network document and the file document, in this order.</summary>
    public static IReadOnlyList<FlashDocument> Deployment(FlashRequest request)
    {
        var network = Parse(new BoardFolder(request.BoardFolder).Network);
        network["SerialPort"] = request.SerialPort;
        var files = new JsonObject
        {
            ["SerialPort"] = request.SerialPort,
            ["Files"] = new JsonArray(new JsonObject
            {
                ["DestinationFilePath"] = "I:\\" + BoardFolder.SettingsFile,
                ["SourceFilePath"] = BoardFolder.SettingsFile,
            }),
        };
        return [new(NetworkName, network.ToJsonString(Format)), new(FilesName, files.ToJsonString(Format))];
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject
                ?? throw new UsageException($"{path}: is no JSON object; run 'metering provision board' again.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: cannot be read ({e.Message}); run 'metering provision board' again.", e);
        }
    }
}
