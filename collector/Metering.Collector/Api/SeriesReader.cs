using Metering.Collector.Storage;
using Metering.Core.Readings;

namespace Metering.Collector.Api;

/// <summary>
/// A channel's readings reduced to as many steps as a screen has room for: least, mean and greatest of each step, so
/// that two years can be looked at without loading them and no peak disappears.
/// </summary>
public static class SeriesReader
{
    /// <summary>Most steps that one answer holds.</summary>
    public const int StepsMax = 2000;

    /// <summary>Reads [from, to) in equal steps.</summary>
    /// <param name="store">Where the readings are.</param>
    /// <param name="channel">Which channel.</param>
    /// <param name="quantity">Gives the scale of the values.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="steps">1 to <see cref="StepsMax"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Steps that hold at least one value, in time order; memory is bounded by their number.</returns>
    public static async Task<IReadOnlyList<SeriesStep>> ReadAsync(
        IReadingStore store, ChannelKey channel, Quantity quantity, DateTimeOffset from, DateTimeOffset to, int steps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, StepsMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        double scale = Quantities.Scale(quantity);
        var span = (to - from).Ticks;
        var found = new List<SeriesStep>();
        var current = -1L;
        long least = 0, most = 0, sum = 0, count = 0;
        await foreach (var reading in store.ReadAsync(channel, from, to, cancellationToken).ConfigureAwait(false))
        {
            if (reading.Missing != MissingReason.None)
            {
                continue;
            }

            var step = (long)((Int128)(reading.Time - from).Ticks * steps / span);
            if (step != current)
            {
                Close();
                (current, least, most, sum, count) = (step, reading.Value, reading.Value, 0, 0);
            }

            least = Math.Min(least, reading.Value);
            most = Math.Max(most, reading.Value);
            sum += reading.Value;
            count++;
        }

        Close();
        return found;

        void Close()
        {
            if (count > 0)
            {
                found.Add(new SeriesStep(from.AddTicks((long)((Int128)span * current / steps)), least / scale, sum / scale / count, most / scale, count));
            }
        }
    }
}

/// <summary>One step of a reduced series.</summary>
/// <param name="Start">First instant of the step.</param>
/// <param name="Least">Least value, in the unit of the quantity.</param>
/// <param name="Mean">Mean of the readings.</param>
/// <param name="Most">Greatest value.</param>
/// <param name="Count">Readings in the step.</param>
public readonly record struct SeriesStep(DateTimeOffset Start, double Least, double Mean, double Most, long Count);
