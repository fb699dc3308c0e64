using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Tests.Energy;

/// <summary>
/// A register whose truth is known: random pulses, samples on the ten-minute grid, restarts that keep the register.
/// Written without a look at the builder, so that it can serve as its oracle.
/// </summary>
internal sealed class RegisterTrace
{
    public const string Board = "0024befffe804ff1";
    public static readonly DateTimeOffset Origin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public List<Reading> Readings { get; } = [];

    /// <summary>Pulses of each step, in order.</summary>
    public List<long> PulsesOfStep { get; } = [];

    public long TotalPulses => PulsesOfStep.Sum();

    public static ChannelAssignment Assignment(decimal weightWh = 10m, long? modulus = null) => new()
    {
        PointId = "clim",
        Board = Board,
        Channel = "ch1",
        Quantity = Quantity.PulseRegister,
        From = Origin.AddYears(-1),
        PulseWeightWh = weightWh,
        Modulus = modulus,
    };

    public static Reading Reading(
        double minutes, long value, long sequence, long boot = 1, SampleFlags flags = SampleFlags.None,
        ClockQuality clock = ClockQuality.Synchronised) =>
        new(Origin.AddMinutes(minutes), value, boot, sequence, clock, flags, MissingReason.None);

    public static RegisterTrace Random(Random random, int steps, long? modulus = null, double restartProbability = 0, long start = 0)
    {
        var trace = new RegisterTrace();
        long index = start, boot = 1, sequence = 0;
        for (var i = 0; i <= steps; i++)
        {
            if (i > 0)
            {
                var pulses = random.Next(4) == 0 ? 0 : random.Next(0, 40);
                trace.PulsesOfStep.Add(pulses);
                index += pulses;
            }

            var restarted = random.NextDouble() < restartProbability;
            if (restarted)
            {
                boot++;
                sequence = 0;
            }

            sequence++;
            trace.Readings.Add(Reading(
                10 * i, modulus is { } m ? index % m : index, sequence, boot, restarted ? SampleFlags.FirstOfBoot : SampleFlags.None));
        }

        return trace;
    }

    public static IntervalSeries Build(IReadOnlyList<Reading> readings, ChannelAssignment? assignment = null, IntervalOptions? options = null) =>
        IntervalBuilder.Build("clim", [new AssignedReadings(assignment ?? Assignment(), readings)], options);
}
