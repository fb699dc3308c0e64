namespace Metering.Simulator.Fleet;

/// <summary>Holds boards back to a number of simulated seconds per real second.</summary>
internal sealed class FleetPace(FleetOptions options, long startUs)
{
    private readonly long _started = options.Time.GetTimestamp();

    /// <summary>Waits until real time has caught up with an instant.</summary>
    public void Wait(long atUs, CancellationToken cancellationToken)
    {
        if (options.Speed <= 0)
        {
            return;
        }

        var ahead = TimeSpan.FromMicroseconds((atUs - startUs) / options.Speed) - options.Time.GetElapsedTime(_started);
        if (ahead > TimeSpan.Zero)
        {
            Task.Delay(ahead, options.Time, cancellationToken).GetAwaiter().GetResult();
        }
    }
}
