using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Core.Notes;

/// <summary>What a row of the ARRA table stands on.</summary>
public enum ArraSource
{
    Meters = 0,

    /// <summary>Invoices, where no meter ran before the works.</summary>
    Invoices = 1,
}

/// <summary>Energy of one post of a building in one period.</summary>
/// <param name="Post">heating, electricity, common-parts or hot-water.</param>
/// <param name="Period">before, year1 or year2.</param>
/// <param name="From">First local day.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="Kwh">Final energy, never scaled up; null: not known.</param>
/// <param name="DaysComplete">Days that the energy stands on.</param>
/// <param name="Source">Meters or invoices.</param>
public sealed record ArraRow(string Post, string Period, DateOnly From, DateOnly To, decimal? Kwh, int DaysComplete, ArraSource Source)
{
    public int Days => To.DayNumber - From.DayNumber;
}

/// <summary>
/// Level 3 of the ARRA HLM observatory as the CAPI call asks for it (C: at least one year before the works; E: the two years
/// after): heating, electricity of the dwellings, electricity of the common parts, hot water. The two lists of the call differ
/// by a comma; both electricities are given.
/// </summary>
public static class ArraLevel3
{
    /// <summary>Posts as the dossier names them.</summary>
    public static IReadOnlyList<string> Posts { get; } = ["heating", "electricity", "common-parts", "hot-water"];

    /// <summary>Days that a chain of invoices has to cover.</summary>
    private const int YearDays = 365;

    /// <summary>Rows in the order of posts and periods; none without a reception of works.</summary>
    public static IReadOnlyList<ArraRow> Of(NoteModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.FollowUp is not { } f)
        {
            return [];
        }

        var rows = new List<ArraRow>();
        foreach (var post in Posts)
        {
            var uses = f.Uses.Where(u => PostOf(u.Use, f) == post).ToList();
            var before = Metered(post, "before", f.Before, uses, u => u.Before);
            var billed = before?.Kwh is null ? Billed(post, model.Dossier.Invoices, Day(f.Before.To)) : null;
            rows.AddRange(new[] { billed ?? before, Metered(post, "year1", f.Year1, uses, u => u.Year1), Metered(post, "year2", f.Year2, uses, u => u.Year2) }
                .OfType<ArraRow>());
        }

        return rows;
    }

    /// <summary>Post of a use. Where there is a main meter, the circuits behind it are not counted a second time.</summary>
    private static string? PostOf(PointUse use, FollowUp followUp) => use switch
    {
        PointUse.Heating => "heating",
        PointUse.HotWater => "hot-water",
        PointUse.CommonParts => "common-parts",
        PointUse.Total => "electricity",
        PointUse.Appliances or PointUse.Lighting or PointUse.Cooling or PointUse.Ventilation or PointUse.Other
            when followUp.Uses.All(u => u.Use != PointUse.Total) => "electricity",
        _ => null,
    };

    private static ArraRow? Metered(string post, string name, NotePeriod period, List<UseYears> uses, Func<UseYears, YearTotal> year)
    {
        if (uses.Count == 0)
        {
            return null;
        }

        var totals = uses.Select(year).ToList();
        return new ArraRow(
            post, name, Day(period.From), Day(period.To), totals.TrueForAll(t => t.EnergyKwh.HasValue) ? totals.Sum(t => t.EnergyKwh!.Value) : null,
            totals.Min(t => t.DaysComplete), ArraSource.Meters);
    }

    /// <summary>
    /// The last unbroken chain of invoices before the works that reaches back a year, delivery point by delivery point. Invoices
    /// are not cut: the period is that of the invoices.
    /// </summary>
    private static ArraRow? Billed(string post, IReadOnlyList<NoteInvoice> invoices, DateOnly works)
    {
        var chains = new List<(DateOnly From, DateOnly To, decimal Kwh)>();
        foreach (var point in invoices.Where(i => (i.Post ?? "electricity") == post && i.End <= works && i.End > i.Start).GroupBy(i => i.Pdl, StringComparer.Ordinal))
        {
            var ordered = point.OrderByDescending(i => i.End).ToList();
            var (from, to, kwh) = (ordered[0].Start, ordered[0].End, ordered[0].Kwh);
            foreach (var invoice in ordered.Skip(1))
            {
                if (invoice.End != from || to.DayNumber - from.DayNumber >= YearDays)
                {
                    break;
                }

                (from, kwh) = (invoice.Start, kwh + invoice.Kwh);
            }

            chains.Add((from, to, kwh));
        }

        return chains.Count == 0
            ? null
            : new ArraRow(
                post, "before", chains.Min(c => c.From), chains.Max(c => c.To), chains.Sum(c => c.Kwh), chains.Min(c => c.To.DayNumber - c.From.DayNumber), ArraSource.Invoices);
    }

    private static DateOnly Day(DateTimeOffset local) => DateOnly.FromDateTime(local.DateTime);
}
