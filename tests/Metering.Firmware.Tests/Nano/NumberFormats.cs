using System.Text.RegularExpressions;

namespace Metering.Firmware.Tests.Nano;

/// <summary>Which number formats the device knows: F, D, X, N, E and G, each with an optional digit count.</summary>
internal static partial class NumberFormats
{
    public static bool Works(string format) => Standard().IsMatch(format);

    /// <summary>The custom number formats within a composite format such as <c>"{0:0.00} kWh"</c>.</summary>
    public static IEnumerable<string> CustomIn(string composite) =>
        Hole().Matches(composite).Select(m => m.Groups["format"].Value)
            .Where(f => f.Length > 0 && !Works(f) && f.AsSpan().ContainsAny('0', '#'));

    [GeneratedRegex("^[FfDdXxNnEeGg][0-9]{0,2}$")]
    private static partial Regex Standard();

    [GeneratedRegex(@"\{[0-9]+(,-?[0-9]+)?(:(?<format>[^{}]*))?\}")]
    private static partial Regex Hole();
}
