using System.Buffers;

namespace Metering.Collector.Provisioning;

/// <summary>One command of the flashing of a board.</summary>
/// <param name="Title">What it does.</param>
/// <param name="Tool">Program.</param>
/// <param name="Arguments">Its arguments, one each.</param>
/// <param name="WorkingFolder">Where it runs.</param>
internal sealed record FlashStep(string Title, string Tool, IReadOnlyList<string> Arguments, string WorkingFolder)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\"'$&|;<>()*?");

    /// <summary>The command as it can be pasted into a shell.</summary>
    public string CommandLine => string.Join(' ', new[] { Tool }.Concat(Arguments).Select(Quote));

    private static string Quote(string argument) =>
        argument.Length > 0 && !argument.AsSpan().ContainsAny(Special) ? argument : "\"" + argument.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
