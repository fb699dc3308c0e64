using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Metering.Collector.Web.Html;

/// <summary>
/// A piece of HTML that is safe to print. Made by interpolation: what stands between braces is encoded, except other
/// pieces of markup. There is no way to print foreign text by mistake.
/// </summary>
public readonly struct Markup : IEquatable<Markup>
{
    private readonly string? text;

    private Markup(string text) => this.text = text;

    /// <summary>Nothing.</summary>
    public static Markup Empty => default;

    /// <summary>Markup from a template: <c>Markup.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    public static Markup Of(Template template) => new(template.ToText());

    /// <summary>Foreign text, encoded.</summary>
    public static Markup Text(string? text) => new(HtmlEncoder.Default.Encode(text ?? ""));

    /// <summary>Markup of a trusted source: a figure of our own renderer, a style sheet.</summary>
    public static Markup Trusted(string html) => new(html);

    /// <summary>One after the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            joined.Append(part.text);
        }

        return new Markup(joined.ToString());
    }

    public override string ToString() => text ?? "";

    public bool Equals(Markup other) => string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Markup other && Equals(other);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(Markup left, Markup right) => left.Equals(right);

    public static bool operator !=(Markup left, Markup right) => !left.Equals(right);

    /// <summary>The compiler hands an interpolated string to this, piece by piece.</summary>
    [InterpolatedStringHandler]
    public ref struct Template
    {
        private readonly StringBuilder built;

        public Template(int literalLength, int formattedCount) => built = new StringBuilder(literalLength + (formattedCount * 16));

        public readonly void AppendLiteral(string value) => built.Append(value);

        public readonly void AppendFormatted(Markup value) => built.Append(value.text);

        public readonly void AppendFormatted(IEnumerable<Markup> value) => built.Append(Join(value).text);

        public readonly void AppendFormatted(string? value) => built.Append(HtmlEncoder.Default.Encode(value ?? ""));

        public readonly void AppendFormatted(int value) => built.Append(System.Globalization.CultureInfo.InvariantCulture, $"{value}");

        public readonly void AppendFormatted(long value) => built.Append(System.Globalization.CultureInfo.InvariantCulture, $"{value}");

        internal readonly string ToText() => built.ToString();
    }
}
