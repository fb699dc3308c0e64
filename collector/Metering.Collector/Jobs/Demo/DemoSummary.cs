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

    /// <summary>Pulses by the registers in the store.</summary>
    public required long PulsesStored { get; init; }

    public required long SamplesExpected { get; init; }

    public required long SamplesStored { get; init; }

    public required long DuplicatesDropped { get; init; }

    public required long Quarantined { get; init; }

    /// <summary>Energy of each point with a meter, kWh, exact.</summary>
    public required IReadOnlyDictionary<string, decimal> EnergyKwh { get; init; }

    public required DemoPeriod Period { get; init; }

    /// <summary>Wall-clock time of the run, s.</summary>
    public required double WallS { get; init; }

    /// <summary>Path of the note, relative to the folder.</summary>
    public required string Note { get; init; }

    /// <summary>Whether every pulse and every sample of the oracle is in the store, once.</summary>
    [JsonIgnore]
    public bool IsComplete => PulsesEmitted == PulsesStored && SamplesExpected == SamplesStored && Quarantined == 0;

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
