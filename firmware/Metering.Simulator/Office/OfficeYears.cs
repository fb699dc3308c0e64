namespace Metering.Simulator.Office;

/// <summary>
/// Three years of an invented office, step by step of ten minutes: what its air conditioners take and how its rooms feel.
/// The works cut the electricity of both circuits by <see cref="PlantedSaving"/> of what the same building would have
/// taken under the same weather and occupancy, so the saving that a note should find is known.
/// </summary>
internal sealed class OfficeYears
{
    /// <summary>Part of the electricity that the works save, exact before rounding to pulses.</summary>
    public const double PlantedSaving = 0.35;

    /// <summary>Rooms with an air conditioner: open space, office, meeting room.</summary>
    public const int CooledRooms = 3;

    /// <summary>The fourth room is open to the wind.</summary>
    public const int Rooms = 4;

    public const int Circuits = 2;

    private const int WhPerPulse = 10;

    /// <summary>Share of the usual load during the works, when a part of the office is closed.</summary>
    private const double LoadDuringWorks = 0.4;

    private static readonly OfficeZoneSize[] Sizes =
    [
        new(140, 1.3, 2_300, 0.018, 1_100, 7_000),
        new(70, 0.6, 800, 0.008, 500, 3_500),
        new(75, 0.5, 1_100, 0.014, 520, 4_500),
    ];

    /// <summary>Circuit of each cooled room: the open space has its own.</summary>
    private static readonly int[] CircuitOf = [0, 1, 1];

    private readonly int[][] _pulses;
    private readonly double[][] _celsius;
    private readonly double[][] _percent;
    private readonly double[] _carryWh = new double[Circuits];
    private readonly double[] _wattHours = new double[Circuits];

    /// <param name="weather">Outdoor air.</param>
    /// <param name="first">First local day.</param>
    /// <param name="works">First local day of the works.</param>
    /// <param name="reception">First local day after them.</param>
    /// <param name="random">Chooses what people do.</param>
    public OfficeYears(OfficeWeather weather, DateOnly first, DateOnly works, DateOnly reception, Random random)
    {
        ArgumentNullException.ThrowIfNull(weather);
        ArgumentNullException.ThrowIfNull(random);
        Weather = weather;
        var steps = weather.Steps.Count;
        _pulses = Tables<int>(Circuits, steps - 1);
        _celsius = Tables<double>(Rooms, steps);
        _percent = Tables<double>(Rooms, steps);

        // The building as it was goes on beside the real one: it says what would have been taken without the works.
        var old = Array.ConvertAll(Sizes, s => new OfficeZone(s));
        var real = Array.ConvertAll(Sizes, s => new OfficeZone(s));
        var habits = new OfficeHabits(random);
        for (var i = 0; i < steps; i++)
        {
            var day = first.AddDays(i / OfficeWeather.StepsPerDay);
            var hour = i % OfficeWeather.StepsPerDay * 24 / OfficeWeather.StepsPerDay;
            if (i % OfficeWeather.StepsPerDay == 0)
            {
                habits.BeginDay(day);
            }

            Feel(i, real, weather.Steps[i], day >= reception, random);
            var kept = day >= reception ? 1 - PlantedSaving : day >= works ? LoadDuringWorks : 1;
            Array.Clear(_wattHours);
            for (var room = 0; room < CooledRooms; room++)
            {
                var present = habits.Presence(room, hour);
                real[room].Step(weather.Steps[i], present, habits.SetPoint(room, hour, day >= reception ? OfficeHabits.NewSetPoint : OfficeHabits.OldSetPoint));
                _wattHours[CircuitOf[room]] += old[room].Step(weather.Steps[i], present, habits.SetPoint(room, hour, OfficeHabits.OldSetPoint))
                    * habits.Effort * (1 + (0.06 * Chance.Normal(random)));
            }

            if (i < steps - 1)
            {
                Count(i, kept, day >= reception);
            }
        }
    }

    public OfficeWeather Weather { get; }

    /// <summary>Pulses of each circuit by step.</summary>
    public IReadOnlyList<int[]> Pulses => _pulses;

    /// <summary>Air temperature of each room at the beginning of each step, °C.</summary>
    public IReadOnlyList<double[]> Celsius => _celsius;

    /// <summary>Relative humidity of each room at the beginning of each step, %.</summary>
    public IReadOnlyList<double[]> Percent => _percent;

    /// <summary>What the building as it was would have taken after reception, kWh.</summary>
    public double WithoutWorksKwh { get; private set; }

    private void Count(int step, double kept, bool after)
    {
        for (var circuit = 0; circuit < Circuits; circuit++)
        {
            WithoutWorksKwh += after ? _wattHours[circuit] / 1_000 : 0;
            _carryWh[circuit] += Math.Max(0, _wattHours[circuit]) * kept;
            _pulses[circuit][step] = (int)(_carryWh[circuit] / WhPerPulse);
            _carryWh[circuit] -= _pulses[circuit][step] * WhPerPulse;
        }
    }

    /// <summary>The air where the sensors hang, with a little of what no model has.</summary>
    private void Feel(int step, OfficeZone[] zones, OutdoorStep outdoor, bool after, Random random)
    {
        for (var room = 0; room < CooledRooms; room++)
        {
            _celsius[room][step] = zones[room].Celsius + (0.12 * Chance.Normal(random));
            _percent[room][step] = Math.Clamp(
                MoistAir.Percent(_celsius[room][step], MoistAir.VapourOfRatio(zones[room].Ratio)) + (0.6 * Chance.Normal(random)), 20, 98);
        }

        // The hall follows the wind: outdoor air, warmed by the sun on the roof, less so under the insulation of the works.
        var before = step == 0 ? outdoor.Celsius + 1 : _celsius[CooledRooms][step - 1];
        var wanted = outdoor.Celsius + 0.8 + (outdoor.SunWm2 * (after ? 0.0012 : 0.003));
        _celsius[CooledRooms][step] = before + (0.15 * (wanted - before)) + (0.05 * Chance.Normal(random));
        _percent[CooledRooms][step] = Math.Clamp(
            MoistAir.Percent(_celsius[CooledRooms][step], 1.03 * outdoor.Percent / 100 * MoistAir.VapourPa(outdoor.Celsius)) + (0.6 * Chance.Normal(random)), 20, 98);
    }

    private static T[][] Tables<T>(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new T[columns])];
}
