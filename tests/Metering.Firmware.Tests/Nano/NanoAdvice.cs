namespace Metering.Firmware.Tests.Nano;

/// <summary>What to write instead.</summary>
internal static class NanoAdvice
{
    private static readonly (string Prefix, string Instead)[] Members =
    [
        ("System.Collections.Generic.", "System.Collections.ArrayList, Hashtable or an array of the type itself"),
        ("System.Linq.", "a for loop"),
        ("System.Threading.Tasks.", "a state machine stepped by MeterApp.Tick()"),
        ("System.Runtime.CompilerServices.AsyncTaskMethodBuilder", "a state machine stepped by MeterApp.Tick()"),
        ("System.Nullable", "a bool beside the value, or a reserved value with a name"),
        ("System.ValueTuple", "out parameters or a small class"),
        ("System.Decimal", "scaled long integers"),
        ("System.DateTimeOffset", "DateTime in UTC, or seconds as long"),
        ("System.TimeZoneInfo", "UTC; local time is the collector's affair"),
        ("System.Span", "a byte[] with offset and count"),
        ("System.ReadOnlySpan", "a byte[] with offset and count"),
        ("System.String::Replace", "System.Text.StringBuilder.Replace"),
        ("System.String::Join", "a loop over System.Text.StringBuilder"),
        ("System.String::IsNullOrWhiteSpace", "string.IsNullOrEmpty(s.Trim())"),
        ("System.Text.StringBuilder::AppendFormat", "Append calls"),
        ("System.Array::Sort", "a small insertion sort"),
        ("System.Text.Encoding::get_ASCII", "System.Text.Encoding.UTF8"),
        ("System.Threading.Interlocked", "a lock"),
        ("System.DateTime::get_Now", "the board's clock seam in UTC"),
        ("System.IO.File::ReadAllLines", "File.ReadAllBytes and a parser"),
        ("System.OverflowException", "a range check before the operation"),
        ("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler",
            "StringBuilder.Append or string.Format (interpolation works on the device, but its formats hide from this gate)"),
        ("System.Collections.IEnumerable", "an array"),
        ("System.Buffers.Binary.BinaryPrimitives", "shifts over a byte[], or BitConverter"),
    ];

    public static string For(NanoConstruct construct, string what) => construct switch
    {
        NanoConstruct.OwnGenericType => "a class for the one type it is used with, or object with casts (a generic class crashes the v1 runtime)",
        NanoConstruct.OwnGenericMethod => "one method a type (a generic method crashes the v1 runtime)",
        NanoConstruct.GenericInstance when what.Contains("Func", StringComparison.Ordinal) || what.Contains("Action", StringComparison.Ordinal)
            || what.Contains("EventHandler", StringComparison.Ordinal) || what.Contains("Predicate", StringComparison.Ordinal)
            => "a delegate type of your own without type parameters (generic delegates crash the v1 runtime)",
        NanoConstruct.GenericInstance when what.Contains("Nullable", StringComparison.Ordinal)
            => "a bool beside the value, or a reserved value with a name",
        NanoConstruct.GenericInstance => "ArrayList, Hashtable, or an array of the type itself (v1 has no generics)",
        NanoConstruct.MultiDimensionalArray => "a jagged array [][] or one array indexed row * width + column",
        NanoConstruct.FunctionPointer => "a delegate",
        NanoConstruct.Stackalloc => "a byte[] kept in a field (the metadata processor aborts on stackalloc)",
        NanoConstruct.CustomNumberFormat => "F, D, X, N, E or G with a digit count, or integer arithmetic (custom formats give wrong text or throw)",
        NanoConstruct.UnseenNumberFormat => "a literal format, so that this gate can read it",
        NanoConstruct.FloatToString => "scaled integers, or ToString(\"F2\") (21.3 prints as 21.299999999999999)",
        NanoConstruct.Checked => "a range check before the operation (checked does not throw on the device, it wraps)",
        NanoConstruct.EnumToString => "a switch over the values (the device prints the number)",
        NanoConstruct.StaticMutableField => "an instance field reached from MeterApp (many boards run in one process, and a soft reboot must forget)",
        NanoConstruct.TryParse => "a digit loop (on failure the device leaves int.MinValue in the out variable)",
        NanoConstruct.Volatile => "a lock or Interlocked on int",
        NanoConstruct.RealWorld => "the board's seam or the stand-in of Metering.VirtualBoard (real time, disk and threads do not exist in simulated time)",
        NanoConstruct.StandInOnly => "nanoFramework API only: the virtual board's own types do not exist on the device",
        _ => Members.FirstOrDefault(m => what.StartsWith(m.Prefix, StringComparison.Ordinal)).Instead
            ?? "a member of tests/ReferenceData/nanoframework/nanoframework-api.txt",
    };
}
