using Metering.Core.Languages;
using Metering.Core.Notes.Dossier;
using Metering.Core.Registry;
using CalculatedValue = Metering.Core.Notes.Dossier.RegulatoryValue;

namespace Metering.Collector.Notes;

/// <summary>What the registry already knows goes into the dossier; where the dossier's file has an item of its own, the file wins.</summary>
internal static class RegistryDossier
{
    public static NoteDossier Fill(NoteDossier dossier, RegistrySnapshot registry, Building building)
    {
        var operation = registry.Operations.FirstOrDefault(o => o.BuildingIds.Contains(building.Id));
        return dossier with
        {
            Targets = dossier.Targets.Count > 0 ? dossier.Targets : [.. registry.Targets.Where(t => t.BuildingId == building.Id).Select(Target)],
            RegulatoryValues = dossier.RegulatoryValues.Count > 0 ? dossier.RegulatoryValues : [.. registry.RegulatoryValues.Where(v => v.BuildingId == building.Id).Select(Calculated)],
            Invoices = dossier.Invoices.Count > 0
                ? dossier.Invoices
                : [.. registry.Invoices.Where(i => i.BuildingId == building.Id).Select(i => new NoteInvoice(i.DeliveryPoint, i.Start, i.End, i.EnergyKwh, i.AmountEur, i.Estimated))],
            Factors = dossier.Factors.Count > 0 ? dossier.Factors : [.. registry.Factors.Select(Factor)],
            Charges = dossier.Charges.Count > 0 ? dossier.Charges : [.. registry.Rents.Where(r => r.BuildingId == building.Id).OrderBy(r => r.From).Select(r =>
                new RentAndCharges(r.DwellingType, r.Phase == Phase.Before ? "before" : "observed", r.RentEur, r.ChargesEur, r.ThirdLineEur))],
            Category = dossier.Category ?? operation?.Category,
            BanId = dossier.BanId ?? operation?.AddressId,
            RnbId = dossier.RnbId ?? operation?.BuildingRegisterId,
            BdnbId = dossier.BdnbId ?? operation?.BuildingDatabaseId,
            Fnap = dossier.Fnap ?? (operation is { Call: "fnap" } fnap ? Sheet(fnap) : null),
        };
    }

    private static NoteTarget Target(Target t)
    {
        var (key, name) = t.Kind switch
        {
            "savings" => (NoteTarget.Savings, new BilingualText("Réduction des consommations", "Reduction of consumption")),
            "energy-per-m2" => (NoteTarget.Consumption, new("Énergie finale par m² et par an", "Final energy per m² and year")),
            "comfort-outside" => (NoteTarget.Comfort, new("Heures hors zones de confort", "Hours outside the comfort zones")),
            "cost-per-dwelling" => (NoteTarget.Cost, new("Coût annuel par logement", "Yearly cost of a dwelling")),
            _ => (t.Kind, new(t.Kind, t.Kind)),
        };
        return new NoteTarget(key, name, (double)t.Value, t.Unit, t.Direction == TargetDirection.AtLeast, t.Source ?? "—");
    }

    private static CalculatedValue Calculated(Core.Registry.RegulatoryValue v) => new(
        v.Kind switch
        {
            RegulatoryKind.Ict => "ICT'",
            RegulatoryKind.Bbio => "BBIO'",
            RegulatoryKind.Energy => "E'",
            RegulatoryKind.Dpe => "DPE",
            RegulatoryKind.Dpeg => "DPEG",
            RegulatoryKind.Cep => "Cep",
            _ => "GES",
        },
        v.Phase == Phase.Before ? "before" : "after", (double?)v.Value, v.Unit ?? "", v.Label ?? "", v.MethodVersion, v.Author, v.Date);

    private static NoteFactor Factor(Factor f) => new(
        f.Id, f.Kind switch { FactorKind.Carbon => "co2", FactorKind.PrimaryEnergy => "pef", _ => "price" }, f.Zone, f.Year, f.Value, f.Unit, f.Source, f.Scope);

    private static FnapSheet Sheet(Operation o) => new(
        o.Landlord ?? "", o.DwellingsBefore ?? 0, o.DwellingsAfter ?? 0, o.HabitableAreaM2 ?? 0, o.CostEur ?? 0, o.AidEur ?? 0, o.QpvStatus ?? "");
}
