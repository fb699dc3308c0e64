using Metering.Collector.Cli;
using Metering.Collector.Notes;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Simulator.Appliances;
using Metering.Simulator.Faults;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;

namespace Metering.Collector.Jobs.Demo;

/// <summary>What a demo replays, and what people know about it.</summary>
internal sealed record DemoPlan
{
    /// <summary>Names that <c>--scenario</c> takes.</summary>
    public static readonly string[] Names = ["house", "office"];

    private static readonly DataCredit HouseCredit = new(
        "Appliances Energy Prediction (UCI)",
        "Candanedo, Feldheim, Deramaix (2017), Energy and Buildings 140, 81-97, doi:10.1016/j.enbuild.2017.01.083",
        "CC BY 4.0",
        "Données mesurées d'une maison réelle, rejouées par des cartes virtuelles qui exécutent le micrologiciel. "
        + "Real house's data, replayed through virtual boards that run the firmware.");

    /// <summary>The office's boards send once an hour (setting packSamples): three years in a minute instead of three.</summary>
    private const int SamplesAMessage = 6;

    /// <summary>Boards, meters, sensors, period.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>What happens to the boards, and how many samples they put into a message.</summary>
    public FleetOptions Fleet { get; init; } = new();

    /// <summary>What no meter measures, as the demo leaves it in its folder.</summary>
    public required NoteDossier Dossier { get; init; }

    /// <summary>What people write into the note, by language code; none for a scenario that needs no words.</summary>
    public IReadOnlyDictionary<string, string> Narratives { get; init; } = new Dictionary<string, string>();

    /// <summary>Period of the note.</summary>
    public required NotePeriod Period { get; init; }

    /// <summary>A note of the demo speaks of the plan's period, as of its end, and names whose data it shows.</summary>
    public NoteRequest Complete(NoteRequest request) =>
        request with { From = Period.From, To = Period.To, AsOf = Scenario.To, Credit = Dossier.Credit };

    /// <summary>The plan of a scenario.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="trace">Data file instead of the built-in one, or null.</param>
    /// <param name="seed">Seed of everything that is drawn by chance.</param>
    /// <exception cref="UsageException">The data file cannot be used.</exception>
    public static DemoPlan Load(string name, string? trace, int seed) => name == "office" ? Office(trace, seed) : House(trace, seed);

    private static DemoPlan House(string? trace, int seed)
    {
        try
        {
            var data = trace is null ? AppliancesDataSet.LoadEmbedded() : AppliancesDataSet.Load(trace);
            var scenario = HouseScenario.Create(data, seed);
            return new DemoPlan
            {
                Scenario = scenario,
                Dossier = NoteDossier.Empty with { Credit = HouseCredit, PublicationConsent = true },
                Period = new NotePeriod(scenario.From, scenario.To),
            };
        }
        catch (ScenarioDataException e)
        {
            throw new UsageException($"--trace: {e.Message}", e);
        }
    }

    private static DemoPlan Office(string? trace, int seed)
    {
        if (trace is not null)
        {
            throw new UsageException("--trace: the office is invented and takes no data file; give it with --scenario house.");
        }

        var scenario = OfficeScenario.Create(seed);
        return new DemoPlan
        {
            Scenario = scenario,
            Fleet = new FleetOptions { Faults = FaultLevel.Everyday, PackSamples = SamplesAMessage },
            Dossier = OfficeDossier.Of(scenario),
            Narratives = new Dictionary<string, string> { ["fr"] = OfficeNarrative.French, ["en"] = OfficeNarrative.English },
            Period = new NotePeriod(OfficeScenario.Instant(OfficeScenario.Reception), OfficeScenario.Instant(OfficeScenario.End)),
        };
    }
}
