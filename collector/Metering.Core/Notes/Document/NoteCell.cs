namespace Metering.Core.Notes.Document;

/// <summary>
/// A table cell. A number stays a number, so that the workbook and the CSV carry the same value that the page prints.
/// </summary>
/// <param name="Text">The words, or null for a number.</param>
/// <param name="Value">The number, or null for words and for what is missing.</param>
/// <param name="Decimals">Decimals printed.</param>
/// <param name="Doubtful">Below a completeness rule: printed in grey and kept out of conclusions.</param>
/// <param name="Shade">0 (light) to 1 (dark): a cell of a table read as a map; null: none.</param>
public readonly record struct NoteCell(string? Text, decimal? Value, int Decimals, bool Doubtful, double? Shade)
{
    /// <summary>No value: printed as a dash, empty in files.</summary>
    public static NoteCell Missing => new(null, null, 0, false, null);

    public static NoteCell Of(string text) => new(text, null, 0, false, null);

    public static NoteCell Of(decimal? value, int decimals, bool doubtful = false) => new(null, value, decimals, doubtful, null);

    /// <summary>Not a number and infinities become <see cref="Missing"/>.</summary>
    public static NoteCell Of(double? value, int decimals, bool doubtful = false) =>
        value is { } v && double.IsFinite(v) && Math.Abs(v) < 1e20 ? new(null, (decimal)v, decimals, doubtful, null) : Missing;

    public static NoteCell Of(long? value) => new(null, value, 0, false, null);

    public bool IsNumber => Value.HasValue;

    /// <summary>The number as printed: rounded half away from zero.</summary>
    public decimal? Rounded => Value is { } v ? Math.Round(v, Decimals, MidpointRounding.AwayFromZero) : null;
}
