using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Benchmarks.Science;

/// <summary>One made-up year of one building, at ten minutes: what a store would return, channel by channel.</summary>
internal static class BuildingYear
{
    public const int Registers = 4;
    public const int Rooms = 9;
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    public static DateTimeOffset Start(int year) => new(2024 + year, 11, 1, 4, 0, 0, TimeSpan.Zero);

    public static double Outdoor(DateTimeOffset t) =>
        26 + (1.8 * Math.Sin(2 * Math.PI * (t.DayOfYear - 130) / 365.0)) + (3 * Math.Sin(2 * Math.PI * (t.TimeOfDay.TotalHours - 13) / 24));

    public static ChannelAssignment Assignment(int register) => new()
    {
        PointId = "circuit-" + register,
        Board = "0024befffe804ff1",
        Channel = "ch" + (register + 1),
        Quantity = Quantity.PulseRegister,
        From = Start(0),
    };

    /// <summary>A register with one message in fifty lost and a restart a month.</summary>
    public static List<Reading> Register(int year, int register)
    {
        var random = new Random((100 * year) + register);
        var steps = (int)((Start(year + 1) - Start(year)) / Step);
        var readings = new List<Reading>(steps);
        long index = 1_000_000, boot = (1 + year) * 100, sequence = 0;
        for (var i = 0; i <= steps; i++)
        {
            var time = Start(year) + (i * Step);
            index += (long)Math.Max(0, (2 * (Outdoor(time) - 22)) + random.Next(-3, 4));
            if (i % 4_380 == 4_379)
            {
                boot++;
                sequence = 0;
            }

            sequence++;
            if (i == 0 || i == steps || random.Next(50) != 0)
            {
                readings.Add(new Reading(
                    time, index, boot, sequence, ClockQuality.Synchronised,
                    sequence == 1 ? SampleFlags.FirstOfBoot : SampleFlags.None, MissingReason.None));
            }
        }

        return readings;
    }

    public static List<Reading> Spot(int year, int room, Quantity quantity)
    {
        var random = new Random((1000 * year) + (10 * room) + (int)quantity);
        var steps = (int)((Start(year + 1) - Start(year)) / Step);
        var readings = new List<Reading>(steps);
        for (var i = 0; i < steps; i++)
        {
            var time = Start(year) + (i * Step);
            var value = quantity == Quantity.AirTemperature
                ? Outdoor(time) + (0.2 * room) + random.NextDouble()
                : 75 - (3 * (Outdoor(time) - 26)) + (5 * random.NextDouble());
            readings.Add(new Reading(
                time, (long)(value * 100), 1, i + 1, ClockQuality.Synchronised, SampleFlags.None,
                random.Next(200) == 0 ? MissingReason.Nack : MissingReason.None));
        }

        return readings;
    }
}
