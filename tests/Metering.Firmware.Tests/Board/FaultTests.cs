using Metering.Virtual;
using Metering.Wire;

namespace Metering.Firmware.Tests.Board;

public sealed class FaultTests
{
    private const long Minute = 60 * TestBoard.SecondUs;

    [Fact]
    public void A_counter_read_at_a_wrap_is_read_again_and_changes_nothing()
    {
        var test = Counting(out var input);
        for (var i = 1; i < 40; i++)
        {
            var glitch = i % 2 == 0 ? 32_767 : -32_767;
            test.Board.Schedule(TestBoard.StartUs + (i * Minute), () => test.Board.Pins.WrapGlitch = glitch);
        }

        test.RunTo(50 * Minute + (3 * TestBoard.SecondUs));
        Assert.Equal(test.Samples[^1].Values[0], Until(test));
        Assert.Equal(0, input.ArrivedWhileDown);
        Assert.Contains("\"n\":\"rej1\",\"u\":\"count\",\"v\":0}", test.Statuses[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Pulses_faster_than_plausible_are_counted_and_reported()
    {
        var test = new TestBoard(channels: 1);
        var input = test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs, 500_000));
        test.RunTo((90 * Minute) + (3 * TestBoard.SecondUs));
        Assert.InRange(test.Samples[^1].Values[0], 90 * 120 - 3, 90 * 120 + 3);
        Assert.Equal(0, input.ArrivedWhileDown);
        var rejected = long.Parse(System.Text.RegularExpressions.Regex.Match(test.Statuses[^1], "\"rej1\",\"u\":\"count\",\"v\":(\\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(rejected, 60 * 80 - 100, 61 * 80 + 100);
    }

    [Fact]
    public void A_chip_without_pulse_counter_counts_by_interrupt()
    {
        var test = new TestBoard(new VirtualBoardOptions { StartUs = TestBoard.StartUs - Minute, PulseCounterUnits = 0 }, channels: 1);
        test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs, 5_000_000, bounces: 5));
        test.RunTo(50 * Minute + (3 * TestBoard.SecondUs));
        Assert.Equal(Until(test), test.Samples[^1].Values[0]);
    }

    [Fact]
    public void A_sensor_that_fails_gives_a_reason_and_never_an_old_value()
    {
        var test = Counting(out _);
        var sensor = new VirtualSht4x(new SteadyAir(20, 50), 9);
        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, sensor);
        test.Board.Schedule(TestBoard.StartUs + (15 * Minute), () => test.Board.I2c.Silent.Add(VirtualSht4x.DefaultAddress));
        test.Board.Schedule(TestBoard.StartUs + (25 * Minute), () => test.Board.I2c.Silent.Clear());
        test.Board.Schedule(TestBoard.StartUs + (35 * Minute), () => sensor.BadCrcAnswers = 1);
        test.RunTo(51 * Minute);
        var missing = test.Distinct.Values.Where(s => s.Time > TestBoard.StartUs / TestBoard.SecondUs).Select(s => s.Missing[1]).ToArray();
        Assert.Equal([MissingCode.None, MissingCode.Nack, MissingCode.None, MissingCode.Crc, MissingCode.None], missing);
        Assert.All(test.Distinct.Values.Where(s => s.Missing[1] != 0), s => Assert.Equal((0, 0), (s.Values[1], s.Values[2])));
    }

    [Fact]
    public void A_sensor_that_never_answered_is_absent_until_it_does()
    {
        var settings = TestBoard.Settings(1).Replace("\"version\":1", "\"version\":1,\"sensors\":1", StringComparison.Ordinal);
        var test = new TestBoard(settings: settings);
        test.Board.Schedule(TestBoard.StartUs + (15 * Minute), () => test.Board.I2c.Attach(0x44, new VirtualSht4x(new SteadyAir(20, 50), 9)));
        test.RunTo(31 * Minute);
        Assert.Equal(MissingCode.Absent, test.Distinct.Values.First().Missing[1]);
        Assert.Equal(2000, test.Samples[^1].Values[1]);
    }

    [Fact]
    public void A_sensor_that_is_silent_at_a_boot_is_missing_at_its_own_place_and_no_other_takes_it()
    {
        var test = Counting(out _);
        test.Board.I2c.Attach(0x45, new VirtualSht4x(new SteadyAir(30, 40), 10));
        test.RunTo(15 * Minute);
        Assert.Equal((2000, 3000), ((int)test.Samples[^1].Values[1], (int)test.Samples[^1].Values[3]));
        test.Board.I2c.Silent.Add(0x44);
        test.Board.Kill("cut");
        test.Runner.PowerOnAt(test.Board.NowUs);
        test.Board.Schedule(TestBoard.StartUs + (35 * Minute), () => test.Board.I2c.Silent.Clear());
        test.RunTo(51 * Minute);
        var second = test.Distinct.Values.Where(s => s.Boot == 2 && s.Clock == ClockCode.Synchronised && s.Time % 600 == 0).ToList();
        Assert.Equal([MissingCode.Absent, MissingCode.Absent, MissingCode.None, MissingCode.None], second.Select(s => s.Missing[1]));
        Assert.Equal([0, 0, 2000, 2000], second.Select(s => (int)s.Values[1]));
        Assert.All(second, s => Assert.Equal(3000, s.Values[3]));
    }

    [Fact]
    public void A_sensor_whose_serial_number_comes_garbled_is_not_taken_for_one_of_another_family()
    {
        var test = Counting(out _);
        var sensor = new VirtualSht4x(new SteadyAir(21, 55), 9) { BadCrcAnswers = 4 };
        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, sensor);
        test.RunTo(21 * Minute);
        Assert.Equal((2100, 5500, 0), ((int)test.Samples[^1].Values[1], (int)test.Samples[^1].Values[2], sensor.HeaterPulses));
    }

    [Fact]
    public void The_heater_runs_after_hours_of_saturation_and_costs_no_sample()
    {
        var test = Counting(out _);
        var sensor = new VirtualSht4x(new SteadyAir(27, 96), 9) { CreepPercent = 2.5 };
        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, sensor);
        test.RunTo(7 * TestBoard.HourUs);
        Assert.Equal(2, sensor.HeaterPulses);
        Assert.All(test.Samples, s => Assert.Equal(MissingCode.None, s.Missing[1]));
        Assert.Equal(9850, test.Samples[3].Values[2]);
        Assert.Equal(9600, test.Samples[^1].Values[2]);
    }

    [Fact]
    public void Offsets_follow_the_serial_number_of_the_sensor()
    {
        var settings = TestBoard.Settings(1).Replace("\"version\":1", "\"version\":1,\"offsets\":[{\"serial\":9,\"t\":-0.31,\"rh\":1.5}]", StringComparison.Ordinal);
        var test = new TestBoard(settings: settings);
        test.Board.I2c.Attach(0x44, new VirtualSht4x(new SteadyAir(20, 50), 9));
        test.RunTo(11 * Minute);
        Assert.Equal((1969, 5150), ((int)test.Samples[^1].Values[1], (int)test.Samples[^1].Values[2]));
    }

    [Fact]
    public void Acknowledgements_lost_or_late_double_messages_but_never_samples()
    {
        var test = Counting(out _);
        for (var i = 0; i < 20; i++)
        {
            var late = i % 3 == 0;
            test.Board.Schedule(TestBoard.StartUs + ((i * 10L) + 9) * Minute, () =>
            {
                test.Board.Mqtt.LostAcknowledgements = late ? 0 : 1;
                test.Board.Mqtt.LateAcknowledgementUs = late ? 12_000_000 : 0;
            });
        }

        test.RunTo(5 * TestBoard.HourUs);
        Assert.True(test.Samples.Count > test.Distinct.Count);
        Assert.Equal(test.Distinct.Count, (int)test.Distinct.Keys.Last().Sequence);
        Assert.Equal(0, test.App!.JournalDepth);
    }

    [Fact]
    public void Samples_before_the_clock_was_set_keep_boot_and_uptime_and_none_is_lost()
    {
        var test = Counting(out _);
        test.Board.Wifi.TimeServerUp = false;
        test.Board.Schedule(TestBoard.StartUs + (65 * Minute), () => test.Board.Wifi.TimeServerUp = true);
        test.RunTo(3 * TestBoard.HourUs);
        var undated = test.Distinct.Values.Where(s => s.Clock == ClockCode.None).ToList();
        Assert.InRange(undated.Count, 6, 12);
        Assert.All(undated, s => Assert.Equal(0, s.Time));
        var dated = test.Distinct.Values.First(s => s.Clock == ClockCode.Synchronised);
        Assert.Equal(0, dated.Time % 600);

        // The collector's rule against the truth: powered a minute before the start, 2.5 s to boot.
        var bootSeconds = (TestBoard.StartUs / TestBoard.SecondUs) - 57;
        Assert.All(undated, s => Assert.InRange(dated.Time - dated.Uptime + s.Uptime - (bootSeconds + s.Uptime), -2, 2));
        Assert.Equal(test.Distinct.Count, (int)test.Distinct.Keys.Last().Sequence);
        Assert.Contains(test.Events, e => e.Contains("clock-set", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(-45)]
    [InlineData(-400)]
    [InlineData(-7200)]
    [InlineData(5)]
    [InlineData(700)]
    [InlineData(90_000)]
    public void A_jump_of_the_clock_loses_repeats_and_reorders_no_sample(int seconds)
    {
        var test = Counting(out _);
        test.Board.Schedule(TestBoard.StartUs + (50 * Minute) + TestBoard.SecondUs, () =>
        {
            test.Board.Wifi.TimeServerErrorUs = seconds * TestBoard.SecondUs;
            test.Board.Clock.SetSystemUs(test.Board.Clock.SystemUs + (seconds * TestBoard.SecondUs));
        });
        test.RunTo(4 * TestBoard.HourUs);
        var samples = test.Distinct.Values.ToList();
        Assert.Equal(samples.Count, (int)samples[^1].Sequence);
        Assert.InRange(samples.Count, 23, 26);
        for (var i = 1; i < samples.Count; i++)
        {
            Assert.InRange(samples[i].Uptime - samples[i - 1].Uptime, 1, 1200);
            Assert.True(samples[i].Values[0] >= samples[i - 1].Values[0]);
            Assert.NotEqual(samples[i].Time, samples[i - 1].Time);
        }

        if (seconds > -600)
        {
            Assert.All(samples.Zip(samples.Skip(1)), pair => Assert.True(pair.Second.Time > pair.First.Time));
        }
    }

    [Fact]
    public void A_real_time_clock_dates_samples_after_a_cut_without_network()
    {
        foreach (var (address, rtc) in new[] { (0x52, VirtualRealTimeClock.Rv3028()), (0x68, VirtualRealTimeClock.Ds3231()) })
        {
            var test = Counting(out _);
            test.Board.I2c.Attach(address, rtc);
            test.RunTo(25 * Minute);
            Assert.False(rtc.Lost);
            test.Board.Wifi.AccessPointUp = false;
            test.Board.Kill("cut");
            test.Runner.PowerOnAt(TestBoard.StartUs + TestBoard.DayUs);
            test.Board.Schedule(TestBoard.StartUs + TestBoard.DayUs + (90 * Minute), () => test.Board.Wifi.AccessPointUp = true);
            test.RunTo(TestBoard.DayUs + (150 * Minute));
            var first = test.Distinct.Values.First(s => s.Boot == 2);
            Assert.Equal(ClockCode.Estimated, first.Clock);
            Assert.Equal((TestBoard.StartUs + TestBoard.DayUs) / TestBoard.SecondUs + 600, first.Time);
        }
    }

    [Fact]
    public void A_full_flash_stops_no_counting_and_every_sample_it_cost_is_counted()
    {
        var test = Counting(out _);
        test.Board.Schedule(TestBoard.StartUs + (35 * Minute), () => test.Board.Flash.Full = true);
        test.Board.Schedule(TestBoard.StartUs + (65 * Minute), () => test.Board.Flash.Full = false);
        test.RunTo(100 * Minute + (3 * TestBoard.SecondUs));
        Assert.Equal(Until(test), test.Samples[^1].Values[0]);
        var dropped = test.Distinct.Keys.Last().Sequence - test.Distinct.Count;
        Assert.Equal(3, dropped);
        Assert.Contains(test.Events, e => e.Contains("journal-dropped", StringComparison.Ordinal) && e.Contains("\"v\":3}", StringComparison.Ordinal));
        Assert.Single(test.Distinct.Values, s => (s.Flags & SampleFlag.JournalDropped) != 0);
    }

    [Fact]
    public void A_reformatted_partition_costs_neither_the_register_nor_a_boot_number_with_fram()
    {
        var test = Counting(out var input);
        test.RunTo(35 * Minute);
        test.Board.Kill("brown-out", ResetCause.Brownout);
        test.Board.Flash.Reformat();
        test.Board.Schedule(TestBoard.StartUs + (60 * Minute), () =>
        {
            test.Board.Flash.Provision(TestBoard.SettingsPath, TestBoard.Settings(1));
            test.Board.Wifi.StoredSsid = "site";
            test.Board.Kill("technician");
            test.Runner.PowerOnAt(test.Board.NowUs);
        });
        test.RunTo(80 * Minute + (3 * TestBoard.SecondUs));
        var last = test.Samples[^1];
        Assert.True(last.Boot >= 2);
        Assert.Equal(test.Distinct.Count, test.Samples.Select(s => (s.Boot, s.Sequence)).Distinct().Count());
        Assert.True(last.Values[0] >= test.Distinct.Values.First(s => s.Boot == last.Boot).Values[0]);
        Assert.InRange(Until(test) - last.Values[0], 0, input.ArrivedWhileDown + (25 * 12) + 2);
        Assert.Contains(test.Events, e => e.Contains("journal-reformatted", StringComparison.Ordinal));
    }

    [Fact]
    public void A_brown_out_loop_uses_up_neither_journal_nor_register()
    {
        foreach (var fram in new[] { true, false })
        {
            var test = new TestBoard(fram: fram, channels: 1);
            test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs, 5_000_000));
            test.Board.Wifi.AccessPointUp = false;
            test.RunTo(65 * Minute);
            var depth = test.App!.JournalDepth;
            Assert.InRange(depth, 6, 7);
            for (var i = 0; i < 300; i++)
            {
                test.Board.Kill("brown-out", ResetCause.Brownout);
                test.Runner.RunFor(TimeSpan.FromMilliseconds(2500 + (i * 7)));
            }

            test.Board.Wifi.AccessPointUp = true;
            test.Runner.RunFor(TimeSpan.FromHours(2));
            Assert.Equal(0, test.Runner.Escapes);
            Assert.True(depth <= test.Distinct.Count(s => s.Key.Boot == 1));
            Assert.Equal(301, test.Board.Starts);
            Assert.True(test.Board.Flash.UsedBlocks < 12);
            var values = test.Distinct.Values.Select(s => s.Values[0]).ToList();
            Assert.Equal(values.Order(), values);
        }
    }

    [Fact]
    public void A_board_without_settings_keeps_its_register_and_blinks()
    {
        var test = Counting(out _);
        test.RunTo(35 * Minute);
        test.Board.Kill("cut");
        test.Board.Flash.Reformat();
        test.Runner.PowerOnAt(test.Board.NowUs);
        var blinks = 0;
        test.Board.Pins.OnOutput = (_, pin, high) => blinks += pin == 25 && high ? 1 : 0;
        var samples = test.Samples.Count;
        test.RunTo(45 * Minute);
        Assert.Equal(0, test.Runner.Escapes);
        Assert.InRange(blinks, 280, 310);
        Assert.Equal(samples, test.Samples.Count);
        var register = test.Samples[^1].Values[0];
        test.Board.Kill("technician");
        test.Board.Flash.Provision(TestBoard.SettingsPath, TestBoard.Settings(1));
        test.Board.Wifi.StoredSsid = "site";
        test.Runner.PowerOnAt(test.Board.NowUs);
        test.RunTo((60 * Minute) + (3 * TestBoard.SecondUs));
        Assert.True(test.Samples[^1].Boot == 3 && test.Samples[^1].Values[0] > register);
    }

    private static long Until(TestBoard test)
    {
        var at = test.Samples[^1].Time * TestBoard.SecondUs;
        return ((at - TestBoard.StartUs - 15_000) / 5_000_000) + 1;
    }

    private static TestBoard Counting(out PulseInput input)
    {
        var test = new TestBoard(channels: 1);
        input = test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs, 5_000_000, bounces: 2));
        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, new VirtualSht4x(new SteadyAir(20, 50), 9));
        return test;
    }
}
