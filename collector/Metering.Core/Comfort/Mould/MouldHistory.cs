namespace Metering.Core.Comfort.Mould;

/// <summary>The mould index of a room over a period.</summary>
public sealed record MouldHistory
{
    /// <summary>Most that was reached, 0 to 6.</summary>
    public required double Highest { get; init; }

    /// <summary>At the end, 0 to 6.</summary>
    public required double Last { get; init; }

    /// <summary>Hours that moved the model.</summary>
    public required double ValidHours { get; init; }

    /// <summary>Hours without a valid value or outside the model's range: the state was held.</summary>
    public required double HeldHours { get; init; }

    /// <summary>Number of valid samples, n.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Runs the model over a series of samples of at most an hour each, occupied or not, from a clean surface.</summary>
    /// <param name="samples">In the order of time.</param>
    /// <param name="sensitivity">Class of the surface.</param>
    /// <param name="declineFactor">Relative decline of the material, 0 to 1; 1 is pine.</param>
    public static MouldHistory Run(IEnumerable<ClimateSample> samples, MouldSensitivity sensitivity, double declineFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var state = new MouldState(0, 0);
        double highest = 0, valid = 0, held = 0;
        var n = 0;
        foreach (var sample in samples)
        {
            // A longer sample is no measurement of the hours inside it.
            var hours = sample.Duration.TotalHours;
            var moved = hours is > 0 and <= 1 && VttMouldIndex.Step(
                state, sample.TemperatureC, sample.RelativeHumidityPct, hours, sensitivity, declineFactor, out state).IsApplicable;
            if (moved)
            {
                n++;
                valid += hours;
                highest = Math.Max(highest, state.Index);
            }
            else
            {
                held += Math.Max(0, hours);
            }
        }

        return new MouldHistory
        {
            Highest = highest, Last = state.Index, ValidHours = valid, HeldHours = held, SampleCount = n,
        };
    }
}
