using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Obligations;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>The air-conditioning circuits: what each used, by m², and whether it is sub-metered as the call asks.</summary>
internal static class CoolingSheets
{
    public static IReadOnlyList<NoteBlock> Consumption(Composition c)
    {
        var circuits = Circuits(c);
        if (circuits.Count == 0)
        {
            return [NoCircuit(c)];
        }

        var periods = c.Model.FollowUp is { } f
            ? new[] { (c.Of("année 1", "year 1"), f.Year1), (c.Of("année 2", "year 2"), f.Year2) }
            : [(c.Of("période", "period"), c.Model.Period)];
        var columns = new List<NoteColumn> { new(c.Of("Circuit", "Circuit")), new(c.Of("Surface", "Area"), "m²") };
        foreach (var (name, _) in periods)
        {
            columns.Add(new(c.Of("Énergie, ", "Energy, ") + name, "kWhEF"));
            columns.Add(new(c.Of("par m², ", "by m², ") + name, "kWhEF/m²"));
            columns.Add(new(c.Of("jours complets, ", "complete days, ") + name));
        }

        var rows = circuits.Select(p => Row(p.Point.Name, Area(c, p.Point), periods.Select(x => Total([p], x.Item2)))).ToList();
        if (circuits.Count > 1)
        {
            rows.Add(Row(c.Of("Ensemble", "All"), c.Model.Building.FloorAreaM2, periods.Select(x => Total(circuits, x.Item2))));
        }

        return
        [
            c.Table("cooling-circuits", c.Of("Climatisation mesurée par circuit et par m²", "Air conditioning measured by circuit and m²"), columns, rows,
                c.Of("sous-compteurs ; surface de la zone desservie, ou du bâtiment où elle n’est pas enregistrée", "sub-meters; area of the zone served, or of the building where it is not on record"),
                c.Of("Énergie électrique finale mesurée. Elle ne prouve ni la classe du DPEG, ni l’ICT', ni le BBIO', qui sont des calculs conventionnels. En gris : plus de 37 jours manquent ; rien n’est extrapolé.",
                    "Measured final electricity. It proves neither the class of the DPEG nor ICT' nor BBIO', which are conventional calculations. In grey: more than 37 days are missing; nothing is scaled up.")),
        ];

        static IReadOnlyList<NoteCell> Row(string name, double? area, IEnumerable<YearTotal> totals) =>
        [
            NoteCell.Of(name), NoteCell.Of(area, 1),
            .. totals.SelectMany(t => new[]
            {
                NoteCell.Of(t.EnergyKwh, 1, !t.Complete), NoteCell.Of(area is { } m2 and > 0 ? t.EnergyKwh / (decimal)m2 : null, 2, !t.Complete),
                NoteCell.Of((decimal)t.DaysComplete, 0, !t.Complete),
            }),
        ];
    }

    public static IReadOnlyList<NoteBlock> Conformity(Composition c, CallRules call)
    {
        var circuits = Circuits(c);
        if (circuits.Count == 0)
        {
            return [NoCircuit(c)];
        }

        var asked = call.Requirements.FirstOrDefault(r => r.Quantity == "pulse-weight-wh")?.Threshold;
        var rows = circuits.SelectMany(p => p.Registers.Select(r =>
        {
            var attested = c.Dossier.Circuits.LastOrDefault(a => a.PointId == p.Point.Id);
            var visit = c.Model.SetUp.Visits.LastOrDefault(v => v.PointId == p.Point.Id);
            return (IReadOnlyList<NoteCell>)
            [
                NoteCell.Of(p.Point.Name), NoteCell.Of(r.PulseWeightWh, 0), NoteCell.Of(p.Point.MeterClass ?? NoteNumbers.Missing), NoteCell.Of(r.MeterSerial ?? NoteNumbers.Missing),
                NoteCell.Of(attested is null ? NoteNumbers.Missing : attested.Dedicated ? c.Of("oui", "yes") : c.Of("non", "no")),
                NoteCell.Of(attested is null ? NoteNumbers.Missing : attested.Document + ", " + attested.Author + ", " + Composition.IsoDay(attested.Date)),
                NoteCell.Of(r.Pulses), NoteCell.Of(visit?.IndexKwh, 2),
                NoteCell.Of(Verdict(c, r.PulseWeightWh, asked, attested)),
            ];
        })).ToList();
        return
        [
            c.Table("circuit-conformity", c.Of("Sous-comptage de la climatisation", "Sub-metering of air conditioning"),
                [
                    new(c.Of("Circuit", "Circuit")), new(c.Of("Poids d’impulsion", "Pulse weight"), "Wh"), new(c.Of("Classe", "Class")), new(c.Of("Numéro de série", "Serial number")),
                    new(c.Of("Circuit non mélangé", "Circuit of its own")), new(c.Of("Attesté par", "Attested by")), new(c.Of("Impulsions comptées", "Pulses counted")),
                    new(c.Of("Dernier index relevé", "Last index read"), "kWh"), new(c.Of("Conformité", "Conformity")),
                ],
                rows, c.Of("registre des points de mesure ; dossier, rubrique « circuits »", "registry of metering points; dossier, item “circuits”"),
                asked is { } wh
                    ? c.Of("Demandé : circuit non mélangé avec d’autres usages, impulsions calibrées à ", "Asked: a circuit that feeds no other use, pulses calibrated at ") + c.Numbers.Quantity(wh, Composition.Decimals(wh), "Wh") + "."
                    : c.Of("L’appel n’impose pas de poids d’impulsion.", "The call imposes no pulse weight.")),
        ];
    }

    private static string Verdict(Composition c, decimal weight, double? asked, CircuitAttestation? attested) =>
        asked is { } wh && weight != (decimal)wh ? c.Of("non conforme : poids d’impulsion", "does not comply: pulse weight")
        : attested is null ? c.Of("attestation manquante", "attestation missing")
        : attested.Dedicated ? c.Of("conforme", "complies") : c.Of("non conforme : circuit mélangé", "does not comply: mixed circuit");

    private static List<PointConsumption> Circuits(Composition c) => [.. c.Model.Consumption.Where(p => p.Point.Use == PointUse.Cooling)];

    private static MissingBlock NoCircuit(Composition c) => new(c.Of(
        "Aucun circuit de climatisation n’est compté : déclarer un point d’usage « cooling » et sa voie (metering registry import).",
        "No air-conditioning circuit is metered: declare a point of use “cooling” and its channel (metering registry import)."));

    private static double? Area(Composition c, MeteringPoint point) => c.Model.SetUp.ZoneOf(point)?.FloorAreaM2 ?? c.Model.Building.FloorAreaM2;

    private static YearTotal Total(IReadOnlyList<PointConsumption> circuits, NotePeriod period)
    {
        var days = FollowUpBuilder.Sum(circuits.Select(p => (IReadOnlyList<EnergyStep>)[.. p.Days.Where(d => d.Start >= period.From && d.Start < period.To)]));
        var known = days.Where(d => d.EnergyKwh.HasValue).ToList();
        return new YearTotal(
            known.Count > 0 ? known.Sum(d => d.EnergyKwh!.Value) : null, days.Count(d => d.EnergyKwh.HasValue && !d.Incomplete), (int)Math.Round(period.Days));
    }
}
