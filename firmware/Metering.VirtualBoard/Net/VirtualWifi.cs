namespace Metering.Virtual;

/// <summary>The radio and what is behind it: access point, time server.</summary>
public sealed class VirtualWifi(VirtualBoard board)
{
    private const long AssociationUs = 2_500_000;
    private const long FailureUs = 15_000_000;
    private const long FirstSyncUs = 300_000;
    private const long SyncPeriodUs = 3_600_000_000;

    private int _generation;
    private int _answers;
    private bool _scanned;

    /// <summary>World: whether the access point is there.</summary>
    public bool AccessPointUp
    {
        get;
        set
        {
            field = value;
            if (!value)
            {
                Connected = false;
            }
        }
    } = true;

    /// <summary>World: whether the time server answers.</summary>
    public bool TimeServerUp { get; set; } = true;

    /// <summary>World: error of the time server's answer in microseconds, added to its usual delay of 1 to 10 ms.</summary>
    public long TimeServerErrorUs { get; set; }

    public bool Connected { get; private set; }

    /// <summary>Writes of the Wi-Fi credentials to the configuration block in flash.</summary>
    public int CredentialWrites { get; private set; }

    /// <summary>Network name in the configuration block; empty on a board that was never provisioned or whose partition was formatted.</summary>
    public string StoredSsid { get; set; } = "site";

    /// <summary>dBm.</summary>
    public int SignalDbm { get; set; } = -61;

    internal void OnStart()
    {
        Connected = false;
        _scanned = false;
        _generation++;
    }

    internal bool Connect(string? newSsid)
    {
        board.IoStep(IoStepKind.WifiConnect);
        if (Connected)
        {
            return true;
        }

        if (newSsid is not null)
        {
            StoredSsid = newSsid;
            CredentialWrites++;
        }

        var reachable = AccessPointUp && StoredSsid.Length != 0;
        board.Block(reachable ? AssociationUs : FailureUs);
        if (!reachable || !AccessPointUp)
        {
            return false;
        }

        Connected = true;
        var generation = ++_generation;
        board.Schedule(board.NowUs + FirstSyncUs, () => Synchronise(generation));
        return true;
    }

    internal void Disconnect()
    {
        Connected = false;
        _generation++;
    }

    internal void Scan() => _scanned = Connected;

    internal System.Device.Wifi.WifiNetworkReport Report() => !_scanned
        ? new System.Device.Wifi.WifiNetworkReport()
        : new System.Device.Wifi.WifiNetworkReport
        {
            AvailableNetworks = [new System.Device.Wifi.WifiAvailableNetwork { Ssid = StoredSsid, NetworkRssiInDecibelMilliwatts = SignalDbm }],
        };

    internal void SynchroniseNow()
    {
        var generation = _generation;
        board.Schedule(board.NowUs + FirstSyncUs, () => Synchronise(generation, once: true));
    }

    private void Synchronise(int generation, bool once = false)
    {
        if (generation != _generation || !board.IsRunning)
        {
            return;
        }

        if (Connected && TimeServerUp)
        {
            // 1 to 4 ms late, then 7 to 10, in turn: an answer that moves the clock by less than 2 ms goes unnoticed.
            _answers++;
            var lateUs = ((_answers & 1) != 0 ? 1000 : 7000) + board.Random.Next(3000);
            board.Clock.SetSystemUs(board.NowUs - lateUs + TimeServerErrorUs);
        }

        if (!once)
        {
            board.Schedule(board.NowUs + SyncPeriodUs, () => Synchronise(generation));
        }
    }
}
