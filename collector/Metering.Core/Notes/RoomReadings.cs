using Metering.Core.Energy;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Notes;

/// <summary>Readings of a spot quantity that the quality rules accept, in time order, and the flags of all of them.</summary>
/// <param name="Readings">Accepted readings; the others stay in the store as they are.</param>
/// <param name="Flags">Union, those of the refused ones included.</param>
/// <param name="Refused">Readings that the rules refuse (STUCK, RANGE, DUP).</param>
public sealed record RoomReadings(IReadOnlyList<Reading> Readings, QualityFlags Flags, long Refused)
{
    /// <param name="channels">Channels that served the point.</param>
    /// <param name="quantity">Temperature or humidity.</param>
    /// <param name="use">Of the point: outdoors frost and fog are no faults.</param>
    public static RoomReadings Of(IReadOnlyList<AssignedReadings> channels, Quantity quantity, PointUse use)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var rules = SpotRules.Of(quantity, use) ?? throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "Only temperature and humidity have rules.");
        var accepted = new List<Reading>();
        var union = QualityFlags.Ok;
        long refused = 0;
        foreach (var channel in channels.Where(c => c.Assignment.Quantity == quantity))
        {
            var readings = InOrder(channel.Readings);
            var flags = SpotQuality.Check(readings, quantity, rules);
            for (var i = 0; i < flags.Length; i++)
            {
                union |= flags[i];
                if (SpotQuality.IsValid(readings[i], flags[i]))
                {
                    accepted.Add(readings[i]);
                }
                else if (readings[i].Missing == MissingReason.None)
                {
                    refused++;
                }
            }
        }

        return new RoomReadings(InOrder(accepted), union, refused);
    }

    private static IReadOnlyList<Reading> InOrder(IReadOnlyList<Reading> readings)
    {
        for (var i = 1; i < readings.Count; i++)
        {
            if (readings[i].Time < readings[i - 1].Time)
            {
                return [.. readings.OrderBy(r => r.Time)];
            }
        }

        return readings;
    }
}
