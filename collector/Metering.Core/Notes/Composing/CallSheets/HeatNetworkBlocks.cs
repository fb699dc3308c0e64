using Metering.Core.Conversion;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>
/// Heat of the delivery points by year with degree-day correction and the bill of R1 and R2, and the operator's years of the
/// network (Lens study, 3.2.2 and 3.3.1).
/// </summary>
internal static class HeatNetworkBlocks
{
    private const decimal KwhPerMwh = 1000;

    public static IReadOnlyList<NoteBlock> Blocks(Composition c)
    {
        if (c.Dossier.HeatNetwork is not { } sheet)
        {
            return
            [
                new MissingBlock(c.Of("Rubrique « heatNetwork » du dossier absente : prix R1 et R2, puissance souscrite, degrés-jours de référence, années du réseau.",
                    "Item “heatNetwork” of the dossier missing: prices R1 and R2, subscribed power, reference degree days, years of the network.")),
            ];
        }

        var blocks = new List<NoteBlock> { Delivery(c, sheet) };
        if (sheet.Years is { Count: > 0 } years)
        {
            blocks.Add(Network(c, sheet, years));
        }

        return blocks;
    }

    private static NoteBlock Delivery(Composition c, HeatNetworkSheet sheet)
    {
        if (c.Model.FollowUp is not { } f || f.Uses.All(u => u.Use is not (PointUse.Heating or PointUse.HotWater)))
        {
            return new MissingBlock(c.Of("Aucun compteur de chaleur suivi avant et après réception : déclarer un point d’usage « heating » ou « hotWater », dont les impulsions pèsent celles du compteur.",
                "No heat meter followed before and after reception: declare a point of use “heating” or “hotWater”, whose pulses weigh what the meter says."));
        }

        var rows = new List<IReadOnlyList<NoteCell>>
        {
            Row(c.Of("avant", "before"), f.Before, u => u.Before), Row(c.Of("année 1", "year 1"), f.Year1, u => u.Year1), Row(c.Of("année 2", "year 2"), f.Year2, u => u.Year2),
        };
        return c.Table("heat-delivery", c.Of("Chaleur livrée, correction climatique et prix", "Heat delivered, climate correction and price"),
            [
                new(c.Of("Période", "Period")), new(c.Of("Chauffage", "Heating"), "MWh"), new(c.Of("Eau chaude", "Hot water"), "MWh"), new(c.Of("DJU", "Degree days"), "K·d"),
                new(c.Of("jours avec température", "days with temperature")), new(c.Of("Rigueur", "Rigour")), new(c.Of("À climat de référence", "At reference climate"), "MWh"),
                new(c.Of("Facture R1 + R2", "Bill R1 + R2"), c.Of("€ HT", "€ w/o tax")), new(c.Of("Facture", "Bill"), c.Of("€ TTC", "€ with tax")), new(c.Of("Prix moyen", "Mean price"), c.Of("€ HT/MWh", "€/MWh w/o tax")),
            ],
            rows, c.Of("compteurs de chaleur ; température extérieure mesurée ; ", "heat meters; measured outdoor temperature; ") + sheet.Source,
            c.Of("Degrés-jours de chauffage, base ", "Heating degree days, base ") + c.Numbers.Quantity(sheet.BaseC, Composition.Decimals(sheet.BaseC), "°C")
                + c.Of(", moyenne journalière ; référence ", ", daily mean; reference ")
                + (sheet.ReferenceDegreeDays is { } r ? c.Numbers.Quantity(r, 0, "K·d") : c.Of("non enregistrée", "not on record"))
                + c.Of(". L’eau chaude ne suit pas le climat et n’est pas corrigée.", ". Hot water does not follow the weather and is not corrected."),
            c.Of("Une baisse corrigée du climat peut venir d’une démolition ou d’une puissance souscrite réduite : c’est un ajustement non périodique, pas une efficacité.",
                "A climate-corrected fall may come from a demolition or a reduced subscription: that is a non-routine adjustment, not efficiency."));

        IReadOnlyList<NoteCell> Row(string name, NotePeriod period, Func<UseYears, YearTotal> year)
        {
            var (heating, water) = (Heat(f, PointUse.Heating, year), Heat(f, PointUse.HotWater, year));
            var (from, to) = (DateOnly.FromDateTime(period.From.DateTime), DateOnly.FromDateTime(period.To.DateTime));
            var temperatures = f.OutdoorDays.Where(d => d.Key >= from && d.Key < to).Select(d => d.Value).ToList();
            var doubtful = !heating.Complete || to.DayNumber - from.DayNumber - temperatures.Count > Energy.CompletenessRules.MissingDaysOfYear;
            double? degreeDays = temperatures.Count > 0 ? temperatures.Sum(t => Math.Max(0, sheet.BaseC - t)) : null;
            var reference = sheet.ReferenceDegreeDays;
            double? rigour = degreeDays is { } dd && reference is { } r && HeatNetwork.Rigour(dd, r).TryGetValue(out var quotient) ? quotient : null;
            double? corrected = heating.Mwh is { } h && degreeDays is { } d2 && reference is { } r2 && HeatNetwork.AtReferenceClimate(h, water.Mwh ?? 0, d2, r2).TryGetValue(out var at) ? at : null;
            double? all = heating.Mwh is null && water.Mwh is null ? null : (heating.Mwh ?? 0) + (water.Mwh ?? 0);
            double? bill = all is { } mwh && sheet.R1EurPerMwh is { } r1 && sheet is { R2EurPerKw: { } kw2, SubscribedKw: { } kw } ? HeatNetwork.Bill(r1, mwh, kw2, kw) : null;
            return
            [
                NoteCell.Of(name), NoteCell.Of(heating.Mwh, 3, doubtful), NoteCell.Of(water.Mwh, 3, doubtful), NoteCell.Of(degreeDays, 0, doubtful), NoteCell.Of(temperatures.Count),
                NoteCell.Of(rigour, 4, doubtful), NoteCell.Of(corrected, 3, doubtful), NoteCell.Of(bill, 2, doubtful),
                NoteCell.Of(sheet.VatPercent is { } vat ? bill * (1 + vat / 100) : null, 2, doubtful), NoteCell.Of(all is > 0 ? bill / all : null, 2, doubtful),
            ];
        }
    }

    private static TableBlock Network(Composition c, HeatNetworkSheet sheet, IReadOnlyList<HeatNetworkYear> years) =>
        c.Table("heat-network-years", c.Of("Années du réseau", "Years of the network"),
            [
                new(c.Of("Année", "Year")), new(c.Of("DJU", "Degree days"), "K·d"), new(c.Of("Rigueur", "Rigour")), new(c.Of("Chaleur vendue", "Heat sold"), "MWh"),
                new(c.Of("Vendue à climat de référence", "Sold at reference climate"), "MWh"), new(c.Of("Entrée au réseau", "Sent into the network"), "MWh"), new(c.Of("Rendement", "Efficiency")),
                new("R1", "€"), new("R2", "€"), new(c.Of("Prix moyen", "Mean price"), c.Of("€ HT/MWh", "€/MWh w/o tax")), new(c.Of("Puissance souscrite", "Subscribed power"), "kW"),
            ],
            [.. years.Select(y => (IReadOnlyList<NoteCell>)
            [
                NoteCell.Of(y.Year), NoteCell.Of(y.DegreeDays, 0), Quotient(sheet.ReferenceDegreeDays is { } r ? HeatNetwork.Rigour(y.DegreeDays, r) : null, 4), NoteCell.Of(y.SoldMwh, 0),
                Quotient(sheet.ReferenceDegreeDays is { } r2 ? HeatNetwork.AtReferenceClimate(y.SoldMwh, 0, y.DegreeDays, r2) : null, 0),
                NoteCell.Of(y.IntoNetworkMwh, 0), Quotient(y.IntoNetworkMwh is { } sent ? HeatNetwork.Efficiency(y.SoldMwh, sent) : null, 4), NoteCell.Of(y.R1Eur, 0), NoteCell.Of(y.R2Eur, 0),
                Quotient(y is { R1Eur: { } r1, R2Eur: { } eur2 } ? HeatNetwork.MeanPrice(r1, eur2, y.SoldMwh) : null, 2), NoteCell.Of(y.SubscribedKw, 0),
            ])],
            sheet.Source,
            c.Of("Toute la chaleur vendue est corrigée du climat, la part de l’eau chaude n’étant pas connue à part.", "All heat sold is climate-corrected, the share of hot water not being known apart."));

    private static NoteCell Quotient(Applicability.ModelValue? value, int decimals) =>
        value is { } v && v.TryGetValue(out var number) ? NoteCell.Of(number, decimals) : NoteCell.Missing;

    private static (double? Mwh, bool Complete) Heat(FollowUp f, PointUse use, Func<UseYears, YearTotal> year)
    {
        var found = f.Uses.FirstOrDefault(u => u.Use == use);
        return found is null ? (null, true) : ((double?)(year(found).EnergyKwh / KwhPerMwh), year(found).Complete);
    }
}
