using System.Globalization;
using Metering.Simulator.Climate;
using Metering.Simulator.Pulses;

namespace Metering.Simulator.Scenarios;

/// <summary>
/// A fleet of identical boards in invented dwellings of a warm, humid climate: two to four meters and a sensor each. For
/// load and campaigns; nobody's consumption is modelled.
/// </summary>
public static class SyntheticScenario
{
    public const int MetersMax = 4;
    public const int BoardsMax = 10_000;
    public const int DaysMax = 4_000;
    public const int SeedMax = 1_000_000;

    private const string BuildingId = "synthetic";
    private const decimal PulseWeightWh = 10;
    private const int StepMinutes = 10;
    private const int StepsPerDay = 24 * 60 / StepMinutes;

    /// <param name="boards">1 to <see cref="BoardsMax"/>.</param>
    /// <param name="meters">Pulse channels of each board, 0 to <see cref="MetersMax"/>.</param>
    /// <param name="from">First sample instant, on the ten-minute grid.</param>
    /// <param name="days">1 to <see cref="DaysMax"/>.</param>
    /// <param name="seed">The same seed gives the same scenario.</param>
    public static Scenario Create(int boards, int meters, DateTimeOffset from, int days, int seed)
    {
        Check(boards, meters, from, days);
        var list = new List<ScenarioBoard>(boards);
        for (var i = 0; i < boards; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"board-{i + 1}");
            list.Add(Board(name, i, meters, from, days, new Random(unchecked((seed * 7_919) + i))));
        }

        return Of(list, from, days, seed);
    }

    /// <summary>A board for each seed, which lives the same life whatever other seeds are beside it: for campaigns.</summary>
    /// <param name="first">First seed, 1 to <see cref="SeedMax"/>.</param>
    /// <param name="seeds">How many, 1 to <see cref="BoardsMax"/>.</param>
    /// <param name="meters">Pulse channels of each board, 0 to <see cref="MetersMax"/>.</param>
    /// <param name="from">First sample instant, on the ten-minute grid.</param>
    /// <param name="days">1 to <see cref="DaysMax"/>.</param>
    public static Scenario OfSeeds(int first, int seeds, int meters, DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, SeedMax);
        Check(seeds, meters, from, days);
        var list = new List<ScenarioBoard>(seeds);
        for (var seed = first; seed < first + seeds; seed++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"seed-{seed}");
            list.Add(Board(name, seed, meters, from, days, new Random(unchecked(seed * 7_919))) with { Seed = seed });
        }

        return Of(list, from, days, first);
    }

    private static void Check(int boards, int meters, DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(boards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(boards, BoardsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(meters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(meters, MetersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        if (from.UtcTicks % Scenario.SamplePeriod.Ticks != 0)
        {
            throw new ArgumentException("The first sample instant lies on the ten-minute grid.", nameof(from));
        }
    }

    private static Scenario Of(List<ScenarioBoard> boards, DateTimeOffset from, int days, int seed) => new()
    {
        Name = "synthetic",
        Seed = seed,
        From = from,
        To = from.AddDays(days),
        Registry = Registry(boards, from),
        Boards = boards,
    };

    private static ScenarioBoard Board(string board, int number, int meters, DateTimeOffset from, int days, Random random)
    {
        var startUs = Microseconds.Of(from);
        var stepUs = StepMinutes * Microseconds.PerMinute;
        var list = new List<ScenarioMeter>(meters);
        for (var m = 0; m < meters; m++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{board}-ch{m + 1}");
            list.Add(new ScenarioMeter(name, PulseWeightWh, new PulseTrace(name, startUs, stepUs, Pulses(days, 1.0 / (1 + (3 * m)), random)), new MeterOutput()));
        }

        return new ScenarioBoard
        {
            Name = board,
            Mac = ScenarioBoard.SimulatedMac(0x10000 + number),
            Meters = list,
            Climate = Air(startUs, stepUs, days, random),
        };
    }

    /// <summary>A base load, an evening peak, and appliances that switch on and off: some 9 kWh a day at a share of 1.</summary>
    private static int[] Pulses(int days, double share, Random random)
    {
        var counts = new int[days * StepsPerDay];
        var baseW = 40 + random.Next(80);
        var peakW = 300 + random.Next(1_200);
        double carryWh = 0;
        var applianceW = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (random.Next(12) == 0)
            {
                applianceW = random.Next(8) == 0 ? random.Next(3_500) : 0;
            }

            var hour = i % StepsPerDay / (double)(StepsPerDay / 24);
            var evening = Math.Exp(-Math.Pow((hour - 19) / 2.5, 2));
            carryWh += share * (baseW + (peakW * evening * random.NextDouble()) + applianceW) * StepMinutes / 60.0;
            counts[i] = (int)(carryWh / (double)PulseWeightWh);
            carryWh -= counts[i] * (double)PulseWeightWh;
        }

        return counts;
    }

    private static ClimateTrace Air(long startUs, long stepUs, int days, Random random)
    {
        var celsius = new double[(days * StepsPerDay) + 1];
        var percent = new double[celsius.Length];
        double weather = 0;
        for (var i = 0; i < celsius.Length; i++)
        {
            var day = i / (double)StepsPerDay;
            weather = (0.995 * weather) + (0.1 * (random.NextDouble() - 0.5));
            celsius[i] = 27 + (1.5 * Math.Sin(2 * Math.PI * day / 365.25)) + (2 * Math.Sin(2 * Math.PI * (day - 0.35))) + weather;
            percent[i] = Math.Clamp(76 - (4 * (celsius[i] - 27)) + (2 * (random.NextDouble() - 0.5)), 40, 98);
        }

        return new ClimateTrace(startUs, stepUs, celsius, percent);
    }

    private static ScenarioRegistry Registry(List<ScenarioBoard> boards, DateTimeOffset from)
    {
        var points = new List<ScenarioPoint>();
        var assignments = new List<ScenarioAssignment>();
        foreach (var board in boards)
        {
            for (var m = 0; m < board.Meters.Count; m++)
            {
                var id = board.Meters[m].PointId;
                points.Add(new ScenarioPoint(id, BuildingId, board.Name, id, "Other", 9_200));
                assignments.Add(new ScenarioAssignment(
                    id, board.Eui64, string.Create(CultureInfo.InvariantCulture, $"ch{m + 1}"), PulseWeightWh, from));
            }

            var climate = board.Name + "-climate";
            points.Add(new ScenarioPoint(climate, BuildingId, board.Name, climate, "IndoorClimate", null));
            assignments.Add(new ScenarioAssignment(climate, board.Eui64, "t1", 0, from));
            assignments.Add(new ScenarioAssignment(climate, board.Eui64, "rh1", 0, from));
        }

        return new ScenarioRegistry(
            new ScenarioSite("synthetic", "Site simulé", "America/Guadeloupe", 16.24, -61.53, 10),
            new ScenarioBuilding(BuildingId, "synthetic", "Parc simulé", "NaturallyVentilatedTropicalDwelling", null, null, Simulated: true),
            [.. boards.Select(b => new ScenarioZone(b.Name, BuildingId, b.Name, null))],
            points,
            assignments);
    }
}
