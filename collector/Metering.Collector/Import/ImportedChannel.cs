using System.Security.Cryptography;
using System.Text;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Import;

/// <summary>
/// Imported readings look like those of a board of their own, one for each point and quantity: a locally administered
/// EUI-64 made from the point's name, boot 1, and the instant counted in steps as the sequence, so that a row has the same
/// key whenever and however often it is imported, and a missing row is a missing sequence.
/// </summary>
internal static class ImportedChannel
{
    private const long Boot = 1;

    internal static ChannelKey Of(string point, Quantity quantity)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"import\n{point}\n{quantity}"), hash);
        hash[0] = (byte)((hash[0] & 0xFC) | 0x02); // locally administered, one device
        return new ChannelKey(Convert.ToHexStringLower(hash[..8]), quantity switch
        {
            Quantity.PulseRegister => "ch1",
            Quantity.AirTemperature => "t1",
            Quantity.RelativeHumidity => "rh1",
            _ => "p1",
        });
    }

    /// <summary>A reading as a sample.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="quantity">What it measures.</param>
    /// <param name="time">When.</param>
    /// <param name="stepSeconds">Step of the series; 1 where it has none.</param>
    /// <param name="value">Stored units; null when missing.</param>
    /// <param name="afterGap">Nothing is known since the reading before: the register stood still for want of rows.</param>
    internal static Sample Sample(ChannelKey channel, Quantity quantity, DateTimeOffset time, long stepSeconds, long? value, bool afterGap)
    {
        var seconds = time.ToUnixTimeSeconds();
        return new Sample(
            channel.Board,
            Boot,
            Math.Max(1, seconds / stepSeconds),
            seconds,
            time,
            ClockQuality.Estimated,
            afterGap ? SampleFlags.RegisterSet : SampleFlags.None,
            [new SampleValue(channel.Channel, quantity, value ?? 0, value is null ? MissingReason.Absent : MissingReason.None)]);
    }

    /// <summary>The registry with the assignment that imported readings of [from, ...) need; the same when it is there.</summary>
    internal static RegistrySnapshot Assign(RegistrySnapshot registry, ColumnMapping column, DateTimeOffset from)
    {
        var key = Of(column.Point, column.Quantity);
        var existing = registry.Assignments.FirstOrDefault(assignment => assignment.Key == key);
        if (existing is not null && existing.From <= from)
        {
            return registry;
        }

        var next = registry.Assignments
            .Where(assignment => assignment.PointId == column.Point && assignment.Quantity == column.Quantity && assignment.Key != key && assignment.From > from)
            .OrderBy(static assignment => assignment.From)
            .FirstOrDefault();
        var assigned = existing is null
            ? new ChannelAssignment
            {
                PointId = column.Point,
                Board = key.Board,
                Channel = key.Channel,
                Quantity = column.Quantity,
                From = from,
                To = next?.From,
                PulseWeightWh = column.Quantity == Quantity.PulseRegister ? column.PulseWeightWh : 10m,
                MeterSerial = "import",
            }
            : existing with { From = from };
        return registry with { Assignments = [.. registry.Assignments.Where(assignment => assignment != existing), assigned] };
    }
}
