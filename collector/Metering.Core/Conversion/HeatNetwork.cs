using Metering.Core.Applicability;

namespace Metering.Core.Conversion;

/// <summary>
/// What a heat network's figures say of each other: rigour of a year, sales at reference climate, efficiency, price (fr. R1
/// per MWh, R2 per subscribed kW). Formulas as in the Lens study (SCET-Egis, 28/07/2017, 3.3.1).
/// </summary>
public static class HeatNetwork
{
    /// <summary>Degree days or quantities that a quotient cannot stand on.</summary>
    public static ModelRule NoDenominator { get; } = new(
        "heat-network.denominator",
        new("le dénominateur n'est pas positif", "the denominator is not positive"), "SCET-Egis 28/07/2017, 3.3.1");

    /// <summary>Rigour of a year (fr. rigueur climatique): its degree days over the reference's.</summary>
    /// <param name="degreeDays">Heating degree days of the year, K·d.</param>
    /// <param name="referenceDegreeDays">Of the reference: same station, method and base, K·d.</param>
    public static ModelValue Rigour(double degreeDays, double referenceDegreeDays) => Quotient(degreeDays, referenceDegreeDays);

    /// <summary>Heat at reference climate: only the part that follows the weather is corrected.</summary>
    /// <param name="heating">Heat for heating, MWh (or any unit).</param>
    /// <param name="other">Hot water and what else does not follow the weather, the same unit; 0 where it is not known apart.</param>
    /// <param name="degreeDays">Of the year, K·d.</param>
    /// <param name="referenceDegreeDays">Of the reference, K·d.</param>
    public static ModelValue AtReferenceClimate(double heating, double other, double degreeDays, double referenceDegreeDays) =>
        Quotient(heating * referenceDegreeDays, degreeDays) is { IsApplicable: true } corrected
            ? ModelValue.Of(corrected.Value + other)
            : ModelValue.NotApplicable(NoDenominator, degreeDays);

    /// <summary>Efficiency: heat sold over heat sent into the network, 0 to 1.</summary>
    public static ModelValue Efficiency(double sold, double sentIntoNetwork) => Quotient(sold, sentIntoNetwork);

    /// <summary>Mean price, EUR/MWh: revenues R1 and R2 over the heat sold.</summary>
    /// <param name="r1Eur">EUR for the heat.</param>
    /// <param name="r2Eur">EUR for the subscribed power.</param>
    /// <param name="soldMwh">MWh.</param>
    public static ModelValue MeanPrice(double r1Eur, double r2Eur, double soldMwh) => Quotient(r1Eur + r2Eur, soldMwh);

    /// <summary>A customer's bill before tax, EUR: R1 per MWh of the heat meter plus R2 per subscribed kW.</summary>
    public static double Bill(double r1EurPerMwh, double mwh, double r2EurPerKw, double subscribedKw) =>
        (r1EurPerMwh * mwh) + (r2EurPerKw * subscribedKw);

    private static ModelValue Quotient(double numerator, double denominator) => denominator > 0
        ? ModelValue.Of(numerator / denominator)
        : ModelValue.NotApplicable(NoDenominator, denominator);
}
