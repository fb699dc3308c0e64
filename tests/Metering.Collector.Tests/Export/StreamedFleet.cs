using System.Runtime.CompilerServices;
using Metering.Collector.Storage;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Tests.Export;

/// <summary>
/// A fleet that is made up while it is read: two meters, a room and the air outdoors a building, every ten minutes. Nothing of it
/// is kept, so that what memory holds is what the reader keeps.
/// </summary>
internal sealed class StreamedFleet(int buildings, int days, Action<int> onBuilding) : IReadingStore
{
    private static readonly DateTimeOffset Start = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly HashSet<int> _seen = [];

    public long Readings { get; private set; }

    public RegistrySnapshot Registry { get; } = new()
    {
        Sites = [new Site { Id = "s", Name = "s", TimeZone = "America/Guadeloupe", Latitude = 16.2, Longitude = -61.5 }],
        Buildings = [.. Enumerable.Range(0, buildings).Select(b => new Building { Id = $"b{b}", SiteId = "s", Name = $"b{b}", FloorAreaM2 = 200, Use = BuildingUse.AirConditionedOffice })],
        Points =
        [
            .. Enumerable.Range(0, buildings).SelectMany(b => new[]
            {
                new MeteringPoint { Id = $"b{b}-ac", BuildingId = $"b{b}", Name = "ac", Use = PointUse.Cooling },
                new MeteringPoint { Id = $"b{b}-main", BuildingId = $"b{b}", Name = "main", Use = PointUse.Total },
                new MeteringPoint { Id = $"b{b}-room", BuildingId = $"b{b}", Name = "room", Use = PointUse.IndoorClimate },
                new MeteringPoint { Id = $"b{b}-out", BuildingId = $"b{b}", Name = "out", Use = PointUse.OutdoorClimate },
            }),
        ],
        Assignments =
        [
            .. Enumerable.Range(0, buildings).SelectMany(b => new[]
            {
                Assign(b, "ac", "ch1", Quantity.PulseRegister), Assign(b, "main", "ch2", Quantity.PulseRegister), Assign(b, "room", "t1", Quantity.AirTemperature),
                Assign(b, "room", "rh1", Quantity.RelativeHumidity), Assign(b, "out", "t2", Quantity.AirTemperature),
            }),
        ],
    };

    public async IAsyncEnumerable<Reading> ReadAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        Note(channel);
        for (var i = 0L; i < days * 144L; i++)
        {
            var reading = At(channel, i);
            if (reading.Time >= from && reading.Time < to)
            {
                Readings++;
                yield return reading;
            }
        }
    }

    public Task<ChannelStatistics> StatisticsAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        Note(channel);
        return Task.FromResult(new ChannelStatistics(days * 144L, 0, At(channel, 0), At(channel, days * 144L - 1)));
    }

    public Task<Reading?> LatestAsync(ChannelKey channel, CancellationToken cancellationToken) => Task.FromResult<Reading?>(At(channel, days * 144L - 1));

    public Task<IReadOnlyList<ChannelKey>> ChannelsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChannelKey>>([.. Registry.Assignments.Select(a => a.Key)]);

    public Task<AppendResult> AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void Note(ChannelKey channel)
    {
        var building = int.Parse(channel.Board, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        if (_seen.Add(building))
        {
            onBuilding(building);
        }
    }

    private static Reading At(ChannelKey channel, long i)
    {
        var hour = i / 6 % 24;
        var value = channel.Channel switch
        {
            "ch1" => i * 7 + i % 5,
            "ch2" => i * 19 + i % 7,
            "rh1" => 6500 + 100 * (hour % 12),
            _ => 2500 + 20 * hour + i % 13,
        };
        return new Reading(Start.AddMinutes(10 * i), value, 1, i + 1, ClockQuality.Synchronised, SampleFlags.None, MissingReason.None);
    }

    private static ChannelAssignment Assign(int building, string point, string channel, Quantity quantity) =>
        new() { PointId = $"b{building}-{point}", Board = building.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), Channel = channel, Quantity = quantity, From = Start };
}
