namespace Metering.Core.Obligations;

/// <summary>
/// One row of the follow-up table of the FNAP specification 2023 ("Suivi de la mise en œuvre"): its 12 fields in the order of the
/// text. Conventional values only; metered ones are carried apart, "mesurée, hors DPE". A value that is not on record is null.
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
    public required char? DpeBefore { get; init; }

    /// <summary>kWhEP/(m².an).</summary>
    public required double? CepBefore { get; init; }

    /// <summary>Field 8 stands between the certificate before and the one after: the date of the one before.</summary>
    public required DateOnly? DpeDate { get; init; }

    /// <summary>A to G.</summary>
    public required char? DpeAfter { get; init; }

    /// <summary>Date of the certificate after the works, which is none of the 12 fields but attests class C.</summary>
    public DateOnly? DpeAfterDate { get; init; }

    /// <summary>kWhEP/(m².an).</summary>
    public required double? CepAfter { get; init; }

    /// <summary>kgCO2/(m².an).</summary>
    public required double? GesBefore { get; init; }

    /// <summary>kgCO2/(m².an).</summary>
    public required double? GesAfter { get; init; }

    /// <summary>Field 12, one of <see cref="Locations"/>.</summary>
    public required string Location { get; init; }

    /// <summary>In an overseas department, to which the FNAP does not apply.</summary>
    public bool Overseas { get; init; }

    /// <summary>Years from the first approval of the dwellings to the certificate before the works, or null.</summary>
    public int? ApprovalAgeYears { get; init; }

    /// <summary>Measured, no DPE: final energy of the reference year, kWh.</summary>
    public double? MeasuredFinalKwh { get; init; }

    /// <summary>Measured, no DPE: primary energy of the reference year, kWh.</summary>
    public double? MeasuredPrimaryKwh { get; init; }

    /// <summary>As printed: hors QPV, QPV, QPV-PRIN, QPV-PRIR.</summary>
    public static IReadOnlyList<string> Locations { get; } = ["hors QPV", "QPV", "QPV-PRIN", "QPV-PRIR"];

    /// <summary>Field 10: 100 (before − after) / before, %; null where the consumption before is not above 0.</summary>
    public double? GainPct => CepBefore is { } before && CepAfter is { } after ? RegulatoryQuantities.GainPct(before, after) : null;

    /// <summary>Emissions not degraded; null where one is unknown.</summary>
    public bool? GesNotDegraded => GesBefore is { } before && GesAfter is { } after ? after <= before : null;

    /// <summary>The values that the FNAP requirements compare; what is not on record is left out.</summary>
    public IReadOnlyDictionary<string, double> Quantities()
    {
        var values = new Dictionary<string, double>();
        Add("dpe-before", DpeBefore is { } before ? RequirementCheck.ClassNumber(before) : null);
        Add("dpe-after", DpeAfter is { } after ? RequirementCheck.ClassNumber(after) : null);
        Add("ges-before", GesBefore);
        Add("ges-after", GesAfter);
        Add(RegulatoryQuantities.CepBefore, CepBefore);
        Add(RegulatoryQuantities.CepAfter, CepAfter);
        Add("approval-age-years", ApprovalAgeYears);
        return values;

        void Add(string name, double? value)
        {
            if (value is { } v)
            {
                values[name] = v;
            }
        }
    }
}
