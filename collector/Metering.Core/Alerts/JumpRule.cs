using Metering.Core.Energy;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Alerts;

/// <summary>How much of the greatest possible change lies between two neighbouring readings: 1 and above is implausible.</summary>
public static class JumpRule
{
    /// <summary>Value of a register that fell without evidence: no multiple of anything, and never plausible.</summary>
    public const double Fall = 10;

    /// <summary>
    /// The change as a multiple of the greatest possible one; null where nothing can be said: another boot, a register set by
    /// command, a value that is missing, a circuit without greatest power.
    /// </summary>
    /// <param name="before">The earlier reading.</param>
    /// <param name="after">The later reading.</param>
    /// <param name="assignment">Which channel it is.</param>
    /// <param name="maxPowerW">Greatest power of the circuit, W, or null.</param>
    /// <param name="rules">Limits of temperature or humidity; null where there are none.</param>
    public static double? Multiple(in Reading before, in Reading after, ChannelAssignment assignment, double? maxPowerW, SpotRules? rules)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var elapsed = after.Time - before.Time;
        if (elapsed <= TimeSpan.Zero || before.Missing != MissingReason.None || after.Missing != MissingReason.None)
        {
            return null;
        }

        if (assignment.Quantity != Quantity.PulseRegister)
        {
            return rules is null || elapsed > rules.StepWithin
                ? null
                : Math.Abs(after.Value - before.Value) / (double)Quantities.Scale(assignment.Quantity) / rules.LargestStep;
        }

        if (before.Boot != after.Boot || after.Flags.HasFlag(SampleFlags.RegisterSet))
        {
            return null;
        }

        var pulses = after.Value - before.Value;
        if (pulses < 0)
        {
            return assignment.Modulus is null ? Fall : null;
        }

        // One pulse may carry energy that flowed before the interval began.
        return maxPowerW is not { } watts || watts <= 0
            ? null
            : Math.Max(0, pulses - 1) * (double)assignment.PulseWeightWh / elapsed.TotalHours / (watts * (double)IntervalOptions.SpikeAllowance);
    }
}

/// <summary>Counted energy against what a person read on the meter's display.</summary>
public static class DriftRule
{
    /// <summary>Display readings closer than this say too little, kWh.</summary>
    public const decimal EnergyKwhMin = 10;

    /// <summary>
    /// Percent by which counted energy and the display differ between two visits, beyond one pulse and one digit of the display
    /// at either end; null when the display went on by less than <see cref="EnergyKwhMin"/>.
    /// </summary>
    public static double? Percent(decimal countedKwh, decimal firstIndexKwh, decimal lastIndexKwh, decimal pulseWeightWh)
    {
        var shown = lastIndexKwh - firstIndexKwh;
        if (shown < EnergyKwhMin)
        {
            return null;
        }

        var resolution = (2 * pulseWeightWh / 1000m) + (2 * Digit(firstIndexKwh, lastIndexKwh));
        return (double)(100m * Math.Max(0, Math.Abs(countedKwh - shown) - resolution) / shown);
    }

    /// <summary>The last decimal that was written down.</summary>
    private static decimal Digit(decimal a, decimal b)
    {
        var decimals = Math.Max(a.Scale, b.Scale);
        var digit = 1m;
        for (var i = 0; i < decimals; i++)
        {
            digit /= 10;
        }

        return digit;
    }
}
