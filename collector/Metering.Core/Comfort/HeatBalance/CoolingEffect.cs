using Metering.Core.Applicability;

namespace Metering.Core.Comfort.HeatBalance;

/// <summary>
/// Cooling effect of moving air, K: by how much air and radiation of still air (0.1 m/s) would have to be cooler for the same
/// SET*, relative humidity kept. ASHRAE 55-2020, normative appendix D.
/// </summary>
public static class CoolingEffect
{
    /// <summary>Air speed of still air, m/s.</summary>
    public const double StillAir = 0.1;

    private const double SearchMaxK = 40;
    private const double FirstStep = 1.3;
    private const int StepsMax = 60;
    private const double ToleranceK = 1e-5;

    /// <inheritdoc cref="SetTemperature.At"/>
    /// <returns>K; 0 in still air and where moving air does not cool.</returns>
    public static ModelValue At(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo)
    {
        var limit = Pmv.OutsideAshrae(airC, radiantC, airSpeed, relativeHumidityPct, met, clo, out var given);
        return limit is null
            ? ModelValue.Of(Kelvin(airC, radiantC, airSpeed, relativeHumidityPct, met, clo))
            : ModelValue.NotApplicable(limit, given);
    }

    internal static double Kelvin(
        double airC, double radiantC, double airSpeed, double relativeHumidityPct, double met, double clo)
    {
        if (airSpeed <= StillAir)
        {
            return 0;
        }

        var target = SetTemperature.Celsius(airC, radiantC, airSpeed, relativeHumidityPct, met, clo, withMovement: false);
        var low = 0.0;
        var atLow = SetTemperature.Celsius(airC, radiantC, StillAir, relativeHumidityPct, met, clo, withMovement: false) - target;
        if (atLow <= 0)
        {
            return 0;
        }

        // SET* falls by about a kelvin for each kelvin: a little more than the difference brackets the effect.
        var high = Math.Min(SearchMaxK, (FirstStep * atLow) + 0.1);
        var atHigh = Excess(high);
        while (atHigh >= 0)
        {
            if (high >= SearchMaxK)
            {
                return 0;
            }

            (low, atLow) = (high, atHigh);
            high = Math.Min(SearchMaxK, 2 * high);
            atHigh = Excess(high);
        }

        // False position with the Illinois rule: keeps the bracket, needs three or four models where halving needs twenty.
        var side = 0;
        for (var step = 0; step < StepsMax; step++)
        {
            var middle = ((low * atHigh) - (high * atLow)) / (atHigh - atLow);
            var atMiddle = Excess(middle);
            if (Math.Abs(atMiddle) < ToleranceK || high - low < ToleranceK)
            {
                return middle;
            }

            if (atMiddle < 0)
            {
                high = middle;
                atHigh = atMiddle;
                atLow = side < 0 ? atLow / 2 : atLow;
                side = -1;
            }
            else
            {
                low = middle;
                atLow = atMiddle;
                atHigh = side > 0 ? atHigh / 2 : atHigh;
                side = 1;
            }
        }

        return (low + high) / 2;

        double Excess(double cooler) => SetTemperature.Celsius(
            airC - cooler, radiantC - cooler, StillAir, relativeHumidityPct, met, clo, withMovement: false) - target;
    }
}
