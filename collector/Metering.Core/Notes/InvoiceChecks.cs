using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;

namespace Metering.Core.Notes;

/// <summary>Invoices beside the meters of the boundary, where every day of an invoice is metered.</summary>
public static class InvoiceChecks
{
    public static IReadOnlyList<InvoiceCheck> Of(IReadOnlyList<NoteInvoice> invoices, IReadOnlyList<PointConsumption> points)
    {
        ArgumentNullException.ThrowIfNull(invoices);
        ArgumentNullException.ThrowIfNull(points);
        var days = FollowUpBuilder.Sum(FollowUpBuilder.Boundary(points).Select(p => p.Days))
            .Where(d => d.EnergyKwh.HasValue && !d.Incomplete)
            .ToDictionary(d => DateOnly.FromDateTime(d.Start.DateTime), d => d.EnergyKwh!.Value);
        return [.. invoices.OrderBy(i => i.Start).ThenBy(i => i.Pdl, StringComparer.Ordinal).Select(invoice =>
        {
            decimal sum = 0;
            for (var day = invoice.Start; day < invoice.End; day = day.AddDays(1))
            {
                if (!days.TryGetValue(day, out var kwh))
                {
                    return new InvoiceCheck(invoice, null);
                }

                sum += kwh;
            }

            return new InvoiceCheck(invoice, invoice.End > invoice.Start ? sum : null);
        })];
    }
}
