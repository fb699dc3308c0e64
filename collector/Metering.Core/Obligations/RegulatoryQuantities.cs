namespace Metering.Core.Obligations;

/// <summary>Names of the values that requirements compare, and those that follow from others.</summary>
public static class RegulatoryQuantities
{
    public const string CepBefore = "cep-before";
    public const string CepAfter = "cep-after";
    public const string CepSavingsPct = "cep-savings-pct";

    /// <summary>Gain of a conventional consumption, %: 100 (before − after) / before; null where before is not above 0.</summary>
    public static double? GainPct(double before, double after) => before > 0 ? 100 * (before - after) / before : null;

    /// <summary>The values with <see cref="CepSavingsPct"/> added where both Cep are known and it was not given.</summary>
    public static IReadOnlyDictionary<string, double> Complete(IReadOnlyDictionary<string, double> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.ContainsKey(CepSavingsPct)
            || !given.TryGetValue(CepBefore, out var before) || !given.TryGetValue(CepAfter, out var after)
            || GainPct(before, after) is not { } gain)
        {
            return given;
        }

        return new Dictionary<string, double>(given) { [CepSavingsPct] = gain };
    }
}
