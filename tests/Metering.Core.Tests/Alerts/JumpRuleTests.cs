using Metering.Core.Alerts;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Core.Tests.Alerts;

/// <summary>Expected multiples are worked out by hand beside each case.</summary>
public sealed class JumpRuleTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static ChannelAssignment Channel(string name, long? modulus = null) => new()
    {
        PointId = "p", Board = "0024befffe804ff1", Channel = name, Quantity = Quantities.OfChannel(name)!.Value, From = T0, Modulus = modulus,
    };

    private static Reading At(int minutes, long value, long boot = 1, SampleFlags flags = SampleFlags.None, MissingReason missing = MissingReason.None) =>
        new(T0.AddMinutes(minutes), value, boot, minutes + 1, ClockQuality.Synchronised, flags, missing);

    // 9 kW circuit, 20 % allowance: 10.8 kW, hence 1.8 kWh or 180 pulses of 10 Wh in ten minutes; one pulse is free.
    [Theory]
    [InlineData(91, 0.5)]
    [InlineData(181, 1.0)]
    [InlineData(361, 2.0)]
    [InlineData(0, 0.0)]
    public void A_register_is_judged_by_what_the_circuit_can_carry(long pulses, double multiple) =>
        Assert.Equal(multiple, JumpRule.Multiple(At(0, 1000), At(10, 1000 + pulses), Channel("ch1"), 9000, null)!.Value, 9);

    // 5 K in ten minutes is the rule's limit.
    [Theory]
    [InlineData(2350, 0.5)]
    [InlineData(1600, 1.0)]
    [InlineData(3100, 2.0)]
    public void A_temperature_is_judged_by_the_step_rule(long hundredths, double multiple) =>
        Assert.Equal(multiple, JumpRule.Multiple(At(0, 2100), At(10, hundredths), Channel("t1"), null, SpotRules.IndoorTemperature)!.Value, 9);

    [Fact]
    public void A_register_that_falls_without_evidence_is_implausible_and_with_evidence_it_is_not_judged()
    {
        Assert.Equal(JumpRule.Fall, JumpRule.Multiple(At(0, 1000), At(10, 900), Channel("ch1"), null, null));
        Assert.Null(JumpRule.Multiple(At(0, 1000), At(10, 900, boot: 2), Channel("ch1"), null, null));
        Assert.Null(JumpRule.Multiple(At(0, 1000), At(10, 900, flags: SampleFlags.RegisterSet), Channel("ch1"), null, null));
        Assert.Null(JumpRule.Multiple(At(0, 65_500), At(10, 20), Channel("ch1", 65_536), null, null));
    }

    [Fact]
    public void Nothing_is_said_of_missing_values_long_gaps_and_circuits_without_greatest_power()
    {
        Assert.Null(JumpRule.Multiple(At(0, 0, missing: MissingReason.Nack), At(10, 4000), Channel("t1"), null, SpotRules.IndoorTemperature));
        Assert.Null(JumpRule.Multiple(At(0, 2100), At(30, 4000), Channel("t1"), null, SpotRules.IndoorTemperature));
        Assert.Null(JumpRule.Multiple(At(0, 0), At(10, 1_000_000), Channel("ch1"), null, null));
        Assert.Null(JumpRule.Multiple(At(10, 0), At(10, 1), Channel("ch1"), 1, null));
    }

    // Display 100.0 -> 200.0 kWh; 10 Wh a pulse; two pulses and two digits of 0.1 kWh are free: 0.22 kWh.
    [Theory]
    [InlineData(100.00, 0.0)]
    [InlineData(100.22, 0.0)]
    [InlineData(103.22, 3.0)]
    [InlineData(96.78, 3.0)]
    public void Drift_is_what_goes_beyond_one_pulse_and_one_digit_at_either_end(double counted, double percent) =>
        Assert.Equal(percent, DriftRule.Percent((decimal)counted, 100.0m, 200.0m, 10m)!.Value, 9);

    [Fact]
    public void Display_readings_that_lie_too_close_say_nothing() => Assert.Null(DriftRule.Percent(9, 100, 109.9m, 10));
}
