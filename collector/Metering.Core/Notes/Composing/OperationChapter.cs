using System.Globalization;
using Metering.Core.Notes.Document;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapter 1: what the building is, what was done, what was promised.</summary>
internal static class OperationChapter
{
    public static void Write(Composition c)
    {
        var blocks = new List<NoteBlock> { Identity(c) };
        blocks.Add(c.Dossier.Works.Count > 0
            ? Works(c)
            : new MissingBlock(c.Of(
                "Travaux : aucun poste enregistré. Les décrire dans le dossier du bâtiment, rubrique « works ».",
                "Works: none on record. Describe them in the building's dossier, item “works”.")));
        blocks.Add(c.Dossier.Targets.Count > 0
            ? Targets(c)
            : new MissingBlock(c.Of(
                "Objectifs contractuels : aucun enregistré. Les saisir dans le dossier du bâtiment, rubrique « targets », avec leur source.",
                "Contractual targets: none on record. Enter them in the building's dossier, item “targets”, with their source.")));
        blocks.AddRange(c.Narrative("operation"));
        c.Section("1", c.Of("L’opération", "The operation"), blocks, newPage: true);
    }

    private static TableBlock Identity(Composition c)
    {
        var b = c.Model.Building;
        var site = c.Model.Site;
        var rows = new List<IReadOnlyList<NoteCell>>();
        Row(c.Of("Identifiant", "Identifier"), NoteCell.Of(b.Id));
        Row(c.Of("Type", "Type"), NoteCell.Of(Words.BuildingUse(b.Use, c.Language)));
        var what = c.Dossier.Characteristics;
        var operation = c.Model.SetUp.Operation;
        Optional(c.Of("Typologie", "Typology"), what?.Type);
        Row(c.Of("Année de construction", "Year of construction"), Text(what?.ConstructionYear?.ToString(CultureInfo.InvariantCulture)));
        Row(c.Of("Surface de plancher, m²", "Floor area, m²"), NoteCell.Of(b.FloorAreaM2, 1));
        Row(c.Of("Surface habitable, m²", "Habitable area, m²"), NoteCell.Of(what?.HabitableAreaM2 ?? operation?.HabitableAreaM2, 1));
        Row("SHON, m²", NoteCell.Of(what?.NetFloorAreaM2 ?? operation?.NetFloorAreaM2, 1));
        Row(c.Of("Logements", "Dwellings"), NoteCell.Of(b.Dwellings));
        Optional(c.Of("Chauffage", "Heating"), string.Join(", ", new[] { what?.Heating, what?.Carrier }.Where(x => x is { Length: > 0 })));
        Optional(c.Of("Ventilation", "Ventilation"), what?.Ventilation);
        Optional(c.Of("Lauréat", "Laureate"), operation?.Laureate);
        Optional(c.Of("Bailleur", "Landlord"), operation?.Landlord);
        Row(c.Of("Désignation", "Designation"), Day(operation?.DesignatedOn));
        Row(c.Of("Début des travaux", "Start of the works"), Day(c.Dossier.WorksStart));
        Row(c.Of("Réception des travaux", "Reception of the works"), Day(b.Reception));
        Row(c.Of("Appel à projets", "Call"), Text(c.Model.Call?.Title.In(c.Language) ?? b.Call));
        Optional(c.Of("Catégorie", "Category"), c.Dossier.Category);
        Row(c.Of("Prix de revient, €", "Cost, €"), NoteCell.Of(operation?.CostEur, 0));
        Row(c.Of("Aide, €", "Aid, €"), NoteCell.Of(operation?.AidEur, 0));
        Row(c.Of("Site", "Site"), NoteCell.Of(site.Name));
        Row(c.Of("Altitude, m", "Altitude, m"), NoteCell.Of(site.AltitudeM, 0));
        Row(c.Of("Zone climatique", "Climate zone"), Text(site.ClimateZone));
        Row(c.Of("Station météorologique", "Weather station"), Text(site.WeatherStation));
        Row(c.Of("Heure locale", "Local time"), NoteCell.Of(site.TimeZone));
        return c.Table("operation", c.Of("Fiche d’identité", "Identity sheet"),
            [new(c.Of("Rubrique", "Item")), new(c.Of("Valeur", "Value"))], rows, c.Of("registre des bâtiments", "building registry"));

        void Optional(string name, string? text)
        {
            if (text is { Length: > 0 })
            {
                Row(name, NoteCell.Of(text));
            }
        }

        void Row(string name, NoteCell value) => rows.Add([NoteCell.Of(name), value]);
        NoteCell Day(DateOnly? day) => day is { } d ? NoteCell.Of(c.Numbers.Day(d)) : NoteCell.Missing;
        NoteCell Text(string? text) => text is { Length: > 0 } t ? NoteCell.Of(t) : NoteCell.Missing;
    }

    private static TableBlock Works(Composition c) => c.Table("works", c.Of("Travaux réalisés", "Works done"),
        [new(c.Of("Poste", "Post")), new(c.Of("Enveloppe", "Envelope"))],
        [.. c.Dossier.Works.Select(w => (IReadOnlyList<NoteCell>)[NoteCell.Of(w.Name.In(c.Language)), NoteCell.Of(w.Envelope ? c.Of("oui", "yes") : c.Of("non", "no"))])],
        c.Of("dossier du bâtiment", "dossier of the building"));

    private static TableBlock Targets(Composition c) => c.Table("targets", c.Of("Objectifs contractuels", "Contractual targets"),
        [new(c.Of("Objectif", "Target")), new(c.Of("Sens", "Sense")), new(c.Of("Seuil", "Threshold")), new(c.Of("Unité", "Unit")), new(c.Of("Texte", "Text"))],
        [.. c.Dossier.Targets.Select(t => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(t.Name.In(c.Language)), NoteCell.Of(t.AtLeast ? "≥" : "≤"), NoteCell.Of(t.Value, Composition.Decimals(t.Value)),
            NoteCell.Of(t.Unit), NoteCell.Of(t.Source),
        ])],
        c.Of("dossier du bâtiment", "dossier of the building"));
}
