using System.Globalization;
using System.Text.Json;

namespace Metering.Collector.Mqtt.Boards;

/// <summary>A settings document for a board, looked at before it is sent: the board judges the rest and says so by an event.</summary>
/// <param name="Version">Its version; the board takes only one above the version in force.</param>
/// <param name="Document">UTF-8.</param>
internal sealed record BoardConfiguration(int Version, byte[] Document)
{
    /// <summary>Most that a board reads, bytes (firmware: BoardSettings.DocumentBytesMax).</summary>
    public const int BytesMax = 2048;

    /// <exception cref="FormatException">Not a settings document; the message says what is allowed.</exception>
    public static BoardConfiguration Parse(byte[] document)
    {
        if (document.Length > BytesMax)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the settings have {document.Length} bytes; a board reads at most {BytesMax}"));
        }

        try
        {
            using var json = JsonDocument.Parse(document);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("version", out var version) && version.TryGetInt32(out var number) && number >= 1
                ? new BoardConfiguration(number, document)
                : throw new FormatException("the settings are not a JSON object with a whole number 'version' from 1 up");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"the settings are not JSON: {e.Message}", e);
        }
    }

    /// <summary>The board's answer to this document, or null when the event is about something else.</summary>
    public BoardConfigurationResult? AnswerIn(IReadOnlyDictionary<string, string> fields)
    {
        // A document that the board cannot read at all is refused with version 0.
        var about = fields.GetValueOrDefault("cfg");
        var mine = Version.ToString(CultureInfo.InvariantCulture);
        return fields.GetValueOrDefault("event") switch
        {
            "config-applied" when about == mine => new(BoardConfigurationOutcome.Applied, null),
            "config-refused" when about == mine || about == "0" => new(BoardConfigurationOutcome.Refused, fields.GetValueOrDefault("why")),
            _ => null,
        };
    }
}

/// <summary>What became of a configuration.</summary>
internal enum BoardConfigurationOutcome
{
    /// <summary>The board works with it and has kept it.</summary>
    Applied,

    /// <summary>The board keeps what it had.</summary>
    Refused,

    /// <summary>No answer yet: the board is away, or tries a new broker for up to 15 minutes. The document stays for it.</summary>
    Unanswered,
}

/// <param name="Outcome">What the board did.</param>
/// <param name="Reason">Why it refused, in its words.</param>
internal sealed record BoardConfigurationResult(BoardConfigurationOutcome Outcome, string? Reason);
