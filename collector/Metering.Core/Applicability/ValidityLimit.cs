using Metering.Core.Languages;

namespace Metering.Core.Applicability;

/// <summary>A closed range outside which a standard says nothing: the one place where that range is written.</summary>
public sealed class ValidityLimit : Inapplicability
{
    private const int Decimals = 3;

    /// <param name="code">Stable name, <c>model.quantity</c>.</param>
    /// <param name="quantity">What is limited, without article.</param>
    /// <param name="unit">Symbol as printed; empty for a pure number.</param>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    /// <param name="source">Standard, edition and clause.</param>
    public ValidityLimit(string code, BilingualText quantity, string unit, double minimum, double maximum, string source)
        : base(code, source)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimum, maximum);
        Quantity = quantity;
        Unit = unit;
        Minimum = minimum;
        Maximum = maximum;
    }

    public BilingualText Quantity { get; }
    public string Unit { get; }
    public double Minimum { get; }
    public double Maximum { get; }

    /// <summary>Bounds included; NaN is outside of everything.</summary>
    public bool Contains(double value) => value >= Minimum && value <= Maximum;

    public override string Sentence(Language language, double given)
    {
        var unit = Unit.Length == 0 ? "" : " " + Unit;
        var name = Quantity.In(language);
        var value = double.IsNaN(given)
            ? LocalNumber.Format(given, Decimals, language)
            : LocalNumber.Format(given, Decimals, language) + unit;
        var low = LocalNumber.Format(Minimum, Decimals, language);
        var high = LocalNumber.Format(Maximum, Decimals, language);
        return language == Language.French
            ? $"Non applicable\u00A0: {name} {value}, hors du domaine {low} à {high}{unit} ({Source})."
            : $"Not applicable: {name} {value}, outside the range {low} to {high}{unit} ({Source}).";
    }
}
