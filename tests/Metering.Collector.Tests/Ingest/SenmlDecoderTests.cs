using System.Text;
using Metering.Collector.Ingest;
using Metering.Core.Readings;
using Xunit;

namespace Metering.Collector.Tests.Ingest;

/// <summary>The pack of docs/wire-format.md, and everything that is not one.</summary>
public sealed class SenmlDecoderTests
{
    private const string Board = "0024befffe804ff1";
    private static readonly DateTimeOffset Now = new(2016, 1, 12, 0, 0, 0, TimeSpan.Zero);

    private const string Documented =
        """[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":1452531600,"n":"seq","u":"count","v":17},{"n":"boot","u":"count","v":3},{"n":"up","u":"s","v":600},{"n":"clk","v":2},{"n":"ch1","u":"count","v":12345},{"n":"ch2","u":"count","v":7},{"n":"t1","u":"Cel","v":21.29},{"n":"rh1","u":"%RH","v":45.12},{"bt":1452532200,"n":"seq","u":"count","v":18},{"n":"boot","u":"count","v":3},{"n":"up","u":"s","v":1200},{"n":"clk","v":2},{"n":"flg","v":2},{"n":"t1","vs":"nack"}]""";

    [Fact]
    public void The_documented_pack_decodes_to_its_two_samples()
    {
        var fault = Decode(Documented, out var samples);

        Assert.Null(fault);
        Assert.Equal(2, samples.Count);
        var first = samples[0];
        Assert.Equal((Board, 3L, 17L, 600L), (first.Board, first.Boot, first.Sequence, first.UptimeSeconds));
        Assert.Equal(new DateTimeOffset(2016, 1, 11, 17, 0, 0, TimeSpan.Zero), first.Time);
        Assert.Equal((ClockQuality.Synchronised, SampleFlags.None), (first.Clock, first.Flags));
        Assert.Equal(
            [
                new("ch1", Quantity.PulseRegister, 12345, MissingReason.None),
                new("ch2", Quantity.PulseRegister, 7, MissingReason.None),
                new("t1", Quantity.AirTemperature, 2129, MissingReason.None),
                new("rh1", Quantity.RelativeHumidity, 4512, MissingReason.None),
            ],
            first.Values);
        Assert.Equal(SampleFlags.JournalDropped, samples[1].Flags);
        Assert.Equal(new SampleValue("t1", Quantity.AirTemperature, 0, MissingReason.Nack), Assert.Single(samples[1].Values));
    }

    [Fact]
    public void A_sample_without_a_clock_has_no_time()
    {
        var fault = Decode(One("\"bt\":0", "{\"n\":\"clk\",\"v\":0}", ""), out var samples);

        Assert.Null(fault);
        Assert.Null(Assert.Single(samples).Time);
    }

    [Theory]
    [InlineData("", "not-json")]
    [InlineData("{}", "not-senml")]
    [InlineData("[]", "empty")]
    [InlineData("[1]", "not-senml")]
    [InlineData("[{\"n\":\"seq\"", "not-json")]
    [InlineData("[{\"n\":\"seq\",\"v\":1}]", "no-base-name")]
    [InlineData("\u0000\u0001", "not-json")]
    [InlineData("[{\"n\":\"\\ud800\"}]", "not-json")]
    public void What_is_no_pack_is_refused(string payload, string code)
    {
        Assert.Equal(code, Decode(payload, out var samples)?.Code);
        Assert.Empty(samples);
    }

    [Theory]
    [InlineData("{\"n\":\"ch9\",\"u\":\"count\",\"v\":1}", "unknown-channel")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"v\":150.01}", "value-out-of-range")]
    [InlineData("{\"n\":\"t1\",\"u\":\"K\",\"v\":20}", "wrong-unit")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"v\":2.1e1}", "bad-field")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"v\":21.123}", "bad-field")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"v\":\"21\"}", "bad-field")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"v\":21,\"v\":22}", "duplicate-field")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\"}", "no-value")]
    [InlineData("{\"n\":\"t1\",\"vs\":\"tired\"}", "unknown-reason")]
    [InlineData("{\"n\":\"ch1\",\"u\":\"count\",\"v\":1.5}", "not-whole")]
    [InlineData("{\"n\":\"ch1\",\"u\":\"count\",\"v\":-1}", "value-out-of-range")]
    [InlineData("{\"n\":\"ch1\",\"u\":\"count\",\"v\":9007199254740992}", "value-out-of-range")]
    [InlineData("{\"n\":\"ch1\",\"u\":\"count\",\"v\":99999999999999999999}", "bad-field")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"v\":20},{\"n\":\"t1\",\"u\":\"Cel\",\"v\":21}", "duplicate-channel")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"t\":5,\"v\":20}", "unknown-field")]
    [InlineData("{\"n\":\"t1\",\"u\":\"Cel\",\"must_\":5,\"v\":20}", "unknown-field")]
    [InlineData("{\"bt\":1452532200,\"n\":\"t1\",\"u\":\"Cel\",\"v\":20}", "stray-time")]
    [InlineData("{\"u\":\"Cel\",\"v\":20}", "no-name")]
    public void A_record_that_the_format_does_not_allow_refuses_the_pack(string record, string code)
    {
        Assert.Equal(code, Decode(One("\"bt\":1452531600", "{\"n\":\"clk\",\"v\":2}", "," + record), out _)?.Code);
    }

    [Theory]
    [InlineData("\"bt\":0", "{\"n\":\"clk\",\"v\":2}", "clock-and-time")]
    [InlineData("\"bt\":1452531600", "{\"n\":\"clk\",\"v\":0}", "clock-and-time")]
    [InlineData("\"bt\":600", "{\"n\":\"clk\",\"v\":2}", "time-too-old")]
    [InlineData("\"bt\":1452557401", "{\"n\":\"clk\",\"v\":2}", "time-in-future")]
    [InlineData("\"bt\":1452531600", "{\"n\":\"flg\",\"v\":1}", "incomplete-sample")]
    public void A_sample_whose_time_and_clock_disagree_refuses_the_pack(string baseTime, string clock, string code)
    {
        Assert.Equal(code, Decode(One(baseTime, clock, ""), out _)?.Code);
    }

    [Fact]
    public void A_sample_ten_minutes_ahead_of_the_collector_is_still_taken()
    {
        Assert.Null(Decode(One("\"bt\":1452557400", "{\"n\":\"clk\",\"v\":2}", ""), out _));
    }

    [Fact]
    public void A_pack_of_another_board_is_refused()
    {
        Assert.Equal("wrong-board", SenmlDecoder.Decode(Encoding.UTF8.GetBytes(Documented), "0024befffe804ff2", Now, out _)?.Code);
    }

    [Fact]
    public void A_payload_over_the_limit_is_refused()
    {
        Assert.Equal("too-large", SenmlDecoder.Decode(new byte[8193], Board, Now, out _)?.Code);
    }

    [Fact]
    public void An_unknown_plain_field_is_passed_over_as_the_standard_asks()
    {
        Assert.Null(Decode(One("\"bt\":1452531600", "{\"n\":\"clk\",\"v\":2}", ",{\"n\":\"t1\",\"u\":\"Cel\",\"note\":{\"a\":[1]},\"v\":20}"), out var samples));
        Assert.Equal(2000, samples[0].Values[0].Value);
    }

    [Fact]
    public void Cut_or_changed_packs_never_throw_and_never_pass_as_something_else()
    {
        const int seed = 20261122;
        var random = new Random(seed);
        var whole = Encoding.UTF8.GetBytes(Documented);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.True(SenmlDecoder.Decode(whole.AsSpan(0, length), Board, Now, out _) is not null, $"cut at {length}");
        }

        for (var i = 0; i < 50_000; i++)
        {
            var changed = (byte[])whole.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            if (SenmlDecoder.Decode(changed, Board, Now, out var samples) is null)
            {
                Assert.All(samples, s => Assert.Equal(Board, s.Board));
                Assert.All(samples.SelectMany(s => s.Values), v => Assert.True(v.Missing != MissingReason.None || v.Quantity != Quantity.AirTemperature || v.Value is >= -6000 and <= 15000, $"seed {seed}, case {i}"));
            }
        }
    }

    private static PackFault? Decode(string payload, out IReadOnlyList<Sample> samples) =>
        SenmlDecoder.Decode(Encoding.UTF8.GetBytes(payload), Board, Now, out samples);

    private static string One(string baseTime, string clock, string more) =>
        "[{\"bn\":\"urn:dev:mac:" + Board + ":\"," + baseTime + ",\"n\":\"seq\",\"u\":\"count\",\"v\":1},{\"n\":\"boot\",\"u\":\"count\",\"v\":1},{\"n\":\"up\",\"u\":\"s\",\"v\":0}," + clock + more + "]";
}
