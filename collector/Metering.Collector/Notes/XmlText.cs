namespace Metering.Collector.Notes;

/// <summary>Text that XML can hold: control characters, which it cannot hold in any form, become the replacement character.</summary>
internal static class XmlText
{
    public static string Clean(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.Contains('\uFFFE') && !text.Contains('\uFFFF')
            ? text
            : string.Create(text.Length, text, static (span, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    span[i] = source[i] is (< ' ' and not ('\t' or '\n' or '\r')) or '\uFFFE' or '\uFFFF' ? '\uFFFD' : source[i];
                }
            });
}
