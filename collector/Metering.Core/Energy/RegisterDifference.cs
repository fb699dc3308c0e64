using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>
/// What lies between two consecutive readings of one register. A register goes down only with evidence: a new boot, a
/// roll-over, a register set by command. Anything else is missing energy, never a spike.
/// </summary>
internal static class RegisterDifference
{
    /// <summary>Roll-over: the older index above this share of the modulus (project rule ROLLOVER) ...</summary>
    private const double RolloverFrom = 0.9;

    /// <summary>... and the newer one below this share.</summary>
    private const double RolloverTo = 0.1;

    public static IntervalReading Between(
        in Reading a, in Reading b, QualityFlags carried, decimal weightWh, long? modulus, IntervalOptions options)
    {
        var flags = carried | Doubt(a) | Doubt(b) | (options.Simulated ? QualityFlags.Simulated : QualityFlags.Ok);
        var duration = b.Time - a.Time;
        var sameBoot = a.Boot == b.Boot;
        if (duration > options.GapAfter || (sameBoot && b.Sequence - a.Sequence > 1))
        {
            flags |= QualityFlags.GapIndex;
        }

        if (!sameBoot && MayHaveLostPulses(a, b, options))
        {
            flags |= QualityFlags.RegisterLoss;
        }

        if (b.Flags.HasFlag(SampleFlags.RegisterSet))
        {
            return Unknown(a, b, weightWh, flags | QualityFlags.Reset);
        }

        var delta = b.Value - a.Value;
        if (delta < 0)
        {
            if (!sameBoot)
            {
                return Unknown(a, b, weightWh, flags | QualityFlags.Reset | QualityFlags.RegisterLoss);
            }

            if (!RolledOver(a, b, modulus, weightWh, options))
            {
                return Unknown(a, b, weightWh, flags | QualityFlags.Reversed);
            }

            delta += modulus!.Value;
            flags |= QualityFlags.Rollover;
        }

        if (options.MaxPowerW is { } maxPower)
        {
            var capacity = Capacity(maxPower, duration, weightWh);
            if (modulus is { } m && duration > options.GapAfter && capacity >= m)
            {
                // The register may have passed its modulus unseen, once or several times.
                return Unknown(a, b, weightWh, flags | QualityFlags.Rollover);
            }

            // One pulse may carry energy that flowed before the interval began.
            if (delta - 1 > capacity)
            {
                return new IntervalReading(a.Time, b.Time, null, delta, weightWh, flags | QualityFlags.SpikePower);
            }
        }

        return new IntervalReading(a.Time, b.Time, delta, 0, weightWh, flags);
    }

    /// <summary>Whether going from <paramref name="a"/> to <paramref name="b"/> within one boot is a fall without evidence.</summary>
    public static bool Falls(in Reading a, in Reading b, long? modulus) =>
        b.Value < a.Value && a.Boot == b.Boot && !b.Flags.HasFlag(SampleFlags.RegisterSet) && !AtModulus(a, b, modulus);

    private static bool RolledOver(in Reading a, in Reading b, long? modulus, decimal weightWh, IntervalOptions options) =>
        AtModulus(a, b, modulus)
        || (modulus is { } m && options.MaxPowerW is { } w && Capacity(w, b.Time - a.Time, weightWh) < m
            && b.Value + m - a.Value - 1 <= Capacity(w, b.Time - a.Time, weightWh));

    private static bool AtModulus(in Reading a, in Reading b, long? modulus) =>
        modulus is { } m && a.Value > RolloverFrom * m && b.Value < RolloverTo * m;

    /// <summary>The most pulses that the circuit can cause in that time, with the allowance of SPIKE_P.</summary>
    private static decimal Capacity(decimal maxPowerW, TimeSpan duration, decimal weightWh) =>
        IntervalOptions.SpikeAllowance * maxPowerW * duration.Ticks / TimeSpan.TicksPerHour / weightWh;

    /// <summary>
    /// Over a restart the register may lack pulses when the board says so, when the sample that would say so is lost,
    /// or when the board was down long enough to miss an instant of its grid.
    /// </summary>
    private static bool MayHaveLostPulses(in Reading a, in Reading b, IntervalOptions options) =>
        b.Flags.HasFlag(SampleFlags.RegisterRestored)
        || b.Sequence > 1
        || b.Time - a.Time > options.GapAfter;

    private static QualityFlags Doubt(in Reading reading) =>
        (reading.Clock == ClockQuality.Synchronised ? QualityFlags.Ok : QualityFlags.Clock)
        | (reading.Flags.HasFlag(SampleFlags.Corrected) ? QualityFlags.Corrected : QualityFlags.Ok);

    private static IntervalReading Unknown(in Reading a, in Reading b, decimal weightWh, QualityFlags flags) =>
        new(a.Time, b.Time, null, 0, weightWh, flags);
}
