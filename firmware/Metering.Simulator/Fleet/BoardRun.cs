using Metering.Firmware;
using Metering.Simulator.Faults;
using Metering.Simulator.Pulses;
using Metering.Simulator.Scenarios;
using Metering.Virtual;

namespace Metering.Simulator.Fleet;

/// <summary>One board of a scenario: the virtual hardware, the unmodified firmware on it, and the truth about both.</summary>
internal sealed class BoardRun : IDisposable
{
    /// <summary>Powered this long before the first sample instant: time to boot, join the network and set the clock.</summary>
    private const long HeadStartUs = Microseconds.PerMinute;

    /// <summary>Goes on this long after the last sample instant, to hand in what is left; short of the next instant.</summary>
    private const long DrainUs = 9 * Microseconds.PerMinute;

    /// <summary>
    /// A board that packs samples hands the last ones of the scenario in with the first that fill the pack: it lives that
    /// much longer, and takes samples that nobody asks for.
    /// </summary>
    private readonly long _packUs;

    private readonly Scenario _scenario;
    private readonly ScenarioBoard _what;
    private readonly VirtualBoard _board;
    private readonly VirtualBoardRunner _runner;
    private readonly FaultInjector _faults;
    private readonly OutageLink _link;
    private readonly PulseInput[] _inputs;
    private readonly long[] _lost;
    private readonly long[] _atStake;
    private bool _warned = true;
    private readonly List<DownTime> _downTimes = [];
    private MeterApp? _app;

    public BoardRun(Scenario scenario, int index, FleetTarget target, FleetOptions options)
    {
        _scenario = scenario;
        _packUs = (options.PackSamples - 1) * Scenario.SamplePeriod.Ticks / 10;
        _what = scenario.Boards[index];
        var seed = unchecked(_what.Seed is { } own ? own * 1_000_003 : (scenario.Seed * 1_000_003) + (index * 8_191));
        _board = new VirtualBoard(new VirtualBoardOptions
        {
            Mac = [.. _what.Mac],
            StartUs = scenario.FromUs - HeadStartUs,
            Seed = seed,
        });
        _board.I2c.Attach(VirtualFram.DefaultAddress, new VirtualFram());
        var sensor = _what.Climate is { } climate ? new VirtualSht4x(climate, (uint)(0x4d54_0000 + index)) : null;
        if (sensor is not null)
        {
            _board.I2c.Attach(VirtualSht4x.DefaultAddress, sensor);
        }

        var pins = BoardPins.Standard();
        _inputs = new PulseInput[_what.Meters.Count];
        _lost = new long[_inputs.Length];
        _atStake = new long[_inputs.Length];
        for (var i = 0; i < _inputs.Length; i++)
        {
            var meter = _what.Meters[i];
            _inputs[i] = _board.Pins.Attach(pins.PulsePins[i], new PulseEmitter(meter.Trace, meter.Output, unchecked(seed + (i * 131))));
        }

        _board.Flash.Provision("I:\\settings.json", BoardSettingsFile.Of(_what, target, options.PackSamples));
        _link = new OutageLink(target.LinkOf(_what));
        _board.Mqtt.Link = _link;
        _runner = new VirtualBoardRunner(_board, Boot);
        _faults = new FaultInjector(_board, _runner, _link, sensor) { OnKilled = NoteWhatIsAtStake };
        _faults.Schedule(FaultPlan.Draw(options.Faults, seed, scenario.FromUs, scenario.ToUs));
    }

    /// <summary>First instant of the run, microseconds since the Unix epoch.</summary>
    public long StartUs => _board.Options.StartUs;

    /// <summary>Last instant of the run.</summary>
    public long EndUs => _scenario.ToUs + DrainUs + _packUs;

    public long NowUs => _board.NowUs;

    public long Published => _board.Mqtt.Published;

    /// <summary>Runs to an instant on the calling thread.</summary>
    public void RunUntil(long atUs)
    {
        _runner.RunUntil(Math.Min(atUs, EndUs));
        if (_runner.LastEscape is { } escape)
        {
            throw new FirmwareEscapeException($"{_what.Name}: an exception left the firmware's loop at {Microseconds.ToInstant(_board.NowUs):u}.", escape);
        }
    }

    /// <summary>Ends the connection, so that the broker does not wait for its time-out.</summary>
    public void Dispose() => _link.Dispose();

    public BoardTruth Truth() => new()
    {
        Name = _what.Name,
        Board = _what.Eui64,
        SamplesExpected = SamplesExpected(),
        SamplesWaiting = _app?.JournalDepth ?? 0,
        MessagesPublished = _board.Mqtt.Published,
        Boots = _board.Starts,
        DownTimes = _downTimes,
        Channels = [.. _inputs.Select((input, i) => new ChannelTruth(
            $"ch{i + 1}", _what.Meters[i].PointId, input.Emitted, input.ArrivedWhileDown))],
    };

    private BoardProgram Boot()
    {
        if (_board.Starts > 1)
        {
            // Every other reset (brown-out, the firmware's own) takes just the time to boot.
            var resetUs = _board.NowUs - _board.Options.BootUs;
            var lastUpUs = _downTimes.Count == 0 ? StartUs : Microseconds.Of(_downTimes[^1].To);
            var fromUs = _faults.LastCutUs > lastUpUs ? _faults.LastCutUs : resetUs;
            _downTimes.Add(new DownTime(
                Microseconds.ToInstant(fromUs), Microseconds.ToInstant(_board.NowUs), [.. _inputs.Select((input, i) => input.ArrivedWhileDown - _lost[i])],
                [.. _atStake], _warned));
            Array.Clear(_atStake);
            _warned = true;
        }

        for (var i = 0; i < _inputs.Length; i++)
        {
            _lost[i] = _inputs[i].ArrivedWhileDown;
        }

        var app = new MeterApp(BoardPins.Standard(), "simulated");
        _app = app;
        return new BoardProgram(
            app.Tick, () => app.IdleUntilMs, app.UplinkTick, () => app.UplinkIdleUntilMs, MeterApp.PollPeriodMs,
            () => app.HasNewPulses, MeterApp.WatchPeriodMs);
    }

    /// <summary>A pulse that arrived since the last look of the meter loop may or may not be in the register already.</summary>
    private void NoteWhatIsAtStake(bool warned)
    {
        _warned = warned;
        for (var i = 0; i < _inputs.Length; i++)
        {
            _atStake[i] = _inputs[i].LastArrivedUs > _board.NowUs - (MeterApp.WatchPeriodMs * 1000L) ? 1 : 0;
        }
    }

    private long SamplesExpected()
    {
        var last = Math.Min(_board.NowUs, _scenario.ToUs);
        var periodUs = Scenario.SamplePeriod.Ticks / 10;
        var instants = last < _scenario.FromUs ? 0 : ((last - _scenario.FromUs) / periodUs) + 1;
        foreach (var down in _downTimes)
        {
            var from = Math.Max(Microseconds.Of(down.From), _scenario.FromUs);
            var to = Math.Min(Microseconds.Of(down.To), last);
            instants -= to < from ? 0 : FloorDiv(to - _scenario.FromUs, periodUs) - FloorDiv(from - 1 - _scenario.FromUs, periodUs);
        }

        return instants;
    }

    private static long FloorDiv(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);
}
