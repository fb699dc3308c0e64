// One class a construct that compiles and fails on the device. The gate must name each; see NanoGatePlantedTests.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Metering.NanoSamples.Planted
{
    public enum Colour
    {
        Red,
        Green,
    }

    public sealed class OwnGenericType<T>
    {
        public T Value;
    }

    public static class OwnGenericMethod
    {
        public static T Same<T>(T value) => value;
    }

    public static class UsesGenericDelegate
    {
        public static int Call(Func<int> f) => f();
    }

    public static class UsesActionOfT
    {
        public static void Call(Action<int> f) => f(1);
    }

    public static class UsesList
    {
        public static int Count()
        {
            var list = new List<int>();
            list.Add(1);
            return list.Count;
        }
    }

    public static class UsesLinq
    {
        public static int Sum(int[] values) => values.Sum();
    }

    public static class UsesNullable
    {
        public static int Or(int? value) => value ?? 0;
    }

    public static class UsesMultiDimensionalArray
    {
        public static int Corner()
        {
            var grid = new int[2, 2];
            return grid[1, 1];
        }
    }

    public static class UsesStackalloc
    {
        public static unsafe int First()
        {
            int* p = stackalloc int[4];
            p[0] = 3;
            return p[0];
        }
    }

    public static class UsesCustomNumberFormat
    {
        public static string Text(double v) => v.ToString("0.00");
    }

    public static class UsesCustomCompositeFormat
    {
        public static string Text(int v) => string.Format("{0:00}", v);
    }

    public static class UsesInterpolation
    {
        public static string Text(int v) => $"{v:00} Wh";
    }

    public static class UsesUnseenFormat
    {
        public static string Text(int v, string format) => v.ToString(format);
    }

    public static class UsesDoubleToString
    {
        public static string Text(double v) => v.ToString();
    }

    public static class UsesChecked
    {
        public static int Add(int a, int b)
        {
            checked
            {
                return a + b;
            }
        }
    }

    public static class UsesEnumToString
    {
        public static string Text(Colour c) => c.ToString();
    }

    public static class UsesEnumInText
    {
        public static string Text(Colour c) => string.Format("{0}", c);
    }

    public static class HoldsStaticState
    {
        public static int Counter;
    }

    public static class UsesTryParse
    {
        public static bool Parse(string s, out int v) => int.TryParse(s, out v);
    }

    public static class UsesStringReplace
    {
        public static string Swap(string s) => s.Replace("a", "b");
    }

    public static class UsesDecimal
    {
        public static decimal Half(decimal v) => v / 2;
    }

    public static class UsesDateTimeOffset
    {
        public static long Seconds(DateTimeOffset t) => t.ToUnixTimeSeconds();
    }

    public static class UsesYield
    {
        public static System.Collections.IEnumerable Count()
        {
            yield return 1;
        }
    }

    public static class UsesVolatile
    {
        private static readonly Box Shared = new Box();

        public static void Stop() => Shared.Stop = true;

        public static bool IsStopped() => Shared.Stop;

        private sealed class Box
        {
            public volatile bool Stop;
        }
    }

    public static class ReadsTheRealClock
    {
        public static DateTime Now() => DateTime.UtcNow;
    }

    public static class WritesTheRealDisk
    {
        public static void Write(string path) => File.WriteAllText(path, "x");
    }

    public static class SleepsForReal
    {
        public static void Sleep() => Thread.Sleep(1);
    }
}
