using System.Text;
using Metering.Virtual;
using Metering.Wire;

namespace Metering.Firmware.Tests.Board;

public sealed class SiteTests
{
    private const long Minute = 60 * TestBoard.SecondUs;

    [Fact]
    public void A_good_config_is_applied_confirmed_and_survives_a_power_cut()
    {
        var test = Started(out _);
        Send(test, Topics.Config, TestBoard.Settings(2).Replace("\"version\":1", "\"version\":5", StringComparison.Ordinal), retain: true);
        test.RunTo(25 * Minute);
        Assert.Contains(test.Events, e => e.Contains("config-applied", StringComparison.Ordinal) && e.Contains("\"n\":\"cfg\",\"u\":\"count\",\"v\":5", StringComparison.Ordinal));
        Assert.Equal(2, test.Samples[^1].Count);
        test.Link.Send(Topics.For(test.Board.Eui64, Topics.Config), [], retain: true);
        Cut(test);
        test.RunTo(45 * Minute);
        Assert.Equal(2, test.Samples[^1].Boot);
        Assert.Equal(2, test.Samples[^1].Count);
    }

    [Theory]
    [InlineData("""{"version":2,"broker":{"host":"x","port":70000}}""", "port is 1 to 65535")]
    [InlineData("""{"version":2}""", "broker.host is missing")]
    [InlineData("""{"version":2,"broker":{"host":"collector","port":1883},"channels":[{"wh":0}]}""", "wh is 0.001 to 1000")]
    [InlineData("""{"version":2,"broker":{"host":"collector","port":1883},"channels":[{},{},{},{},{}]}""", "the board has 4 inputs")]
    [InlineData("""{"version":0,"broker":{"host":"collector","port":1883}}""", "version is below")]
    [InlineData("""{"version":2,"broker":{"host":"collector","port":1883}""", "expected ,")]
    [InlineData("", "expected {")]
    public void A_bad_config_is_refused_with_its_reason_and_changes_nothing(string document, string why)
    {
        var test = Started(out _);
        Send(test, Topics.Config, document);
        test.RunTo(25 * Minute);
        Assert.Contains(test.Events, e => e.Contains("config-refused", StringComparison.Ordinal) && e.Contains(why, StringComparison.Ordinal));
        Assert.Equal(1, test.Samples[^1].Count);
        Assert.Equal("collector", test.Link.Connects[^1].Host);
    }

    [Fact]
    public void A_config_with_a_broker_that_does_not_answer_is_taken_back()
    {
        var test = Started(out _);
        test.Board.Mqtt.Link = new SwitchLink(test.Link, request => request.Host != "nowhere");
        Send(test, Topics.Config, """{"version":2,"broker":{"host":"nowhere","port":1883},"channels":[{"wh":10}]}""");
        test.RunTo(60 * Minute);
        Assert.Contains(test.Events, e => e.Contains("config-refused", StringComparison.Ordinal) && e.Contains("no connection", StringComparison.Ordinal));
        Assert.Equal("collector", test.Link.Connects[^1].Host);
        Assert.Equal(5, test.Distinct.Count(s => s.Value.Time > (TestBoard.StartUs / TestBoard.SecondUs) && s.Value.Time <= (TestBoard.StartUs / TestBoard.SecondUs) + 3000));
    }

    [Fact]
    public void Set_index_sets_once_says_so_and_outlives_a_restart_even_downwards()
    {
        foreach (var fram in new[] { true, false })
        {
            var test = Started(out var input, fram);
            test.RunTo(31 * Minute);
            var before = test.Samples[^1].Values[0];
            Assert.True(before > 100);
            Send(test, Topics.Command, """{"id":7,"cmd":"set-index","ch":1,"value":40}""");
            Send(test, Topics.Command, """{"id":7,"cmd":"set-index","ch":1,"value":40}""");
            test.RunTo(40 * Minute);
            Assert.Single(test.Events, e => e.Contains("register-set", StringComparison.Ordinal));
            Cut(test);
            test.RunTo(75 * Minute);
            var last = test.Samples[^1];
            Assert.InRange(last.Values[0], 40, 40 + (45 * 60 / 5));

            // The cut came before the sample that would have said so; the first of the next boot says it.
            Assert.Equal(1, test.Distinct.Values.Count(s => (s.Flags & SampleFlag.RegisterSet) != 0));
            Assert.NotEqual(0, test.Distinct.Values.First(s => s.Boot == 2).Flags & SampleFlag.RegisterSet);
            Assert.True(input.Arrived > before);
        }
    }

    [Fact]
    public void Commissioning_mode_gives_a_reading_a_second_and_lights_with_the_pulses()
    {
        var test = Started(out _);
        var flashes = 0;
        test.Board.Pins.OnOutput = (_, pin, high) => flashes += pin == 25 && high ? 1 : 0;
        test.RunTo(20 * Minute + (1 * TestBoard.SecondUs));
        Send(test, Topics.Command, """{"cmd":"commissioning"}""");
        test.RunTo((40 * Minute) + (2 * TestBoard.SecondUs));
        var readings = test.Events.Count(e => e.Contains("\"vs\":\"commissioning\"", StringComparison.Ordinal));
        Assert.InRange(readings, 590, 601);
        Assert.InRange(flashes, 118, 122);
        Assert.Contains(test.Events, e => e.Contains("commissioning-off", StringComparison.Ordinal));
        Assert.Equal(4, test.Distinct.Values.Count(s => s.Time > (TestBoard.StartUs / TestBoard.SecondUs)));
    }

    [Fact]
    public void Button_starts_commissioning_when_short_and_reboots_when_long()
    {
        var test = Started(out var input);
        Press(test, 300_000);
        test.RunTo(12 * Minute);
        Assert.Contains(test.Events, e => e.Contains("commissioning-on", StringComparison.Ordinal));
        Press(test, 6_000_000);
        test.RunTo(30 * Minute);
        Assert.Equal(2, test.Board.Starts);
        Assert.Contains("\"n\":\"reset\",\"vs\":\"software\"", test.Statuses[^1], StringComparison.Ordinal);
        Assert.Equal(input.Arrived - input.ArrivedWhileDown, test.Samples[^1].Values[0] + Since(test, input));
    }

    [Fact]
    public void Identify_and_unknown_commands_are_answered()
    {
        var test = Started(out _);
        Send(test, Topics.Command, """{"cmd":"identify"}""");
        Send(test, Topics.Command, """{"cmd":"dance"}""");
        Send(test, Topics.Command, "x");
        test.RunTo(12 * Minute);
        Assert.Contains(test.Events, e => e.Contains("\"vs\":\"identify\"", StringComparison.Ordinal));
        Assert.Equal(2, test.Events.Count(e => e.Contains("command-refused", StringComparison.Ordinal)));
    }

    [Fact]
    public void Status_is_retained_and_the_will_says_offline()
    {
        var test = Started(out _);
        var connect = test.Link.Connects[^1];
        Assert.Equal(Topics.For(test.Board.Eui64, Topics.Status), connect.WillTopic);
        Assert.Equal("""[{"n":"state","vs":"offline"}]""", connect.WillMessage);
        Assert.True(connect.WillRetain);
        Assert.Equal(test.Board.Eui64, connect.ClientId);
        foreach (var name in new[] { "fw", "reset", "boot", "up", "clk", "heap", "block", "jdepth", "jdrop", "rej1", "cfg" })
        {
            Assert.Contains($"\"n\":\"{name}\"", test.Statuses[0], StringComparison.Ordinal);
        }

        test.RunTo(130 * Minute);
        Assert.Contains("\"n\":\"rssi\",\"u\":\"dBm\",\"v\":-61", test.Statuses[^1], StringComparison.Ordinal);
        Cut(test);
        Assert.Equal(Topics.WillPayload, test.Statuses[^1]);
    }

    [Fact]
    public void A_client_that_hangs_ends_in_a_reboot_without_losing_a_pulse_it_counted()
    {
        var test = Started(out var input);
        test.Board.Mqtt.NextConnectHangs = true;
        test.Board.Schedule(TestBoard.StartUs + (12 * Minute), () => test.Board.Wifi.AccessPointUp = false);
        test.Board.Schedule(TestBoard.StartUs + (13 * Minute), () => test.Board.Wifi.AccessPointUp = true);
        test.RunTo(61 * Minute);
        Assert.Equal(2, test.Board.Starts);
        Assert.Equal(input.Arrived - input.ArrivedWhileDown, test.Samples[^1].Values[0] + Since(test, input));
    }

    [Fact]
    public void Memory_that_stays_short_ends_in_one_checkpointed_reboot()
    {
        var test = Started(out var input);
        test.Board.Memory.LargestBlock = 9_000;
        test.RunTo(41 * Minute);
        test.Board.Memory.LargestBlock = 90_000;
        test.RunTo(61 * Minute);
        Assert.Equal(2, test.Board.Starts);
        Assert.Equal(input.Arrived - input.ArrivedWhileDown, test.Samples[^1].Values[0] + Since(test, input));
    }

    [Fact]
    public void An_uplink_out_of_memory_ends_in_a_checkpointed_reboot_once_an_hour_at_most_and_loses_nothing()
    {
        var test = Started(out var input);
        test.RunTo(15 * Minute);
        test.Board.Memory.Exhausted = true;
        test.RunTo(50 * Minute);
        Assert.Equal(1, test.Board.Starts);
        test.RunTo(81 * Minute);
        Assert.Equal(2, test.Board.Starts);
        Assert.Contains(test.Statuses, s => s.Contains("\"reset\",\"vs\":\"software\"", StringComparison.Ordinal));
        Assert.Equal(input.Arrived - input.ArrivedWhileDown, test.Samples[^1].Values[0] + Since(test, input));
        foreach (var boot in test.Distinct.Keys.GroupBy(k => k.Boot))
        {
            Assert.Equal(boot.Count(), (int)boot.Max(k => k.Sequence));
        }

        Assert.Equal(0, test.App!.JournalDepth);
        Assert.DoesNotContain(test.Samples, s => (s.Flags & SampleFlag.RegisterRestored) != 0);
    }

    [Fact]
    public void Tls_waits_for_the_clock_and_mqtt_5_is_spoken_when_asked()
    {
        var settings = """{"version":1,"broker":{"host":"collector","port":8883,"tls":true,"mqtt":5,"user":"u","password":"p"},"channels":[{"wh":10}]}""";
        var test = new TestBoard(settings: settings);
        test.RunTo(11 * Minute);
        var connect = Assert.Single(test.Link.Connects);
        Assert.True(connect.Secure);
        Assert.Equal(5, connect.Version);
        Assert.Equal("u", connect.UserName);
        Assert.Contains(test.Samples, s => s.Time == (TestBoard.StartUs / TestBoard.SecondUs) + 600);
    }

    [Fact]
    public void Weeks_without_network_do_not_wear_the_credentials_in_flash()
    {
        var test = Started(out _);
        test.Board.Wifi.AccessPointUp = false;
        test.RunTo(20 * TestBoard.DayUs);
        Assert.Equal(0, test.Board.Wifi.CredentialWrites);
    }

    private static long Since(TestBoard test, PulseInput input)
    {
        // Pulses behind the newest sample, one every five seconds, counted from its instant.
        var sampleUs = test.Samples[^1].Time * TestBoard.SecondUs;
        var first = TestBoard.StartUs + 15_000;
        var until = ((sampleUs - first) / 5_000_000) + 1;
        return input.Arrived - until;
    }

    private static TestBoard Started(out PulseInput input, bool fram = true)
    {
        var test = new TestBoard(fram: fram, channels: 1);
        input = test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs, 5_000_000));
        test.RunTo(10 * Minute + (2 * TestBoard.SecondUs));
        return test;
    }

    private static void Send(TestBoard test, string suffix, string text, bool retain = false) =>
        test.Link.Send(Topics.For(test.Board.Eui64, suffix), Encoding.UTF8.GetBytes(text), retain);

    private static void Cut(TestBoard test)
    {
        test.Board.Kill("power cut");
        test.Runner.PowerOnAt(test.Board.NowUs + (5 * TestBoard.SecondUs));
    }

    private static void Press(TestBoard test, long heldUs)
    {
        var at = test.Board.NowUs + 100_000;
        test.Board.Schedule(at, () => test.Board.Pins.Drive(27, false));
        test.Board.Schedule(at + heldUs, () => test.Board.Pins.Drive(27, true));
    }

    private sealed class SwitchLink(IMqttLink inner, Func<MqttLinkConnect, bool> accepts) : IMqttLink
    {
        public IMqttLinkSession Connect(MqttLinkConnect request) =>
            accepts(request) ? inner.Connect(request) : throw new MqttLinkException("Nothing answers.");
    }
}
