using Metering.Virtual;

namespace Metering.Simulator.Faults;

/// <summary>Makes a plan happen to a board.</summary>
internal sealed class FaultInjector(VirtualBoard board, VirtualBoardRunner runner, OutageLink link, VirtualSht4x? sensor)
{
    /// <summary>Instant of the last loss of supply, microseconds since the Unix epoch, or 0.</summary>
    public long LastCutUs { get; private set; }

    /// <summary>Called when the processor has stopped: (with warning).</summary>
    public Action<bool>? OnKilled { get; set; }

    private readonly int[] _active = new int[Enum.GetValues<FaultKind>().Length];

    public void Schedule(FaultPlan plan)
    {
        foreach (var fault in plan.Events)
        {
            board.Schedule(fault.AtUs, () => Begin(fault));
        }
    }

    private void Begin(FaultEvent fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.PowerCut:
                CutPower(fault);
                break;
            case FaultKind.BrownOut:
                BrownOut(fault.Count);
                break;
            case FaultKind.OutOfMemory:
                board.Memory.Exhausted = true;
                break;
            case FaultKind.Collapse when board.IsRunning:
                Kill("collapse", ResetCause.Brownout, warned: false);
                break;
            case FaultKind.Collapse:
                break;
            case FaultKind.AcknowledgementLost:
                board.Mqtt.LostAcknowledgements += fault.Count;
                break;
            case FaultKind.ConnectHangs:
                board.Mqtt.NextConnectHangs = true;
                break;
            case FaultKind.SensorBadCrc when sensor is not null:
                sensor.BadCrcAnswers += fault.Count;
                break;
            case FaultKind.CounterGlitch:
                board.Pins.WrapGlitch = board.Random.Next(2) == 0 ? 32_767 : -32_767;
                break;
            default:
                // Spans may overlap: the world is well again when the last one has ended.
                Set(fault.Kind, ++_active[(int)fault.Kind] > 0);
                board.Schedule(fault.AtUs + fault.DurationUs, () => Set(fault.Kind, --_active[(int)fault.Kind] > 0));
                break;
        }
    }

    private void Set(FaultKind kind, bool broken)
    {
        switch (kind)
        {
            case FaultKind.AccessPointGone:
                board.Wifi.AccessPointUp = !broken;
                break;
            case FaultKind.NameServerGone:
                board.Mqtt.NameServerUp = !broken;
                break;
            case FaultKind.BrokerGone:
                link.Up = !broken;
                break;
            case FaultKind.AcknowledgementLate:
                board.Mqtt.LateAcknowledgementUs = broken ? 4_000_000 : 0;
                break;
            case FaultKind.TimeServerGone:
                board.Wifi.TimeServerUp = !broken;
                break;
            case FaultKind.SensorSilent when broken:
                board.I2c.Silent.Add(VirtualSht4x.DefaultAddress);
                break;
            case FaultKind.SensorSilent:
                board.I2c.Silent.Remove(VirtualSht4x.DefaultAddress);
                break;
        }
    }

    /// <summary>The power-fail input falls first; the capacitor carries the processor a little longer.</summary>
    private void CutPower(FaultEvent fault)
    {
        if (!WarnOfPowerFailure())
        {
            return;
        }

        board.Schedule(board.NowUs + board.Options.HoldUpUs, () =>
        {
            if (board.IsRunning)
            {
                Kill("power cut", ResetCause.Power, warned: true);
                LastCutUs = board.NowUs;
                runner.PowerOnAt(board.NowUs + fault.DurationUs);
            }
        });
        board.Schedule(
            board.NowUs + board.Options.HoldUpUs + fault.DurationUs, () => board.Pins.Drive(board.Options.PowerFailPin, high: true));
    }

    /// <summary>A loop of dips, each deep enough to reset; between two the processor comes as far as 0 to 5 seconds.</summary>
    private void BrownOut(int times)
    {
        if (WarnOfPowerFailure())
        {
            board.Schedule(board.NowUs + board.Options.HoldUpUs, () =>
            {
                board.Pins.Drive(board.Options.PowerFailPin, high: true);
                if (board.IsRunning)
                {
                    Kill("brown-out", ResetCause.Brownout, warned: true);
                }
            });
        }

        if (times > 1)
        {
            board.Schedule(board.NowUs + board.Options.BootUs + board.Random.Next(5_000_000), () => BrownOut(times - 1));
        }
    }

    private void Kill(string cause, ResetCause reset, bool warned)
    {
        board.Kill(cause, reset);
        OnKilled?.Invoke(warned);
    }

    private bool WarnOfPowerFailure()
    {
        if (!board.IsRunning || !board.Pins.Level(board.Options.PowerFailPin))
        {
            return false;
        }

        board.Pins.Drive(board.Options.PowerFailPin, high: false);
        return true;
    }
}
