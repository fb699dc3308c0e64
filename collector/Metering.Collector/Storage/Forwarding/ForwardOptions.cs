namespace Metering.Collector.Storage.Forwarding;

/// <summary>How the intake's readings go on to InfluxDB.</summary>
public sealed record ForwardOptions
{
    /// <summary>
    /// How long readings stay in the intake after InfluxDB confirmed them; null: for ever, the default. Two years of a
    /// board take about 7 MB, and notes read the intake: shorten it only where InfluxDB is what notes are made from.
    /// </summary>
    public TimeSpan? KeepAfterForwarding { get; init; }

    /// <summary>How long to wait when nothing waits to be forwarded.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>First pause after an error; doubles up to <see cref="RetryMax"/>.</summary>
    public TimeSpan RetryMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan RetryMax { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Where forwarding stands.</summary>
/// <param name="Waiting">Entries that wait.</param>
/// <param name="Lag">Age of the oldest of them; zero when nothing waits.</param>
/// <param name="Forwarded">Readings confirmed since the start.</param>
/// <param name="Refused">Points that InfluxDB refused for good since the start; they are in quarantine.</param>
/// <param name="Trouble">Why the last attempt failed, or null when it did not.</param>
public sealed record ForwardStatus(long Waiting, TimeSpan Lag, long Forwarded, long Refused, string? Trouble);
