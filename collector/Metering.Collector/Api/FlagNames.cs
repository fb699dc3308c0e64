using Metering.Core.Notes.Composing;
using Metering.Core.Readings;

namespace Metering.Collector.Api;

/// <summary>Quality flags by the codes of the note and the exports: GAP_INDEX, RESET, ...</summary>
internal static class FlagNames
{
    /// <summary>None for a value without reproach.</summary>
    public static IReadOnlyList<string> Of(QualityFlags flags) =>
        flags == QualityFlags.Ok ? [] : [.. Words.FlagCodes.Where(f => (flags & f.Flag) != 0).Select(static f => f.Code)];
}
