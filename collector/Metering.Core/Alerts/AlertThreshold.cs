namespace Metering.Core.Alerts;

/// <summary>
/// When a kind of alert is raised and when it is cleared. The two limits differ and each has to hold for a while: a value
/// that trembles around a limit raises one alert and not a hundred.
/// </summary>
public sealed record AlertThreshold
{
    /// <summary>The value at which it is bad, in the unit of the kind.</summary>
    public required double Raise { get; init; }

    /// <summary>The value at which it is good again. Above <see cref="Raise"/>: low values are bad; below: high ones.</summary>
    public required double Clear { get; init; }

    /// <summary>How long it has to be bad before the alert is raised.</summary>
    public TimeSpan RaiseAfter { get; init; }

    /// <summary>How long it has to be good before the alert is cleared.</summary>
    public TimeSpan ClearAfter { get; init; }

    /// <summary>Whether low values are the bad ones.</summary>
    public bool LowIsBad => Clear > Raise;

    public bool IsBad(double value) => LowIsBad ? value <= Raise : value >= Raise;

    public bool IsGood(double value) => LowIsBad ? value >= Clear : value <= Clear;

    /// <summary>What is wrong with the limits, or null.</summary>
    public string? Fault() =>
        !double.IsFinite(Raise) || !double.IsFinite(Clear) ? "Raise and Clear are finite numbers"
        : Raise == Clear ? "Raise and Clear differ, or the alert would flap"
        : RaiseAfter < TimeSpan.Zero || ClearAfter < TimeSpan.Zero ? "RaiseAfter and ClearAfter are not negative"
        : null;
}

/// <summary>One threshold a kind.</summary>
public sealed record AlertThresholds
{
    /// <summary>Minutes; six samples are missing, good again with one that is on time.</summary>
    public AlertThreshold SilentBoard { get; init; } = new() { Raise = 60, Clear = 20, ClearAfter = TimeSpan.FromMinutes(30) };

    /// <summary>Minutes.</summary>
    public AlertThreshold SilentSensor { get; init; } = new() { Raise = 120, Clear = 20, ClearAfter = TimeSpan.FromMinutes(60) };

    /// <summary>Multiples of the greatest possible change; cleared when a day has passed without one.</summary>
    public AlertThreshold ImplausibleJump { get; init; } = new() { Raise = 1.0, Clear = 0.9, ClearAfter = TimeSpan.FromHours(1) };

    /// <summary>Percent: the tolerance of the reconciliation.</summary>
    public AlertThreshold IndexDrift { get; init; } = new() { Raise = 3, Clear = 2.5 };

    /// <summary>MiB that are free.</summary>
    public AlertThreshold Disk { get; init; } = new() { Raise = 1024, Clear = 1536, ClearAfter = TimeSpan.FromMinutes(10) };

    /// <summary>Days that are left.</summary>
    public AlertThreshold Certificate { get; init; } = new() { Raise = 30, Clear = 31 };

    /// <summary>Minutes.</summary>
    public AlertThreshold ForwarderLag { get; init; } = new() { Raise = 30, Clear = 5, RaiseAfter = TimeSpan.FromMinutes(5), ClearAfter = TimeSpan.FromMinutes(10) };

    /// <exception cref="ArgumentOutOfRangeException">No such kind.</exception>
    public AlertThreshold Of(AlertKind kind) => kind switch
    {
        AlertKind.SilentBoard => SilentBoard,
        AlertKind.SilentSensor => SilentSensor,
        AlertKind.ImplausibleJump => ImplausibleJump,
        AlertKind.IndexDrift => IndexDrift,
        AlertKind.Disk => Disk,
        AlertKind.Certificate => Certificate,
        AlertKind.ForwarderLag => ForwarderLag,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of alert."),
    };
}
