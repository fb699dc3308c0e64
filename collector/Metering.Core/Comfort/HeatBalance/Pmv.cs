using Metering.Core.Applicability;

namespace Metering.Core.Comfort.HeatBalance;

/// <summary>What a mean vote predicts.</summary>
/// <param name="Vote">PMV, −3 cold to +3 hot.</param>
/// <param name="Dissatisfied">PPD, 5 to 100 %.</param>
public readonly record struct PmvResult(ModelValue Vote, ModelValue Dissatisfied);

/// <summary>
/// Predicted mean vote and predicted percentage dissatisfied (Fanger). ISO 7730:2005, equations 1 to 5 and the program of
/// annex D; ASHRAE 55 with the cooling effect of elevated air speed. Allocates nothing.
/// </summary>
/// <remarks>
/// A room sensor measures neither radiation nor air speed, metabolism or clothing: whoever prints a PMV prints what was
/// assumed (radiant temperature = air temperature, unless measured).
/// </remarks>
public static class Pmv
{
    /// <summary>1 met, W/m² of skin (ISO 8996).</summary>
    internal const double WattsPerMet = 58.15;

    /// <summary>1 clo, m²K/W (ISO 9920).</summary>
    internal const double SquareMetreKelvinPerClo = 0.155;

    private const double StefanBoltzmannFactor = 3.96e-8;
    private const int StepsMax = 40;
    private const double ToleranceK = 1e-7;

    /// <summary>ISO 7730:2005.</summary>
    /// <param name="airC">Air temperature, 10 to 30 °C.</param>
    /// <param name="radiantC">Mean radiant temperature, 10 to 40 °C.</param>
    /// <param name="airSpeed">Relative air speed, 0 to 1 m/s.</param>
    /// <param name="relativeHumidityPct">Relative humidity, %; the vapour pressure must stay within 2 700 Pa.</param>
    /// <param name="met">Metabolic rate, 0.8 to 4 met.</param>
    /// <param name="clo">Clothing insulation, 0 to 2 clo.</param>
    public static PmvResult Iso7730(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo)
    {
        var limit = OutsideIso(airC, radiantC, airSpeed, relativeHumidityPct, met, clo, out var given);
        if (limit is not null)
        {
            return Refuse(limit, given);
        }

        var vote = Equation(airC, radiantC, airSpeed, relativeHumidityPct, met, clo);
        return PmvLimits.IsoVote.Contains(vote)
            ? new(ModelValue.Of(vote), ModelValue.Of(Ppd(vote)))
            : Refuse(PmvLimits.IsoVote, vote);
    }

    /// <summary>
    /// ASHRAE 55-2020, 5.3 with normative appendix D: above 0.1 m/s the vote is that of still air cooler by the cooling effect.
    /// </summary>
    /// <param name="airC">Air temperature, 10 to 40 °C.</param>
    /// <param name="radiantC">Mean radiant temperature, 10 to 40 °C.</param>
    /// <param name="airSpeed">Air speed, 0 to 2 m/s.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %.</param>
    /// <param name="met">Metabolic rate, 1 to 4 met.</param>
    /// <param name="clo">Clothing insulation, 0 to 1.5 clo.</param>
    /// <param name="airSpeedControl">Whether the occupants command the air speed.</param>
    public static PmvResult Ashrae55(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo,
        bool airSpeedControl = true)
    {
        var limit = OutsideAshrae(airC, radiantC, airSpeed, relativeHumidityPct, met, clo, out var given);
        if (limit is not null)
        {
            return Refuse(limit, given);
        }

        if (!airSpeedControl && TooFastWithoutControl(airC, radiantC, airSpeed, met, clo))
        {
            return Refuse(PmvLimits.AshraeSpeedWithoutControl, airSpeed);
        }

        var vote = EquationWithCoolingEffect(airC, radiantC, airSpeed, relativeHumidityPct, met, clo);
        return new(ModelValue.Of(vote), ModelValue.Of(Ppd(vote)));
    }

    /// <summary>Predicted percentage dissatisfied, %. ISO 7730:2005, eq. 5.</summary>
    public static double Ppd(double vote)
    {
        var square = vote * vote;
        return 100 - (95 * Math.Exp((-0.03353 * square * square) - (0.2179 * square)));
    }

    internal static double EquationWithCoolingEffect(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo)
    {
        var effect = CoolingEffect.Kelvin(airC, radiantC, airSpeed, relativeHumidityPct, met, clo);
        return effect > 0
            ? Equation(airC - effect, radiantC - effect, CoolingEffect.StillAir, relativeHumidityPct, met, clo)
            : Equation(airC, radiantC, airSpeed, relativeHumidityPct, met, clo);
    }

    /// <summary>Equations 1 to 4 without any check of range: tables go further than the standard allows.</summary>
    internal static double Equation(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo)
    {
        var vapour = VapourPressurePa(airC, relativeHumidityPct);
        var insulation = SquareMetreKelvinPerClo * clo;
        var rate = met * WattsPerMet;
        var area = insulation <= 0.078 ? 1 + (1.29 * insulation) : 1.05 + (0.645 * insulation);
        var forced = 12.1 * Math.Sqrt(airSpeed);
        var radiant4 = Fourth(radiantC + 273);

        var surface = ClothingSurface(airC, rate, insulation, area, forced, radiant4);
        var difference = surface - airC;
        var convection = Math.Max(forced, 2.38 * FourthRoot(Math.Abs(difference)));

        var load = rate
            - (3.05e-3 * (5733 - (6.99 * rate) - vapour))
            - (rate > WattsPerMet ? 0.42 * (rate - WattsPerMet) : 0)
            - (1.7e-5 * rate * (5867 - vapour))
            - (0.0014 * rate * (34 - airC))
            - (StefanBoltzmannFactor * area * (Fourth(surface + 273) - radiant4))
            - (area * convection * difference);
        return ((0.303 * Math.Exp(-0.036 * rate)) + 0.028) * load;
    }

    /// <summary>Vapour pressure as annex D computes it (Antoine form), Pa.</summary>
    internal static double VapourPressurePa(double airC, double relativeHumidityPct) =>
        relativeHumidityPct * 10 * Math.Exp(16.6536 - (4030.183 / (airC + 235)));

    /// <summary>Clothing surface temperature, °C: eq. 2 by Newton steps (annex D iterates by means, to 0.00015 of a hundred kelvin).</summary>
    private static double ClothingSurface(
        double airC, double rate, double insulation, double area, double forced, double radiant4)
    {
        var skin = 35.7 - (0.028 * rate);
        if (insulation == 0)
        {
            return skin;
        }

        var weight = insulation * area;
        var t = airC + ((skin - airC) / (1 + (weight * (forced + 5))));
        for (var step = 0; step < StepsMax; step++)
        {
            var difference = t - airC;
            var natural = 2.38 * FourthRoot(Math.Abs(difference));
            var convection = forced > natural ? forced : natural;
            var slope = forced > natural ? forced : 1.25 * natural;
            var k = t + 273;
            var cube = k * k * k;
            var excess = t - skin
                + (weight * ((StefanBoltzmannFactor * ((cube * k) - radiant4)) + (convection * difference)));
            var move = excess / (1 + (weight * ((4 * StefanBoltzmannFactor * cube) + slope)));
            t -= move;
            if (Math.Abs(move) < ToleranceK)
            {
                break;
            }
        }

        return t;
    }

    private static ValidityLimit? OutsideIso(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo, out double given)
    {
        if (Outside(PmvLimits.IsoAirTemperature, airC, out given)) { return PmvLimits.IsoAirTemperature; }
        if (Outside(PmvLimits.IsoRadiantTemperature, radiantC, out given)) { return PmvLimits.IsoRadiantTemperature; }
        if (Outside(PmvLimits.IsoAirSpeed, airSpeed, out given)) { return PmvLimits.IsoAirSpeed; }
        if (Outside(PmvLimits.RelativeHumidity, relativeHumidityPct, out given)) { return PmvLimits.RelativeHumidity; }
        if (Outside(PmvLimits.IsoVapourPressure, VapourPressurePa(airC, relativeHumidityPct), out given)) { return PmvLimits.IsoVapourPressure; }
        if (Outside(PmvLimits.IsoMetabolicRate, met, out given)) { return PmvLimits.IsoMetabolicRate; }
        return Outside(PmvLimits.IsoClothing, clo, out given) ? PmvLimits.IsoClothing : null;
    }

    internal static ValidityLimit? OutsideAshrae(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo, out double given)
    {
        if (Outside(PmvLimits.AshraeTemperature, airC, out given)) { return PmvLimits.AshraeTemperature; }
        if (Outside(PmvLimits.AshraeTemperature, radiantC, out given)) { return PmvLimits.AshraeTemperature; }
        if (Outside(PmvLimits.AshraeAirSpeed, airSpeed, out given)) { return PmvLimits.AshraeAirSpeed; }
        if (Outside(PmvLimits.RelativeHumidity, relativeHumidityPct, out given)) { return PmvLimits.RelativeHumidity; }
        if (Outside(PmvLimits.AshraeMetabolicRate, met, out given)) { return PmvLimits.AshraeMetabolicRate; }
        return Outside(PmvLimits.AshraeClothing, clo, out given) ? PmvLimits.AshraeClothing : null;
    }

    /// <summary>ASHRAE 55-2020, 5.3.3: below 1.3 met and 0.7 clo the speed is bounded by the operative temperature.</summary>
    private static bool TooFastWithoutControl(double airC, double radiantC, double airSpeed, double met, double clo)
    {
        if (met >= 1.3 || clo >= 0.7)
        {
            return false;
        }

        var operative = OperativeTemperature.Celsius(airC, radiantC, airSpeed);
        var fastest = operative switch
        {
            <= 23 => 0.2,
            < 25.5 => 50.49 - (4.4047 * operative) + (0.096425 * operative * operative),
            _ => 0.8,
        };
        return airSpeed > fastest;
    }

    private static bool Outside(ValidityLimit limit, double value, out double given)
    {
        given = value;
        return !limit.Contains(value);
    }

    private static PmvResult Refuse(Inapplicability reason, double given)
    {
        var refused = ModelValue.NotApplicable(reason, given);
        return new(refused, refused);
    }

    private static double Fourth(double x)
    {
        var square = x * x;
        return square * square;
    }

    private static double FourthRoot(double x) => Math.Sqrt(Math.Sqrt(x));
}
