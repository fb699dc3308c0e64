namespace Metering.Core.Notes.Figures;

/// <summary>Rough advance widths of a sans-serif face, in parts of the size: for legends, and where a file format asks for them.</summary>
internal static class GlyphWidths
{
    public static double Of(char c, double size, bool bold = false) => size * (bold ? 1.06 : 1) * c switch
    {
        'i' or 'j' or 'l' or '\'' or '’' or '|' => 0.222,
        ' ' or '\u00a0' or '.' or ',' or ':' or ';' or 'f' or 't' or 'I' or '!' or '/' => 0.278,
        '\u202f' => 0.17,
        'r' or '(' or ')' or '-' => 0.333,
        'm' or 'M' => 0.833,
        'W' => 0.944,
        'w' => 0.722,
        'c' or 'k' or 's' or 'v' or 'x' or 'y' or 'z' or 'J' => 0.5,
        '%' => 0.889,
        '+' or '=' or '<' or '>' or '−' or '≥' => 0.584,
        '°' => 0.4,
        >= 'A' and <= 'Z' => 0.69,
        _ => 0.556,
    };

    public static double Of(string text, double size) => text.Sum(c => Of(c, size));
}
