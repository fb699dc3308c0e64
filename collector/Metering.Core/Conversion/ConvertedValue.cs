namespace Metering.Core.Conversion;

/// <summary>Final energy turned into something else, with the factor that did it: neither is printed without the other.</summary>
/// <param name="FinalKwh">Final energy, kWh.</param>
/// <param name="Factor">The factor used.</param>
public sealed record ConvertedValue(decimal FinalKwh, ConversionFactor Factor)
{
    /// <summary>kWh of primary energy, kg of CO2 or EUR, by the factor's kind.</summary>
    public decimal Value => FinalKwh * Factor.Value;
}
