using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Energy;

public sealed class IntervalBuilderTests
{
    [Fact]
    public void Two_readings_give_their_difference_times_the_pulse_weight()
    {
        var series = Build([Reading(0, 100, 1), Reading(10, 137, 2)], Assignment(weightWh: 2.5m));

        var interval = Assert.Single(series.Intervals);
        Assert.Equal(Origin, interval.Start);
        Assert.Equal(Origin.AddMinutes(10), interval.End);
        Assert.Equal(37, interval.Pulses);
        Assert.Equal(92.5m, interval.EnergyWh);
        Assert.Equal(QualityFlags.Ok, interval.Flags);
    }

    [Fact]
    public void A_day_of_four_hours_at_1200_W_is_480_pulses_of_10_Wh()
    {
        // Fact sheet on protocols, section 4.3: 36 000 / dt(s) watts a pulse; "day of 4 h at 1.2 kW: 480 pulses".
        var readings = Enumerable.Range(0, 25).Select(i => Reading(10 * i, 20 * i, i + 1)).ToList();

        var series = Build(readings);

        Assert.Equal(480, series.Pulses);
        Assert.Equal(4800m, series.EnergyWh);
    }

    [Fact]
    public void Lost_messages_cost_resolution_and_not_energy()
    {
        var series = Build([Reading(0, 100, 1), Reading(10, 120, 2), Reading(60, 200, 7)]);

        Assert.Equal(100, series.Pulses);
        Assert.Equal(QualityFlags.Ok, series.Intervals[0].Flags);
        Assert.Equal(QualityFlags.GapIndex, series.Intervals[1].Flags);
    }

    [Theory]
    [InlineData(65_536L)]
    [InlineData(4_294_967_296L)]
    public void A_register_that_passes_its_modulus_goes_on_counting(long modulus)
    {
        var series = Build([Reading(0, modulus - 3, 1), Reading(10, 4, 2), Reading(20, 9, 3)], Assignment(modulus: modulus));

        Assert.Equal(12, series.Pulses);
        Assert.Equal(QualityFlags.Rollover, series.Intervals[0].Flags);
        Assert.Equal(QualityFlags.Ok, series.Intervals[1].Flags);
    }

    [Fact]
    public void Sixteen_bits_roll_over_at_655_36_kWh()
    {
        var readings = Enumerable.Range(0, 8).Select(i => Reading(10 * i, 10_000L * i % 65_536, i + 1)).ToList();

        Assert.Equal(700_000m, Build(readings, Assignment(modulus: 65_536)).EnergyWh);
    }

    [Fact]
    public void A_fall_far_from_the_modulus_is_a_roll_over_when_the_circuit_cannot_have_caused_a_whole_turn()
    {
        Reading[] readings = [Reading(0, 50_000, 1), Reading(6 * 60, 3_000, 37)];

        var unknown = Build(readings, Assignment(modulus: 65_536));
        var known = Build(readings, Assignment(modulus: 65_536), new IntervalOptions { MaxPowerW = 36_000 });

        Assert.Null(unknown.Intervals[0].Pulses);
        Assert.True(unknown.Flags.HasFlag(QualityFlags.Reversed));
        Assert.Equal(18_536, known.Pulses);
        Assert.True(known.Flags.HasFlag(QualityFlags.Rollover));
    }

    [Fact]
    public void A_gap_in_which_the_register_may_have_turned_unseen_has_no_known_energy()
    {
        // 36 kW fill 655.36 kWh in 18 h; over two days nobody knows how many turns there were.
        var series = Build(
            [Reading(0, 50_000, 1), Reading(48 * 60, 51_000, 289)],
            Assignment(modulus: 65_536),
            new IntervalOptions { MaxPowerW = 36_000 });

        Assert.Null(series.Intervals[0].Pulses);
        Assert.True(series.Flags.HasFlag(QualityFlags.Rollover));
    }

    [Fact]
    public void A_restart_that_kept_the_register_loses_nothing()
    {
        var series = Build([Reading(0, 100, 50), Reading(10, 130, 1, boot: 2, SampleFlags.FirstOfBoot), Reading(20, 131, 2, boot: 2)]);

        Assert.Equal(31, series.Pulses);
        Assert.Equal(QualityFlags.Ok, series.Flags);
    }

    [Fact]
    public void A_register_that_fell_with_a_new_boot_has_no_known_energy_there_and_starts_anew()
    {
        var series = Build([Reading(0, 5_000, 50), Reading(10, 3, 1, boot: 2), Reading(20, 8, 2, boot: 2)]);

        Assert.Null(series.Intervals[0].Pulses);
        Assert.Null(series.Intervals[0].EnergyWh);
        Assert.Equal(QualityFlags.Reset | QualityFlags.RegisterLoss, series.Intervals[0].Flags);
        Assert.Equal(5, series.Pulses);
    }

    [Theory]
    [InlineData(10, 1, SampleFlags.FirstOfBoot, QualityFlags.Ok)]
    [InlineData(10, 1, SampleFlags.FirstOfBoot | SampleFlags.RegisterRestored, QualityFlags.RegisterLoss)]
    [InlineData(120, 1, SampleFlags.FirstOfBoot, QualityFlags.RegisterLoss | QualityFlags.GapIndex)]
    [InlineData(10, 2, SampleFlags.None, QualityFlags.RegisterLoss)] // the sample that would say so is lost
    [InlineData(120, 12, SampleFlags.None, QualityFlags.RegisterLoss | QualityFlags.GapIndex)]
    public void A_restart_says_when_pulses_may_be_missing(int minutes, long sequence, SampleFlags sampleFlags, QualityFlags expected)
    {
        var series = Build([Reading(0, 100, 50), Reading(minutes, 130, sequence, boot: 2, sampleFlags)]);

        Assert.Equal(30, series.Pulses);
        Assert.Equal(expected, series.Flags);
    }

    [Fact]
    public void A_fall_without_evidence_is_missing_energy_and_never_a_spike()
    {
        var series = Build([Reading(0, 100, 1), Reading(10, 105, 2), Reading(20, 20, 3), Reading(30, 22, 4), Reading(40, 25, 5)]);

        Assert.Equal([5, null, 2, 3], series.Intervals.Select(i => i.Pulses));
        Assert.Equal(QualityFlags.Reversed, series.Intervals[1].Flags);
    }

    [Theory]
    [InlineData(7L)]
    [InlineData(9_000_000L)]
    public void A_single_reading_that_contradicts_both_neighbours_is_set_aside(long wrong)
    {
        var series = Build([Reading(0, 100, 1), Reading(10, 105, 2), Reading(20, wrong, 3), Reading(30, 111, 4), Reading(40, 112, 5)]);

        Assert.Equal([5, 6, 1], series.Intervals.Select(i => i.Pulses));
        Assert.Equal(QualityFlags.Reversed | QualityFlags.GapIndex, series.Intervals[1].Flags);
        Assert.Equal(wrong, Assert.Single(series.SetAside).Reading.Value);
    }

    [Fact]
    public void More_energy_than_the_circuit_can_carry_is_withheld()
    {
        // 3 kW for ten minutes, with the allowance of 1.2: 600 Wh, 60 pulses, and one that began before.
        var options = new IntervalOptions { MaxPowerW = 3_000 };

        var most = Build([Reading(0, 0, 1), Reading(10, 61, 2)], options: options);
        var spike = Build([Reading(0, 0, 1), Reading(10, 62, 2), Reading(20, 63, 3)], options: options);

        Assert.Equal(61, most.Pulses);
        Assert.Null(spike.Intervals[0].Pulses);
        Assert.Equal(62, spike.WithheldPulses);
        Assert.Equal(QualityFlags.SpikePower, spike.Intervals[0].Flags);
        Assert.Equal(1, spike.Pulses);
    }

    [Fact]
    public void A_register_set_by_command_has_no_known_energy_at_that_instant()
    {
        var series = Build([Reading(0, 100, 1), Reading(10, 5_000, 2, flags: SampleFlags.RegisterSet), Reading(20, 5_001, 3)]);

        Assert.Null(series.Intervals[0].Pulses);
        Assert.Equal(QualityFlags.Reset, series.Intervals[0].Flags);
        Assert.Equal(1, series.Pulses);
    }

    [Fact]
    public void A_change_of_pulse_weight_at_a_sample_is_exact()
    {
        var change = Origin.AddMinutes(10);
        Reading[] readings = [Reading(0, 100, 1), Reading(10, 110, 2), Reading(20, 210, 3)];

        var series = IntervalBuilder.Build("clim",
        [
            new AssignedReadings(Assignment(10m) with { To = change }, readings),
            new AssignedReadings(Assignment(1m) with { From = change }, readings),
        ]);

        Assert.Equal(200m, series.EnergyWh);
        Assert.Equal(QualityFlags.Ok, series.Flags);
    }

    [Fact]
    public void A_change_of_pulse_weight_between_samples_leaves_pulses_without_energy()
    {
        var change = Origin.AddMinutes(15);
        Reading[] readings = [Reading(0, 100, 1), Reading(10, 110, 2), Reading(20, 210, 3), Reading(30, 220, 4)];

        var series = IntervalBuilder.Build("clim",
        [
            new AssignedReadings(Assignment(10m) with { To = change }, readings),
            new AssignedReadings(Assignment(1m) with { From = change }, readings),
        ]);

        Assert.Equal(110m, series.EnergyWh);
        Assert.Equal(100, series.WithheldPulses);
        Assert.Equal(QualityFlags.MeterExchange, series.Intervals[1].Flags);
    }

    [Fact]
    public void A_meter_exchange_on_the_same_register_with_the_same_weight_goes_on_counting()
    {
        var change = Origin.AddMinutes(15);
        Reading[] readings = [Reading(0, 100, 1), Reading(10, 110, 2), Reading(20, 130, 3)];

        var series = IntervalBuilder.Build("clim",
        [
            new AssignedReadings(Assignment() with { To = change, MeterSerial = "A" }, readings),
            new AssignedReadings(Assignment() with { From = change, MeterSerial = "B" }, readings),
        ]);

        Assert.Equal(30, series.Pulses);
        Assert.Equal(QualityFlags.MeterExchange, series.Intervals[1].Flags);
    }

    [Fact]
    public void A_change_of_board_has_no_known_energy_between_the_two_registers()
    {
        var change = Origin.AddMinutes(15);

        var series = IntervalBuilder.Build("clim",
        [
            new AssignedReadings(Assignment() with { From = change, Board = "0024befffe804ff2" }, [Reading(20, 7, 1), Reading(30, 9, 2)]),
            new AssignedReadings(Assignment() with { To = change }, [Reading(0, 100, 1), Reading(10, 110, 2)]),
        ]);

        Assert.Equal([10, null, 2], series.Intervals.Select(i => i.Pulses));
        Assert.Equal(QualityFlags.MeterExchange, series.Intervals[1].Flags);
    }

    [Fact]
    public void Two_contents_of_one_sample_are_both_set_aside()
    {
        var series = Build([Reading(0, 100, 1), Reading(10, 110, 2), Reading(10, 111, 2), Reading(20, 120, 3)]);

        Assert.Equal(20, series.Pulses);
        Assert.Equal(QualityFlags.Duplicate | QualityFlags.GapIndex, Assert.Single(series.Intervals).Flags);
        Assert.Equal(2, series.SetAside.Count);
    }

    [Fact]
    public void Contradictory_samples_are_set_aside_in_the_same_order_however_they_arrive()
    {
        Reading[] readings = [Reading(0, 100, 1), Reading(10, 110, 2), Reading(10, 111, 2), Reading(20, 120, 3)];

        Assert.Equal(Build(readings).SetAside, Build([.. readings.Reverse()]).SetAside);
    }

    [Fact]
    public void Readings_dated_by_a_clock_that_jumped_are_set_aside_and_their_pulses_are_not()
    {
        const int year = 525_600;
        var series = Build(
        [
            Reading(0, 100, 1), Reading(10, 110, 2), Reading(year, 120, 3, clock: ClockQuality.Estimated),
            Reading(year + 10, 130, 4, clock: ClockQuality.Estimated), Reading(40, 140, 5),
        ]);

        Assert.Equal([10, 30], series.Intervals.Select(i => i.Pulses));
        Assert.Equal(QualityFlags.Clock | QualityFlags.GapIndex, series.Intervals[1].Flags);
        Assert.All(series.SetAside, s => Assert.Equal(QualityFlags.Clock, s.Reason));
    }

    [Fact]
    public void A_doubtful_clock_is_inherited_by_both_intervals_it_touches()
    {
        var series = Build([Reading(0, 1, 1), Reading(10, 2, 2, clock: ClockQuality.None), Reading(20, 3, 3), Reading(30, 4, 4)]);

        Assert.Equal([QualityFlags.Clock, QualityFlags.Clock, QualityFlags.Ok], series.Intervals.Select(i => i.Flags));
    }

    [Fact]
    public void Readings_outside_the_assignment_are_left_out()
    {
        var assignment = Assignment() with { From = Origin.AddMinutes(10), To = Origin.AddMinutes(20) };

        var series = Build([Reading(0, 100, 1), Reading(10, 110, 2), Reading(20, 130, 3), Reading(30, 160, 4)], assignment);

        Assert.Equal(20, series.Pulses);
    }

    [Fact]
    public void Nothing_and_one_reading_give_no_interval()
    {
        Assert.Empty(Build([]).Intervals);
        Assert.Empty(Build([Reading(0, 100, 1)]).Intervals);
    }

    [Fact]
    public void Overlapping_assignments_are_refused_with_both_names()
    {
        var error = Assert.Throws<ArgumentException>(() => IntervalBuilder.Build("clim",
        [
            new AssignedReadings(Assignment(), []),
            new AssignedReadings(Assignment() with { Channel = "ch2", From = Origin }, []),
        ]));

        Assert.Contains("ch1", error.Message, StringComparison.Ordinal);
        Assert.Contains("ch2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_no_register_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Build([], Assignment() with { Quantity = Quantity.AirTemperature }));

        Assert.Contains("AirTemperature", error.Message, StringComparison.Ordinal);
    }
}
