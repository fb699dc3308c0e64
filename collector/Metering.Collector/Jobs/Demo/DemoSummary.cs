using System.Text.Json;
using System.Text.Json.Serialization;

namespace Metering.Collector.Jobs.Demo;

/// <summary>What a demo did and found: <c>DIR/summary.json</c> (docs/cli.md).</summary>
public sealed record DemoSummary
{
    /// <summary>Name of the file in the folder of the demo.</summary>
    public const string FileName = "summary.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public required string Scenario { get; init; }

    public required int Seed { get; init; }

    public required int Boards { get; init; }

    /// <summary>MQTT messages that the collector received.</summary>
    public required long Messages { get; init; }

    /// <summary>Pulses that the virtual meters sent out, as the oracle counted them.</summary>
    public required long PulsesEmitted { get; init; }

    /// <summary>Of these, the ones that arrived while a board had no supply: no board could count them.</summary>
    public long PulsesWhileDown { get; init; }

    /// <summary>Pulses by the registers in the store.</summary>
    public required long PulsesStored { get; init; }

    /// <summary>Instants of the ten-minute grid at which a board had supply.</summary>
    public required long SamplesExpected { get; init; }

    public required long SamplesStored { get; init; }

    public required long DuplicatesDropped { get; init; }

    public required long Quarantined { get; init; }

    /// <summary>Restarts of all boards: power cuts and brown-outs.</summary>
    public int Restarts { get; init; }

    /// <summary>Whether each interval without sample has a known cause (<c>metering verify</c>).</summary>
    public bool Explained { get; init; }

    /// <summary>Energy of each point with a meter, kWh, exact.</summary>
    public required IReadOnlyDictionary<string, decimal> EnergyKwh { get; init; }

    public required DemoPeriod Period { get; init; }

    /// <summary>Wall-clock time of the run, s.</summary>
    public required double WallS { get; init; }

    /// <summary>Path of the note, relative to the folder.</summary>
    public required string Note { get; init; }

    /// <summary>
    /// Whether every pulse that a board could count and every sample that one took is in the store, once. A board that has
    /// just started and does not know the time yet takes no sample at the next instant, so that samples are compared one
    /// by one only where no board ever restarted; elsewhere the boards' own numbering must be without holes.
    /// </summary>
    [JsonIgnore]
    public bool IsComplete => PulsesEmitted - PulsesWhileDown == PulsesStored && Quarantined == 0 && Explained
        && (Restarts > 0 || SamplesExpected == SamplesStored);

    /// <summary>Reads the summary of a folder; null when there is none or it cannot be read.</summary>
    public static DemoSummary? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<DemoSummary>(File.ReadAllBytes(Path.Combine(folder, FileName)), Json);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the summary so that it is there whole or not at all: it is what says that a demo is finished.</summary>
    public void Write(string folder)
    {
        var target = Path.Combine(folder, FileName);
        var draft = target + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(draft, target, overwrite: true);
    }
}

/// <summary>First and last instant of the samples, UTC.</summary>
public sealed record DemoPeriod(DateTimeOffset From, DateTimeOffset To);
