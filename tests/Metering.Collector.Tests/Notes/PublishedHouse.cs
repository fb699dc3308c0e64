using System.Globalization;
using System.IO.Compression;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Tests.Notes;

/// <summary>The published house data (UCI Appliances Energy Prediction) as register and climate readings, without boards in between.</summary>
internal static class PublishedHouse
{
    public const int Rooms = 9;
    public const string PanelBoard = "00000000000000a0";

    public static string DataFile => Path.Combine(AppContext.BaseDirectory, "ReferenceData", "appliances", "appliances_energy_10min.csv.gz");

    public static (ListReadingStore Store, RegistrySnapshot Registry) Load(string gzipPath)
    {
        var store = new ListReadingStore();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(gzipPath), CompressionMode.Decompress));
        reader.ReadLine();
        long appliances = 0, lights = 0, sequence = 0;
        DateTimeOffset time = default;
        while (reader.ReadLine() is { } line)
        {
            var f = line.Split(',');
            time = new DateTimeOffset(DateTime.Parse(f[0], CultureInfo.InvariantCulture), TimeSpan.FromHours(1)).ToUniversalTime();
            if (++sequence == 1)
            {
                Add("ch1", PanelBoard, time, 0);
                Add("ch2", PanelBoard, time, 0);
                sequence++;
            }

            // The energy of a row was used in the ten minutes that begin at its time stamp.
            appliances += long.Parse(f[1], CultureInfo.InvariantCulture) / 10;
            lights += long.Parse(f[2], CultureInfo.InvariantCulture) / 10;
            Add("ch1", PanelBoard, time.AddMinutes(10), appliances);
            Add("ch2", PanelBoard, time.AddMinutes(10), lights);
            for (var r = 0; r < Rooms; r++)
            {
                Add("t1", Room(r), time, Hundredths(f[3 + 2 * r]));
                Add("rh1", Room(r), time, Hundredths(f[4 + 2 * r]));
            }
        }

        return (store, Registry());

        void Add(string channel, string board, DateTimeOffset at, long value) =>
            store.Add(new ChannelKey(board, channel), new Reading(at, value, 1, sequence, ClockQuality.Synchronised, SampleFlags.None, MissingReason.None));

        static long Hundredths(string text) => (long)Math.Round(decimal.Parse(text, CultureInfo.InvariantCulture) * 100);
    }

    private static string Room(int r) => "00000000000000b" + r.ToString(CultureInfo.InvariantCulture);

    private static RegistrySnapshot Registry()
    {
        var start = new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var rooms = Enumerable.Range(0, Rooms).ToList();
        return new RegistrySnapshot
        {
            Sites = [new Site { Id = "site", Name = "Stambruges", TimeZone = "+01:00", AltitudeM = 60 }],
            Buildings = [new Building { Id = "house", SiteId = "site", Name = "Maison basse énergie", Use = BuildingUse.MetropolitanDwelling, FloorAreaM2 = 280, Dwellings = 1 }],
            Points =
            [
                new MeteringPoint { Id = "appliances", BuildingId = "house", Name = "Appareils", Use = PointUse.Appliances },
                new MeteringPoint { Id = "lights", BuildingId = "house", Name = "Éclairage", Use = PointUse.Lighting },
                .. rooms.Select(r => new MeteringPoint { Id = "room" + (r + 1).ToString(CultureInfo.InvariantCulture), BuildingId = "house", Name = "Pièce " + (r + 1).ToString(CultureInfo.InvariantCulture), Use = PointUse.IndoorClimate }),
            ],
            Assignments =
            [
                Assign("appliances", PanelBoard, "ch1", Quantity.PulseRegister),
                Assign("lights", PanelBoard, "ch2", Quantity.PulseRegister),
                .. rooms.SelectMany(r => new[]
                {
                    Assign("room" + (r + 1).ToString(CultureInfo.InvariantCulture), Room(r), "t1", Quantity.AirTemperature),
                    Assign("room" + (r + 1).ToString(CultureInfo.InvariantCulture), Room(r), "rh1", Quantity.RelativeHumidity),
                }),
            ],
        };

        ChannelAssignment Assign(string point, string board, string channel, Quantity quantity) =>
            new() { PointId = point, Board = board, Channel = channel, Quantity = quantity, From = start };
    }
}
