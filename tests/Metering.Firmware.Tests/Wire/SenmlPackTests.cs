using System.Text;
using Metering.Wire;

namespace Metering.Firmware.Tests.Wire;

public sealed class SenmlPackTests
{
    // The example of docs/wire-format.md, to the byte.
    private const string Documented =
        """[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":1452531600,"n":"seq","u":"count","v":17},""" +
        """{"n":"boot","u":"count","v":3},{"n":"up","u":"s","v":600},{"n":"clk","v":2},""" +
        """{"n":"ch1","u":"count","v":12345},{"n":"ch2","u":"count","v":7},""" +
        """{"n":"t1","u":"Cel","v":21.29},{"n":"rh1","u":"%RH","v":45.12},""" +
        """{"bt":1452532200,"n":"seq","u":"count","v":18},""" +
        """{"n":"boot","u":"count","v":3},{"n":"up","u":"s","v":1200},{"n":"clk","v":2},{"n":"flg","v":4},""" +
        """{"n":"ch1","u":"count","v":12346},{"n":"ch2","u":"count","v":7},{"n":"t1","vs":"nack"},{"n":"rh1","vs":"nack"}]""";

    [Fact]
    public void Writer_writes_the_documented_bytes()
    {
        var writer = new SenmlPackWriter(WireLimits.PayloadBytesMax);
        writer.Begin("0024befffe804ff1");
        Assert.True(writer.TryAdd(First()));
        Assert.True(writer.TryAdd(Second()));
        Assert.Equal(Documented, Encoding.ASCII.GetString(writer.ToArray()));
    }

    [Fact]
    public void Reader_reads_the_documented_bytes()
    {
        var bytes = Encoding.ASCII.GetBytes(Documented);
        var reader = new SenmlPackReader(bytes, bytes.Length);
        var sample = new WireSample();
        Assert.True(reader.Read(sample), reader.Error);
        AssertSame(First(), sample);
        Assert.True(reader.Read(sample), reader.Error);
        AssertSame(Second(), sample);
        Assert.False(reader.Read(sample));
        Assert.Null(reader.Error);
        Assert.Equal("0024befffe804ff1", reader.Board);
    }

    [Theory]
    [InlineData("", "expected [")]
    [InlineData("{}", "expected [")]
    [InlineData("[]", "expected {")]
    [InlineData("""[{"n":"seq","v":1,"bt":5}]""", "base name")]
    [InlineData("""[{"bn":"urn:dev:mac:0024BEFFFE804FF1:","bt":5,"n":"seq","v":1}]""", "bn is not")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":0}]""", "seq is 1")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1}]""", "boot, up or clk is missing")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1e3}]""", "exponents")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1},{"n":"boot","v":3},{"n":"up","v":1},{"n":"clk","v":0}]""", "bt is 0 exactly")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1},{"n":"boot","v":3},{"n":"up","v":1},{"n":"clk","v":2},{"n":"t1","v":151}]""", "t1")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1},{"n":"boot","v":3},{"n":"up","v":1},{"n":"clk","v":2},{"n":"t1","v":1},{"n":"t1","v":1}]""", "twice")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1},{"n":"boot","v":3},{"n":"up","v":1},{"n":"clk","v":2}] x""", "behind the pack")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1},{"n":"boot","v":3},{"n":"up","v":1},{"n":"clk","v":2},{"n":"t1","v":21.291}]""", "too many decimals")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":5,"n":"seq","v":1},{"n":"boot","v":3},{"n":"up","v":1},{"n":"clk","v":2},{"n":"t1","vs":"tired"}]""", "unknown reason")]
    public void Reader_refuses_a_bad_pack_and_says_what(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new SenmlPackReader(bytes, bytes.Length);
        var sample = new WireSample();
        while (reader.Read(sample))
        {
        }

        Assert.NotNull(reader.Error);
        Assert.Contains(expected, reader.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_never_throws_on_damaged_packs()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = Encoding.ASCII.GetBytes(Documented);
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var reader = new SenmlPackReader(bytes, random.Next(bytes.Length + 1));
            var sample = new WireSample();
            while (reader.Read(sample))
            {
                Assert.InRange(sample.Count, 0, WireLimits.ValuesMax);
            }
        }
    }

    [Fact]
    public void Any_sample_survives_writing_and_reading()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        for (var run = 0; run < 5_000; run++)
        {
            var sample = RandomSamples.Next(random);
            var writer = new SenmlPackWriter(WireLimits.PayloadBytesMax);
            writer.Begin("024d54fffe000001");
            Assert.True(writer.TryAdd(sample), $"seed {Seed}, run {run}");
            var bytes = writer.ToArray();
            Assert.Equal(bytes.Length, writer.Length);
            var reader = new SenmlPackReader(bytes, bytes.Length);
            var back = new WireSample();
            Assert.True(reader.Read(back), $"seed {Seed}, run {run}: {reader.Error}");
            AssertSame(sample, back);
            Assert.False(reader.Read(back));
            Assert.Null(reader.Error);
        }
    }

    [Fact]
    public void Writer_puts_the_pack_back_when_a_sample_does_not_fit()
    {
        var writer = new SenmlPackWriter(400);
        writer.Begin("0024befffe804ff1");
        Assert.True(writer.TryAdd(First()));
        var before = writer.ToArray();
        Assert.False(writer.TryAdd(Second()));
        Assert.Equal(before, writer.ToArray());
        Assert.Equal(1, writer.Samples);
    }

    [Fact]
    public void Writer_takes_sixteen_samples_and_no_more()
    {
        var writer = new SenmlPackWriter(WireLimits.PayloadBytesMax);
        writer.Begin("0024befffe804ff1");
        for (var i = 0; i < WireLimits.SamplesPerPackMax; i++)
        {
            Assert.True(writer.TryAdd(First()));
        }

        Assert.False(writer.TryAdd(First()));
    }

    internal static void AssertSame(WireSample expected, WireSample actual)
    {
        Assert.Equal(
            (expected.Boot, expected.Sequence, expected.Uptime, expected.Time, expected.Clock, expected.Flags, expected.Count),
            (actual.Boot, actual.Sequence, actual.Uptime, actual.Time, actual.Clock, actual.Flags, actual.Count));
        Assert.Equal(expected.Channels.Take(expected.Count), actual.Channels.Take(actual.Count));
        Assert.Equal(expected.Values.Take(expected.Count), actual.Values.Take(actual.Count));
        Assert.Equal(expected.Missing.Take(expected.Count), actual.Missing.Take(actual.Count));
    }

    private static WireSample First()
    {
        var sample = new WireSample { Boot = 3, Sequence = 17, Uptime = 600, Time = 1452531600, Clock = ClockCode.Synchronised };
        sample.Add(WireChannel.Pulse + 1, 12345);
        sample.Add(WireChannel.Pulse + 2, 7);
        sample.Add(WireChannel.Temperature + 1, 2129);
        sample.Add(WireChannel.Humidity + 1, 4512);
        return sample;
    }

    private static WireSample Second()
    {
        var sample = new WireSample { Boot = 3, Sequence = 18, Uptime = 1200, Time = 1452532200, Clock = ClockCode.Synchronised, Flags = SampleFlag.OffGrid };
        sample.Add(WireChannel.Pulse + 1, 12346);
        sample.Add(WireChannel.Pulse + 2, 7);
        sample.AddMissing(WireChannel.Temperature + 1, MissingCode.Nack);
        sample.AddMissing(WireChannel.Humidity + 1, MissingCode.Nack);
        return sample;
    }
}
