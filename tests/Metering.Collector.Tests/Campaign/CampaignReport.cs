using System.Globalization;

namespace Metering.Collector.Tests.Campaign;

/// <summary>What a campaign found.</summary>
internal sealed class CampaignReport(int seed)
{
    private const int ProblemsMax = 12;

    public int Boots { get; init; }

    /// <summary>Different samples taken in.</summary>
    public long Stored { get; init; }

    public long Duplicates { get; init; }

    /// <summary>Samples of boots that never had a clock: kept, without a date.</summary>
    public long Undatable { get; init; }

    public long PulsesEmitted { get; init; }

    public long PulsesWhileDown { get; init; }

    public long IntervalsChecked { get; set; }

    public int LossesChecked { get; set; }

    public List<string> Problems { get; } = [];

    public void Add(string problem)
    {
        if (Problems.Count < ProblemsMax)
        {
            Problems.Add(problem);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed}: {Boots} boots, {Stored} samples, {Duplicates} duplicates, {Undatable} undatable, {PulsesEmitted} pulses, {PulsesWhileDown} while down in {LossesChecked} spans, {IntervalsChecked} intervals{string.Concat(Problems.Select(p => Environment.NewLine + "  " + p))}");
}
