namespace Metering.Core.Obligations;

/// <summary>Where an operation lies with regard to the priority quarters (fr. QPV) of the FNAP follow-up table.</summary>
public enum FnapLocation
{
    OutsideQpv = 0,
    Qpv = 1,
    QpvPrin = 2,
    QpvPrir = 3,
}

/// <summary>
/// One row of the follow-up table of the FNAP specification 2023 ("Suivi de la mise en œuvre"): its 12 fields in the order of the
/// text. Conventional values only; metered ones are carried apart, "mesurée, hors DPE".
/// </summary>
public sealed record FnapFollowUp
{
    public required string Landlord { get; init; }
    public required int DwellingsBefore { get; init; }
    public required int DwellingsAfter { get; init; }

    /// <summary>m².</summary>
    public required double LivingAreaAfterM2 { get; init; }

    public required decimal CostEur { get; init; }
    public required decimal StateAidEur { get; init; }

    /// <summary>A to G.</summary>
    public required char DpeBefore { get; init; }

    /// <summary>kWhEP/(m².an).</summary>
    public required double CepBefore { get; init; }

    public required DateOnly DpeDate { get; init; }

    /// <summary>A to G.</summary>
    public required char DpeAfter { get; init; }

    /// <summary>kWhEP/(m².an).</summary>
    public required double CepAfter { get; init; }

    /// <summary>kgCO2/(m².an).</summary>
    public required double GesBefore { get; init; }

    /// <summary>kgCO2/(m².an).</summary>
    public required double GesAfter { get; init; }

    public required FnapLocation Location { get; init; }

    /// <summary>Field 10: 100 (before − after) / before, %; null where the consumption before is not above 0.</summary>
    public double? GainPct => RegulatoryQuantities.GainPct(CepBefore, CepAfter);

    /// <summary>As printed: hors QPV, QPV, QPV-PRIN, QPV-PRIR.</summary>
    public static string LocationCode(FnapLocation location) => location switch
    {
        FnapLocation.OutsideQpv => "hors QPV",
        FnapLocation.Qpv => "QPV",
        FnapLocation.QpvPrin => "QPV-PRIN",
        FnapLocation.QpvPrir => "QPV-PRIR",
        _ => throw new ArgumentOutOfRangeException(nameof(location), location, "Unknown location."),
    };

    /// <summary>The values that the FNAP requirements compare.</summary>
    public IReadOnlyDictionary<string, double> Quantities() => new Dictionary<string, double>
    {
        ["dpe-before"] = RequirementCheck.ClassNumber(DpeBefore),
        ["dpe-after"] = RequirementCheck.ClassNumber(DpeAfter),
        ["ges-before"] = GesBefore,
        ["ges-after"] = GesAfter,
        [RegulatoryQuantities.CepBefore] = CepBefore,
        [RegulatoryQuantities.CepAfter] = CepAfter,
    };
}
