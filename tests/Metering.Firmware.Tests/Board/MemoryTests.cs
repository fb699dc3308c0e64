using System.Reflection;
using Metering.Virtual;
using Xunit.Abstractions;

namespace Metering.Firmware.Tests.Board;

/// <summary>
/// The RAM that the logic holds when every bound is reached, counted over the object graph as a 32-bit interpreter keeps
/// it: 12 bytes a heap block, the fields at their own width, references 4 bytes, arrays with their elements.
/// </summary>
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int HeldBytesMax = 24 * 1024;

    [Fact]
    public void The_logic_holds_less_than_24_kilobytes_at_its_bounds()
    {
        var test = new TestBoard(channels: 4);
        test.Board.I2c.Attach(0x44, new VirtualSht4x(new SteadyAir(20, 50), 9));
        test.Board.I2c.Attach(0x45, new VirtualSht4x(new SteadyAir(20, 50), 8));
        foreach (var pin in BoardPins.Standard().PulsePins)
        {
            test.Board.Pins.Attach(pin, new SteadyContacts(TestBoard.StartUs, 5_000_000));
        }

        // Full event queue, full inbox, a full segment being read, a pack in flight.
        test.RunTo(30 * TestBoard.HourUs);
        test.Accept = _ => false;
        test.RunTo(31 * TestBoard.HourUs);
        var held = 0L;
        var largest = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(test.App!, "app", seen, largest, ref held);
        foreach (var (name, bytes) in largest.OrderByDescending(p => p.Value).Take(12))
        {
            output.WriteLine($"{bytes,6} {name}");
        }

        // What exists only while a call runs: the payload handed to the client, a settings document with its file.
        const int Payload = Uplink.BoardUplink.PackBytesMax;
        const int Inbox = (Uplink.Inbox.CommandsMax * Uplink.Inbox.CommandBytesMax) + Settings.BoardSettings.DocumentBytesMax;
        const int Events = Uplink.EventQueue.BytesMax;
        var atBounds = held + Payload + Inbox + Events;
        output.WriteLine($"held {held} bytes; with payload {Payload}, inbox {Inbox} and events {Events}: {atBounds} of {HeldBytesMax}");
        Assert.True(atBounds < HeldBytesMax, $"{atBounds} bytes");
    }

    private static void Walk(object value, string path, HashSet<object> seen, SortedDictionary<string, long> by, ref long held)
    {
        var type = value.GetType();
        var isLogic = type.IsArray || type == typeof(string) || type.Assembly == typeof(MeterApp).Assembly || type.Assembly == typeof(Metering.Wire.WireSample).Assembly || type == typeof(object);
        if (!isLogic || !seen.Add(value))
        {
            return;
        }

        var size = 12L;
        var children = new List<(string, object)>();
        if (value is string text)
        {
            size += text.Length + 1;
        }
        else if (value is Array array)
        {
            var element = type.GetElementType()!;
            size += 4 + (array.Length * Width(element));
            for (var i = 0; !element.IsValueType && i < array.Length; i++)
            {
                if (array.GetValue(i) is { } item)
                {
                    children.Add(($"{path}[]", item));
                }
            }
        }
        else
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                size += Width(field.FieldType);
                if (!field.FieldType.IsValueType && field.GetValue(value) is { } child)
                {
                    children.Add(($"{path}.{field.Name}", child));
                }
            }
        }

        held += size;
        by[path] = by.GetValueOrDefault(path) + size;
        foreach (var (name, child) in children)
        {
            Walk(child, name, seen, by, ref held);
        }
    }

    private static int Width(Type type) => type switch
    {
        _ when !type.IsValueType => 4,
        _ when type == typeof(byte) || type == typeof(bool) => 1,
        _ when type == typeof(char) || type == typeof(short) || type == typeof(ushort) => 2,
        _ when type == typeof(long) || type == typeof(ulong) || type == typeof(double) => 8,
        _ => 4,
    };
}
