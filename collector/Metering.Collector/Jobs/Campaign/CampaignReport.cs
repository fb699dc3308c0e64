using System.Globalization;

namespace Metering.Collector.Jobs.Campaign;

/// <summary>What a campaign found.</summary>
internal sealed record CampaignReport
{
    public required CampaignOptions Options { get; init; }

    public required IReadOnlyList<CampaignBoard> Boards { get; init; }

    /// <summary>Different samples taken in.</summary>
    public required long Stored { get; init; }

    /// <summary>Samples that came again.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Samples of boots that never had a clock: kept, without a date.</summary>
    public required long Undatable { get; init; }

    public required long Quarantined { get; init; }

    /// <summary>Differences of the whole store: samples, quarantine.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Real time from the first message to the last comparison.</summary>
    public required TimeSpan Wall { get; init; }

    /// <summary>Simulated years of all boards together.</summary>
    public double Years => Options.Seeds * Options.Days / 365.25;

    /// <summary>Whether the store says what the oracle knows, pulse for pulse and interval by interval.</summary>
    public bool IsRight => Problems.Count == 0 && Boards.All(b => b.Problems.Count == 0);

    public override string ToString()
    {
        var lines = Boards.Select(b => b.ToString()).Append(string.Create(
            CultureInfo.InvariantCulture,
            $"{Options.Faults.ToString().ToLowerInvariant()}: {Stored} samples, {Duplicates} duplicates, {Undatable} undatable, {Quarantined} in quarantine; {Years:F2} simulated years in {Wall.TotalSeconds:F1} s: {Years / Wall.TotalSeconds:F3} years a second"));
        return string.Join(Environment.NewLine, lines.Concat(Problems.Select(p => "  " + p)));
    }
}

/// <summary>What a campaign found on one board.</summary>
internal sealed class CampaignBoard(int seed)
{
    /// <summary>Differences kept; what follows them is rarely another fault.</summary>
    private const int ProblemsMax = 12;

    private readonly List<string> problems = [];

    public int Seed { get; } = seed;

    public required int Boots { get; init; }

    public required long PulsesEmitted { get; init; }

    public required long PulsesWhileDown { get; init; }

    public long Samples { get; set; }

    public long IntervalsChecked { get; set; }

    /// <summary>Spans without a running processor in which pulses were lost, each found in an interval that says so.</summary>
    public int LossesChecked { get; set; }

    /// <summary>Stops without warning, each found in an interval that says that a pulse may be missing.</summary>
    public int CollapsesChecked { get; set; }

    /// <summary>Samples in which the sensor gave no value, each with a reason.</summary>
    public long MissingClimate { get; set; }

    public IReadOnlyList<string> Problems => problems;

    public void Add(string problem)
    {
        if (problems.Count < ProblemsMax)
        {
            problems.Add(problem);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {Boots} boots, {Samples} samples, {PulsesEmitted} pulses, {PulsesWhileDown} while down in {LossesChecked} spans, {CollapsesChecked} stops without warning, {IntervalsChecked} intervals, {MissingClimate} without climate{string.Concat(problems.Select(p => Environment.NewLine + "  " + p))}");
}
