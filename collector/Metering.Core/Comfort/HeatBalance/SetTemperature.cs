using Metering.Core.Applicability;

namespace Metering.Core.Comfort.HeatBalance;

/// <summary>
/// Standard effective temperature SET*, °C: the temperature of a still room at 50 % where a person in standard clothing
/// would lose the same heat with the same skin. Two-node model of Gagge, Fobelets and Berglund (1986) as in ASHRAE 55-2020,
/// normative appendix D: one hour in steps of one minute.
/// </summary>
/// <remarks>
/// Worth printing only where the air speed is known. Its own published table is not at hand: what holds it is the 54-row table
/// of the cooling effect, which is the difference of two SET*, and three single values.
/// </remarks>
public static class SetTemperature
{
    private const double BodyMassKg = 70;
    private const double SkinAreaM2 = 1.8258;
    private const double WattsPerMet = 58.2;
    private const double SkinNeutralC = 33.7;
    private const double CoreNeutralC = 36.8;
    private const double BloodFlowNeutral = 6.3;
    private const double BloodFlowMax = 90;
    private const double BloodFlowMin = 0.5;
    private const double SweatGain = 170;
    private const double SweatMax = 500;
    private const double DilationGain = 120;
    private const double ConstrictionGain = 0.5;
    private const double ShiverGain = 19.4;

    // Radiating share of the skin of a person who stands (0.70 sitting, ASHRAE Handbook Fundamentals 2017, ch. 9). The
    // published table of the cooling effect agrees within 0.03 K with 0.73, and only within 0.35 K with 0.70.
    private const double RadiantAreaRatio = 0.73;

    private const double StillConvection = 3.0;
    private const double ClothingPermeation = 0.45;
    private const double StefanBoltzmann = 5.6697e-8;
    private const double Emissivity = 0.95;
    private const int Minutes = 60;
    private const int SurfaceStepsMax = 150;
    private const int SearchStepsMax = 50;
    private const double SearchToleranceK = 1e-9;
    private const double AntoineSlope = 4030.183;
    private const double AntoineShift = 235;

    /// <param name="airC">Air temperature, 10 to 40 °C.</param>
    /// <param name="radiantC">Mean radiant temperature, 10 to 40 °C.</param>
    /// <param name="airSpeed">Air speed, 0 to 2 m/s; below 0.1 m/s counts as 0.1.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %.</param>
    /// <param name="met">Metabolic rate, 1 to 4 met.</param>
    /// <param name="clo">Clothing insulation, 0 to 1.5 clo.</param>
    public static ModelValue At(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo)
    {
        var limit = Pmv.OutsideAshrae(airC, radiantC, airSpeed, relativeHumidityPct, met, clo, out var given);
        return limit is null
            ? ModelValue.Of(Celsius(airC, radiantC, airSpeed, relativeHumidityPct, met, clo))
            : ModelValue.NotApplicable(limit, given);
    }

    /// <summary>Without any check of range.</summary>
    /// <param name="airC">Air temperature, °C.</param>
    /// <param name="radiantC">Mean radiant temperature, °C.</param>
    /// <param name="airSpeed">Air speed, m/s.</param>
    /// <param name="relativeHumidityPct">Relative humidity, %.</param>
    /// <param name="met">Metabolic rate, met.</param>
    /// <param name="clo">Clothing insulation, clo.</param>
    /// <param name="withMovement">
    /// Whether the body's own movement stirs the air, in the room and in the standard room alike: 5.66 (met - 0.85)^0.39
    /// W/m²K. Part of SET*; left out where two SET* are compared for the cooling effect.
    /// </param>
    internal static double Celsius(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo, bool withMovement = true)
    {
        var speed = Math.Max(airSpeed, 0.1);
        var vapour = relativeHumidityPct / 100 * SaturationTorr(airC);
        var resistance = 0.155 * clo;
        var area = 1 + (0.15 * clo);
        var rate = met * WattsPerMet;
        var permeation = clo > 0 ? ClothingPermeation : 1;
        var wetMax = clo > 0 ? 0.59 * Math.Pow(speed, -0.08) : 0.38 * Math.Pow(speed, -0.29);
        var walking = withMovement && met > 0.85 ? 5.66 * Math.Pow(met - 0.85, 0.39) : 0;
        var convection = Math.Max(Math.Max(StillConvection, walking), 8.600001 * Math.Pow(speed, 0.53));
        const double Lewis = 2.2;

        var body = Simulate(
            airC, radiantC, vapour, rate, resistance, area, convection, Lewis, permeation, wetMax);
        return StandardRoom(body, met, Lewis, Math.Max(StillConvection, walking));
    }

    private static BodyState Simulate(
        double airC, double radiantC, double vapour, double rate, double resistance, double area, double convection,
        double lewis, double permeation, double wetMax)
    {
        var skin = SkinNeutralC;
        var core = CoreNeutralC;
        var flow = BloodFlowNeutral;
        var skinShare = 0.1;
        const double BodyNeutral = (0.1 * SkinNeutralC) + (0.9 * CoreNeutralC);
        var production = rate;
        var evaporation = 0.1 * rate / WattsPerMet;
        var wet = 0.0;
        var sensible = 0.0;
        var radiation = 4.7;
        var breathLatent = 0.0023 * rate * (44 - vapour);
        var breathSensible = 0.0014 * rate * (34 - airC);
        var airEvaporative = 1 / (lewis * area * convection);
        var clothEvaporative = resistance / (lewis * permeation);

        for (var minute = 0; minute < Minutes; minute++)
        {
            radiation = RadiantCoefficient(
                airC, radiantC, skin, resistance, area, convection, radiation, out var airResistance, out var operative);
            sensible = (skin - operative) / (airResistance + resistance);
            var coreToSkin = (core - skin) * (5.28 + (1.163 * flow));
            var coreStorage = production - coreToSkin - breathLatent - breathSensible;
            var skinStorage = coreToSkin - sensible - evaporation;
            skin += skinStorage * SkinAreaM2 / (0.97 * skinShare * BodyMassKg * 60);
            core += coreStorage * SkinAreaM2 / (0.97 * (1 - skinShare) * BodyMassKg * 60);

            var skinSignal = skin - SkinNeutralC;
            var skinWarm = Math.Max(skinSignal, 0);
            var skinCold = Math.Max(-skinSignal, 0);
            var coreWarm = Math.Max(core - CoreNeutralC, 0);
            var coreCold = Math.Max(CoreNeutralC - core, 0);
            var bodyWarm = Math.Max((skinShare * skin) + ((1 - skinShare) * core) - BodyNeutral, 0);

            flow = Math.Clamp(
                (BloodFlowNeutral + (DilationGain * coreWarm)) / (1 + (ConstrictionGain * skinCold)),
                BloodFlowMin, BloodFlowMax);
            var sweat = bodyWarm > 0 ? Math.Min(SweatGain * bodyWarm * Math.Exp(skinWarm / 10.7), SweatMax) : 0;
            var sweatHeat = 0.68 * sweat;
            var evaporationMax = (SaturationTorr(skin) - vapour) / (airEvaporative + clothEvaporative);
            var sweatShare = sweatHeat / evaporationMax;
            wet = 0.06 + (0.94 * sweatShare);
            var diffusion = (wet * evaporationMax) - sweatHeat;
            if (wet > wetMax)
            {
                wet = wetMax;
                sweatShare = wetMax / 0.94;
                sweatHeat = sweatShare * evaporationMax;
                diffusion = 0.06 * (1 - sweatShare) * evaporationMax;
            }

            if (evaporationMax < 0)
            {
                diffusion = 0;
                sweatHeat = 0;
                wet = wetMax;
            }

            evaporation = sweatHeat + diffusion;
            production = rate + (ShiverGain * skinCold * coreCold);
            skinShare = 0.0417737 + (0.7451833 / (flow + 0.585417));
        }

        return new(skin, sensible + evaporation, wet, radiation);
    }

    private static double RadiantCoefficient(
        double airC, double radiantC, double skin, double resistance, double area, double convection, double radiation,
        out double airResistance, out double operative)
    {
        var total = radiation + convection;
        airResistance = 1 / (area * total);
        operative = ((radiation * radiantC) + (convection * airC)) / total;
        var surface = ((airResistance * skin) + (resistance * operative)) / (airResistance + resistance);
        for (var step = 0; step < SurfaceStepsMax; step++)
        {
            var mean = ((surface + radiantC) / 2) + 273.15;
            radiation = 4 * StefanBoltzmann * Emissivity * RadiantAreaRatio * mean * mean * mean;
            total = radiation + convection;
            airResistance = 1 / (area * total);
            operative = ((radiation * radiantC) + (convection * airC)) / total;
            var next = ((airResistance * skin) + (resistance * operative)) / (airResistance + resistance);
            var moved = Math.Abs(next - surface);
            surface = next;
            if (moved <= 0.01)
            {
                break;
            }
        }

        return radiation;
    }

    /// <summary>The temperature at which the standard room takes the same heat from the same skin; the balance falls with it.</summary>
    private static double StandardRoom(BodyState body, double met, double lewis, double convection)
    {
        var total = convection + body.Radiation;
        var clo = (1.52 / (met + 0.6944)) - 0.1835;
        var resistance = 0.155 * clo;
        var area = 1 + (0.25 * clo);
        var efficiency = 1 / (1 + (0.155 * area * total * clo));
        var share = convection / total;
        var permeation = 0.45 * share * (1 - efficiency) / (share - (efficiency * 0.45));
        var dry = 1 / ((1 / (area * total)) + resistance);
        var latent = 1 / ((1 / (lewis * area * convection)) + (resistance / (lewis * permeation)));
        var skinPressure = SaturationTorr(body.SkinC);

        // The loss falls with the room temperature, and ever faster: Newton's steps overshoot once at most.
        var t = body.SkinC - (body.HeatLoss / dry);
        for (var step = 0; step < SearchStepsMax; step++)
        {
            var pressure = SaturationTorr(t);
            var loss = (dry * (body.SkinC - t)) + (body.Wettedness * latent * (skinPressure - (0.5 * pressure)));
            var shifted = t + AntoineShift;
            var slope = dry + (body.Wettedness * latent * 0.5 * pressure * AntoineSlope / (shifted * shifted));
            var move = (loss - body.HeatLoss) / slope;
            t += move;
            if (Math.Abs(move) < SearchToleranceK)
            {
                break;
            }
        }

        return t;
    }

    /// <summary>Saturation pressure of the model (Antoine form), torr.</summary>
    private static double SaturationTorr(double temperatureC) => Math.Exp(18.6686 - (AntoineSlope / (temperatureC + AntoineShift)));

    private readonly record struct BodyState(double SkinC, double HeatLoss, double Wettedness, double Radiation);
}
