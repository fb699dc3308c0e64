using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Core.Notes;

/// <summary>Invoices beside the meters of the boundary, where every day of an invoice is metered.</summary>
public static class InvoiceChecks
{
    public static IReadOnlyList<InvoiceCheck> Of(IReadOnlyList<NoteInvoice> invoices, IReadOnlyList<PointConsumption> points)
    {
        ArgumentNullException.ThrowIfNull(invoices);
        ArgumentNullException.ThrowIfNull(points);
        var metered = invoices.Select(i => i.Post).Distinct().ToDictionary(
            post => post ?? "",
            post => FollowUpBuilder.Sum(Metered(post, points).Select(p => p.Days))
                .Where(d => d.EnergyKwh.HasValue && !d.Incomplete)
                .ToDictionary(d => DateOnly.FromDateTime(d.Start.DateTime), d => d.EnergyKwh!.Value),
            StringComparer.Ordinal);
        return [.. invoices.OrderBy(i => i.Start).ThenBy(i => i.Pdl, StringComparer.Ordinal).Select(invoice =>
        {
            var days = metered[invoice.Post ?? ""];
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

    /// <summary>Meters that stand beside an invoice of a post; without a post, those of the boundary.</summary>
    private static IEnumerable<PointConsumption> Metered(string? post, IReadOnlyList<PointConsumption> points) => post switch
    {
        "heating" => points.Where(p => p.Point.Use == PointUse.Heating),
        "hot-water" => points.Where(p => p.Point.Use == PointUse.HotWater),
        "common-parts" => points.Where(p => p.Point.Use == PointUse.CommonParts),
        _ => FollowUpBuilder.Boundary(points),
    };
}
