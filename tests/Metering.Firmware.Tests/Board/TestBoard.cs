using System.Globalization;
using System.Text;
using Metering.Virtual;
using Metering.Wire;

namespace Metering.Firmware.Tests.Board;

/// <summary>A virtual board with the standard pins, an in-memory broker and what the broker received.</summary>
internal sealed class TestBoard
{
    /// <summary>2026-03-01 00:00:00 UTC.</summary>
    public const long StartUs = 1_772_323_200_000_000;

    public const long SecondUs = 1_000_000;

    public const long HourUs = 3600 * SecondUs;

    public const long DayUs = 24 * HourUs;

    public const string SettingsPath = "I:\\settings.json";

    public TestBoard(VirtualBoardOptions? options = null, bool fram = true, int channels = 1, string? settings = null)
    {
        Board = new VirtualBoard(options ?? new VirtualBoardOptions { StartUs = StartUs - (60 * SecondUs) });
        if (fram)
        {
            Fram = new VirtualFram();
            Board.I2c.Attach(VirtualFram.DefaultAddress, Fram);
        }

        Link = new InMemoryMqttLink { OnPublish = Receive };
        Board.Mqtt.Link = Link;
        Board.Flash.Provision(SettingsPath, settings ?? Settings(channels));
        Runner = new VirtualBoardRunner(Board, Boot);
    }

    public VirtualBoard Board { get; }

    public VirtualFram? Fram { get; }

    public InMemoryMqttLink Link { get; }

    public VirtualBoardRunner Runner { get; }

    public MeterApp? App { get; private set; }

    public List<WireSample> Samples { get; } = [];

    /// <summary>(board, boot, sequence) of every sample, each once.</summary>
    public SortedDictionary<(long Boot, long Sequence), WireSample> Distinct { get; } = [];

    public List<string> Statuses { get; } = [];

    public List<string> Events { get; } = [];

    public List<byte[]> Packs { get; } = [];

    /// <summary>Whether the broker takes messages.</summary>
    public Func<MqttLinkMessage, bool> Accept { get; set; } = _ => true;

    public static string Settings(int channels, int packSamples = 1)
    {
        var list = string.Join(',', Enumerable.Repeat("""{"wh":10}""", channels));
        return string.Create(CultureInfo.InvariantCulture, $$"""{"version":1,"broker":{"host":"collector","port":1883},"packSamples":{{packSamples}},"channels":[{{list}}]}""");
    }

    public void RunTo(long offsetUs) => Runner.RunUntil(StartUs + offsetUs);

    private BoardProgram Boot()
    {
        var app = new MeterApp(BoardPins.Standard(), "1.0.0");
        App = app;
        return new BoardProgram(
            app.Tick, () => app.IdleUntilMs, app.UplinkTick, () => app.UplinkIdleUntilMs, MeterApp.PollPeriodMs,
            () => app.HasNewPulses, MeterApp.WatchPeriodMs);
    }

    private bool Receive(MqttLinkMessage message)
    {
        if (!Accept(message))
        {
            return false;
        }

        if (message.Topic == Topics.For(Board.Eui64, Topics.Readings))
        {
            Packs.Add(message.Payload);
            var reader = new SenmlPackReader(message.Payload, message.Payload.Length);
            var sample = new WireSample();
            while (reader.Read(sample))
            {
                Samples.Add(sample);
                Distinct[(sample.Boot, sample.Sequence)] = sample;
                sample = new WireSample();
            }

            Assert.Null(reader.Error);
        }
        else if (message.Topic == Topics.For(Board.Eui64, Topics.Status))
        {
            Statuses.Add(Encoding.UTF8.GetString(message.Payload));
        }
        else if (message.Topic == Topics.For(Board.Eui64, Topics.Event))
        {
            Events.Add(Encoding.UTF8.GetString(message.Payload));
        }
        else
        {
            Assert.Fail("Published outside its own topics: " + message.Topic);
        }

        return true;
    }
}
