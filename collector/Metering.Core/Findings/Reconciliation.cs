namespace Metering.Core.Findings;

/// <summary>Compares what should be equal: sub-meters with the main meter, meters with invoices.</summary>
public static class Reconciliation
{
    /// <summary>Allowed difference as a share of the larger quantity (project rule) ...</summary>
    public const double Tolerance = 0.03;

    /// <summary>Sum of sub-meters against the main meter: 3 % and one pulse of each meter are allowed.</summary>
    /// <param name="mainPointId">Id of the main meter.</param>
    /// <param name="mainWh">Energy of the main meter, Wh.</param>
    /// <param name="mainPulseWh">Its pulse weight, Wh.</param>
    /// <param name="subMeters">Energy and pulse weight of each sub-meter over the same period, Wh.</param>
    public static Finding OfSubMeters(
        string mainPointId, decimal mainWh, decimal mainPulseWh, IReadOnlyList<(decimal EnergyWh, decimal PulseWeightWh)> subMeters)
    {
        ArgumentNullException.ThrowIfNull(subMeters);
        var sum = subMeters.Sum(s => s.EnergyWh);
        var allowed = ((decimal)Tolerance * mainWh) + mainPulseWh + subMeters.Sum(s => s.PulseWeightWh);
        var agrees = Math.Abs(sum - mainWh) <= allowed;
        return Of(
            agrees ? "reconciliation.sub-meters-agree" : "reconciliation.sub-meters-differ",
            agrees, mainPointId, sum, mainWh, allowed,
            "La somme des sous-compteurs ({0} kWh) et le compteur général ({1} kWh) diffèrent de {2}\u00A0%\u00A0; la tolérance est de 3\u00A0% et d'une impulsion par compteur.",
            "The sum of the sub-meters ({0} kWh) and the main meter ({1} kWh) differ by {2} %; the tolerance is 3 % and one pulse of each meter.");
    }

    /// <summary>A meter against the invoices of the same days: 3 % and one pulse are allowed.</summary>
    public static Finding OfInvoices(string pointId, decimal meterWh, decimal pulseWh, decimal invoicedWh)
    {
        var allowed = ((decimal)Tolerance * invoicedWh) + pulseWh;
        var agrees = Math.Abs(meterWh - invoicedWh) <= allowed;
        return Of(
            agrees ? "reconciliation.invoices-agree" : "reconciliation.invoices-differ",
            agrees, pointId, meterWh, invoicedWh, allowed,
            "Le compteur ({0} kWh) et les factures ({1} kWh) diffèrent de {2}\u00A0%\u00A0; la tolérance est de 3\u00A0% et d'une impulsion.",
            "The meter ({0} kWh) and the invoices ({1} kWh) differ by {2} %; the tolerance is 3 % and one pulse.");
    }

    private static Finding Of(
        string code, bool agrees, string subject, decimal measuredWh, decimal referenceWh, decimal allowedWh, string french, string english)
    {
        var (measured, reference) = ((double)measuredWh / 1000, (double)referenceWh / 1000);
        var difference = reference > 0 ? 100 * (measured - reference) / reference : double.NaN;
        return new Finding
        {
            Code = code,
            Severity = agrees ? FindingSeverity.Information : FindingSeverity.Warning,
            Subject = subject,
            Sentence = FindingText.Sentence(french, english, 1, measured, reference, difference),
            Evidence =
            [
                new("measured", measured, "kWh"), new("reference", reference, "kWh"), new("difference", difference, "%"),
                new("allowed", (double)allowedWh / 1000, "kWh"),
            ],
        };
    }
}
