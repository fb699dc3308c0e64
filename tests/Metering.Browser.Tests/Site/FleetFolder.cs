using System.Globalization;
using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Browser.Tests.Site;

/// <summary>
/// A store that no demo makes: <see cref="Buildings"/> buildings with an hour of readings each, and one, <c>long</c>, with two
/// years of one board, a lost day, a correction, a message in quarantine and a board that complains.
/// </summary>
internal static class FleetFolder
{
    public const int Buildings = 1000;

    /// <summary>Samples of two years at ten minutes; 144 of them are lost.</summary>
    public const int LongSamples = 105_120;

    public const string LongBoard = "0024befffe80ffff";

    /// <summary>Class of every fourth building: E, F, G, none.</summary>
    private static readonly string?[] Labels = ["E", "F", "G", null];

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The instant at which the pages are looked at; nothing depends on when the tests run.</summary>
    public static TimeProvider Clock { get; } = new StandingClock();

    /// <summary>Board of building number 1 to <see cref="Buildings"/>. Every tenth is silent.</summary>
    public static string Board(int number) => "0024befffe80" + number.ToString("x4", CultureInfo.InvariantCulture);

    public static async Task PrepareAsync(string folder)
    {
        await using var database = await SqliteDatabase.OpenAsync(folder, Clock, CancellationToken.None);
        await new RegistryStore(database).SaveAsync(Registry(), "test", "fleet", CancellationToken.None);
        var store = new SqliteReadingStore(database);
        await store.AppendAsync([.. Enumerable.Range(1, Buildings).SelectMany(Hour)], CancellationToken.None);
        foreach (var chunk in Long().Chunk(20_000))
        {
            await store.AppendAsync(chunk, CancellationToken.None);
        }

        await new CorrectionLedger(database).AddAsync(
            new CorrectionRequest(CorrectionKind.Exclude, new ChannelKey(LongBoard, "t1"), Now.AddDays(-30), Now.AddDays(-29), null),
            "A. Martin", "sonde <b>débranchée</b>", store, CancellationToken.None);
        await new Quarantine(database).HoldAsync(
            new HeldMessage("mqtt", $"metering/v1/{LongBoard}/readings", "<script>document.title='broken'</script>"u8.ToArray(), "The payload is not JSON in UTF-8."), CancellationToken.None);
    }

    /// <summary>What the board of the long building says of itself.</summary>
    public static void Report(BoardDirectory boards) => boards.Note(
        LongBoard, TopicKind.Status,
        """[{"n":"state","vs":"online"},{"n":"fw","vs":"1.4.2"},{"n":"reset","vs":"brownout"},{"n":"clk","v":1},{"n":"rssi","v":-86},{"n":"jdepth","v":12},{"n":"jdrop","v":3}]"""u8, Now);

    private static RegistrySnapshot Registry() => new()
    {
        Sites = [new Metering.Core.Registry.Site { Id = "site", Name = "Pointe-à-Pitre", TimeZone = "America/Guadeloupe" }],
        Buildings =
        [
            .. Enumerable.Range(1, Buildings).Select(i => new Building { Id = Id(i), SiteId = "site", Name = "Résidence " + Id(i), FloorAreaM2 = 100 + i }),
            new Building { Id = "long", SiteId = "site", Name = "Deux années", FloorAreaM2 = 320, Simulated = true },
        ],
        Zones = [new Zone { Id = "flat", BuildingId = "long", Name = "Séjour", DwellingId = "flat-1" }],
        Points =
        [
            .. Enumerable.Range(1, Buildings).Select(i => new MeteringPoint { Id = Id(i) + "-meter", BuildingId = Id(i), Name = "Compteur général", Use = PointUse.Total }),
            new MeteringPoint { Id = "long-meter", BuildingId = "long", Name = "Climatisation", Use = PointUse.Cooling },
            new MeteringPoint { Id = "long-room", BuildingId = "long", ZoneId = "flat", Name = "Séjour", Use = PointUse.IndoorClimate },
        ],
        Assignments =
        [
            .. Enumerable.Range(1, Buildings).Select(i => Assign(Id(i) + "-meter", Board(i), "ch1", Quantity.PulseRegister)),
            Assign("long-meter", LongBoard, "ch1", Quantity.PulseRegister),
            Assign("long-room", LongBoard, "t1", Quantity.AirTemperature), Assign("long-room", LongBoard, "rh1", Quantity.RelativeHumidity),
        ],
        RegulatoryValues =
        [
            .. Enumerable.Range(1, Buildings).Where(i => Labels[i % 4] is not null).Select(i => new RegulatoryValue
            {
                BuildingId = Id(i), Kind = RegulatoryKind.Dpeg, Phase = Phase.Before, Label = Labels[i % 4], MethodVersion = "test", Author = "test", Date = new DateOnly(2023, 1, 1),
            }),
        ],
    };

    private static string Id(int number) => "b" + number.ToString("d4", CultureInfo.InvariantCulture);

    private static ChannelAssignment Assign(string point, string board, string channel, Quantity quantity) =>
        new() { PointId = point, Board = board, Channel = channel, Quantity = quantity, From = Now.AddYears(-2) };

    private static IEnumerable<Sample> Hour(int number)
    {
        var end = number % 10 == 0 ? Now.AddHours(-3) : Now;
        return Enumerable.Range(0, 7).Select(i => Sample(Board(number), i + 1, end - ((6 - i) * Step), number * i, null));
    }

    private static IEnumerable<Sample> Long()
    {
        var pulses = 0L;
        for (var i = 0; i < LongSamples; i++)
        {
            var time = Now - ((LongSamples - 1 - i) * Step);
            pulses += time.Hour is >= 12 and < 20 ? 8 : 2;
            if (time < Now.AddDays(-100) || time >= Now.AddDays(-99))
            {
                yield return Sample(LongBoard, i + 1, time, pulses, (2600 + (time.Hour * 20), 6500 + (time.Hour * 30)));
            }
        }
    }

    private static Sample Sample(string board, long sequence, DateTimeOffset time, long pulses, (long Temperature, long Humidity)? air) => new(
        board, 1, sequence, sequence * 600, time, ClockQuality.Synchronised, SampleFlags.None,
        air is { } a
            ? [new("ch1", Quantity.PulseRegister, pulses, MissingReason.None), new("t1", Quantity.AirTemperature, a.Temperature, MissingReason.None), new("rh1", Quantity.RelativeHumidity, a.Humidity, MissingReason.None)]
            : [new("ch1", Quantity.PulseRegister, pulses, MissingReason.None)]);

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
