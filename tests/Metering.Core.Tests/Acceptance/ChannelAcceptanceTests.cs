using Metering.Core.Acceptance;
using Xunit;

namespace Metering.Core.Tests.Acceptance;

/// <summary>The rule of docs/commissioning.md: one pulse, and what the display cannot show.</summary>
public sealed class ChannelAcceptanceTests
{
    [Theory]
    [InlineData("123.45", 12_345, AcceptanceVerdict.Passed)]
    [InlineData("123.45", 12_347, AcceptanceVerdict.Passed)]
    [InlineData("123.45", 12_343, AcceptanceVerdict.Passed)]
    [InlineData("123.45", 12_348, AcceptanceVerdict.Failed)]
    [InlineData("123.45", 12_342, AcceptanceVerdict.Failed)]
    [InlineData("123", 12_399, AcceptanceVerdict.Passed)]
    [InlineData("123", 12_402, AcceptanceVerdict.Failed)]
    [InlineData(null, 12_345, AcceptanceVerdict.NotTested)]
    public void Ten_watt_hours_a_pulse_pass_within_one_pulse_and_one_digit_of_the_display(string? display, long register, AcceptanceVerdict verdict) =>
        Assert.Equal(verdict, Channel(display, register, start: register - 5).Verdict);

    [Fact]
    public void Channel_without_a_pulse_while_the_load_was_on_fails_although_the_index_is_right() =>
        Assert.Equal(AcceptanceVerdict.Failed, Channel("123.45", 12_345, start: 12_345).Verdict);

    [Fact]
    public void Sheet_fails_with_one_channel_and_passes_with_those_that_were_tested()
    {
        var passed = Channel("1.00", 100, start: 90);
        var failed = Channel("1.00", 200, start: 90);
        var untested = Channel(null, 100, start: 100);

        Assert.Equal(AcceptanceVerdict.Passed, Sheet(passed, untested).Verdict);
        Assert.Equal(AcceptanceVerdict.Failed, Sheet(passed, failed, untested).Verdict);
        Assert.Equal(AcceptanceVerdict.NotTested, Sheet(untested).Verdict);
    }

    private static ChannelAcceptance Channel(string? display, long register, long start) => new()
    {
        Channel = "ch1",
        PulseWeightWh = 10,
        RegisterAtStart = start,
        Register = register,
        DisplayKwh = display is null ? null : decimal.Parse(display, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static AcceptanceSheet Sheet(params ChannelAcceptance[] channels) =>
        new() { Board = "0024befffe804ff1", At = DateTimeOffset.UnixEpoch, Electrician = "A. Martin", Channels = channels };
}
