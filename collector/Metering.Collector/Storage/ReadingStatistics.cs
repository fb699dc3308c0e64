using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>Statistics of a channel from its readings, the same for every store.</summary>
internal static class ReadingStatistics
{
    internal static async Task<ChannelStatistics> OfAsync(IAsyncEnumerable<Reading> readings, CancellationToken cancellationToken)
    {
        long count = 0;
        long missing = 0;
        Reading? first = null;
        Reading? last = null;
        await foreach (var reading in readings.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (reading.Missing == MissingReason.None)
            {
                count++;
            }
            else
            {
                missing++;
            }

            first ??= reading;
            last = reading;
        }

        return new ChannelStatistics(count, missing, first, last);
    }
}
