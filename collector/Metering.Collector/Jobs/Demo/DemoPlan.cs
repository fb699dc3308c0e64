using Metering.Collector.Cli;
using Metering.Collector.Notes;
using Metering.Core.Notes.Model;
using Metering.Simulator.Appliances;
using Metering.Simulator.Scenarios;

namespace Metering.Collector.Jobs.Demo;

/// <summary>What a demo replays, and whose data it is.</summary>
/// <param name="Scenario">Boards, meters, sensors, period.</param>
/// <param name="Credit">Printed in the note; the data's licence asks for it.</param>
internal sealed record DemoPlan(Scenario Scenario, DataCredit? Credit)
{
    /// <summary>Names that <c>--scenario</c> takes.</summary>
    public static readonly string[] Names = ["house"];

    private static readonly DataCredit HouseCredit = new(
        "Appliances Energy Prediction (UCI)",
        "Candanedo, Feldheim, Deramaix (2017), Energy and Buildings 140, 81-97, doi:10.1016/j.enbuild.2017.01.083",
        "CC BY 4.0",
        "Données mesurées d'une maison réelle, rejouées par des cartes virtuelles qui exécutent le micrologiciel. "
        + "Real house's data, replayed through virtual boards that run the firmware.");

    /// <summary>A note of the demo speaks of the scenario's period, as of its end, and names whose data it shows.</summary>
    public NoteRequest Complete(NoteRequest request) =>
        request with { From = Scenario.From, To = Scenario.To, AsOf = Scenario.To, Credit = Credit };

    /// <summary>The plan of a scenario.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="trace">Data file instead of the built-in one, or null.</param>
    /// <param name="seed">Seed of everything that is drawn by chance.</param>
    /// <exception cref="UsageException">The data file cannot be used.</exception>
    public static DemoPlan Load(string name, string? trace, int seed)
    {
        try
        {
            var data = trace is null ? AppliancesDataSet.LoadEmbedded() : AppliancesDataSet.Load(trace);
            return new DemoPlan(HouseScenario.Create(data, seed), HouseCredit);
        }
        catch (ScenarioDataException e)
        {
            throw new UsageException($"--trace: {e.Message}", e);
        }
    }
}
