using Metering.Core.Applicability;

namespace Metering.Core.Comfort.HeatBalance;

/// <summary>
/// SET*, cooling effect and the vote of ASHRAE 55 for somebody whose air speed, metabolism and clothing are declared, with
/// radiant temperature = air temperature: what a room sensor allows. The two-node model takes microseconds a point; here
/// it runs once for each corner of a lattice of 0.1 K and 1 % that the room visits, and values in between are interpolated
/// (within 0.03 K of the model itself, tested; directly from 33 °C, where it jumps most). For one thread at a time.
/// </summary>
public sealed class DeclaredOccupant
{
    private const double LowestC = 10;
    private const double HighestC = 33;
    private const double StepsPerKelvin = 10;
    private const int Rows = (int)((HighestC - LowestC) * StepsPerKelvin) + 1;
    private const int Columns = 101;

    // The model jumps where the skin becomes wet all over; a cell that is cut by a jump is not interpolated.
    private static readonly (double ByTemperature, double ByHumidity) LargestStepsOfSet = (0.15, 0.08);
    private static readonly (double ByTemperature, double ByHumidity) LargestStepsOfEffect = (0.04, 0.02);

    private readonly double[] set = Empty();
    private readonly double[] effect = Empty();

    /// <param name="airSpeed">m/s, 0 to 2.</param>
    /// <param name="met">met, 1 to 4.</param>
    /// <param name="clo">clo, 0 to 1.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range of ASHRAE 55.</exception>
    public DeclaredOccupant(double airSpeed, double met, double clo)
    {
        Demand(PmvLimits.AshraeAirSpeed, airSpeed, nameof(airSpeed));
        Demand(PmvLimits.AshraeMetabolicRate, met, nameof(met));
        Demand(PmvLimits.AshraeClothing, clo, nameof(clo));
        AirSpeed = airSpeed;
        Met = met;
        Clo = clo;
    }

    /// <summary>Light summer clothing and seated work in still air.</summary>
    public static DeclaredOccupant Office => new(0.1, 1.2, 0.5);

    /// <summary>m/s.</summary>
    public double AirSpeed { get; }

    /// <summary>met.</summary>
    public double Met { get; }

    /// <summary>clo.</summary>
    public double Clo { get; }

    /// <summary>SET*, °C.</summary>
    public ModelValue SetAt(double airC, double relativeHumidityPct) =>
        Outside(airC, relativeHumidityPct) ?? ModelValue.Of(Between(set, airC, relativeHumidityPct));

    /// <summary>Cooling effect of the declared air speed, K.</summary>
    public ModelValue CoolingEffectAt(double airC, double relativeHumidityPct) =>
        Outside(airC, relativeHumidityPct) ?? ModelValue.Of(Effect(airC, relativeHumidityPct));

    /// <summary>Vote and dissatisfied by ASHRAE 55; the occupants command the air speed.</summary>
    public PmvResult VoteAt(double airC, double relativeHumidityPct)
    {
        if (Outside(airC, relativeHumidityPct) is { } refused)
        {
            return new(refused, refused);
        }

        var cooler = Effect(airC, relativeHumidityPct);
        var vote = cooler > 0
            ? Pmv.Equation(airC - cooler, airC - cooler, CoolingEffect.StillAir, relativeHumidityPct, Met, Clo)
            : Pmv.Equation(airC, airC, AirSpeed, relativeHumidityPct, Met, Clo);
        return new(ModelValue.Of(vote), ModelValue.Of(Pmv.Ppd(vote)));
    }

    private double Effect(double airC, double relativeHumidityPct) =>
        AirSpeed <= CoolingEffect.StillAir ? 0 : Between(effect, airC, relativeHumidityPct);

    private double Between(double[] lattice, double airC, double relativeHumidityPct)
    {
        if (airC >= HighestC)
        {
            return Model(lattice, airC, relativeHumidityPct);
        }

        var (x, y) = ((airC - LowestC) * StepsPerKelvin, relativeHumidityPct);
        var (row, column) = (Math.Min((int)x, Rows - 2), Math.Min((int)y, Columns - 2));
        var (u, v) = (x - row, y - column);
        var (c00, c01) = (Corner(lattice, row, column), Corner(lattice, row, column + 1));
        var (c10, c11) = (Corner(lattice, row + 1, column), Corner(lattice, row + 1, column + 1));
        var (byTemperature, byHumidity) = ReferenceEquals(lattice, set) ? LargestStepsOfSet : LargestStepsOfEffect;
        if (Math.Max(Math.Abs(c10 - c00), Math.Abs(c11 - c01)) > byTemperature
            || Math.Max(Math.Abs(c01 - c00), Math.Abs(c11 - c10)) > byHumidity)
        {
            return Model(lattice, airC, relativeHumidityPct);
        }

        return ((1 - u) * (((1 - v) * c00) + (v * c01))) + (u * (((1 - v) * c10) + (v * c11)));
    }

    private double Corner(double[] lattice, int row, int column)
    {
        ref var known = ref lattice[(row * Columns) + column];
        if (double.IsNaN(known))
        {
            known = Model(lattice, LowestC + (row / StepsPerKelvin), column);
        }

        return known;
    }

    private double Model(double[] lattice, double airC, double relativeHumidityPct) => ReferenceEquals(lattice, set)
        ? SetTemperature.Celsius(airC, airC, AirSpeed, relativeHumidityPct, Met, Clo)
        : CoolingEffect.Kelvin(airC, airC, AirSpeed, relativeHumidityPct, Met, Clo);

    private static ModelValue? Outside(double airC, double relativeHumidityPct) =>
        !PmvLimits.AshraeTemperature.Contains(airC) ? ModelValue.NotApplicable(PmvLimits.AshraeTemperature, airC)
        : !PmvLimits.RelativeHumidity.Contains(relativeHumidityPct)
            ? ModelValue.NotApplicable(PmvLimits.RelativeHumidity, relativeHumidityPct)
            : null;

    private static void Demand(ValidityLimit limit, double value, string name)
    {
        if (!limit.Contains(value))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Allowed are {limit.Minimum} to {limit.Maximum} {limit.Unit}."));
        }
    }

    private static double[] Empty()
    {
        var lattice = new double[Rows * Columns];
        Array.Fill(lattice, double.NaN);
        return lattice;
    }
}
