using Metering.Core.Notes.Document;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapter 1: what the building is.</summary>
internal static class OperationChapter
{
    public static void Write(Composition c)
    {
        var b = c.Model.Building;
        var site = c.Model.Site;
        var rows = new List<IReadOnlyList<NoteCell>>();
        Row(c.Of("Identifiant", "Identifier"), NoteCell.Of(b.Id));
        Row(c.Of("Type", "Type"), NoteCell.Of(Words.BuildingUse(b.Use, c.Language)));
        Row(c.Of("Surface de plancher, m²", "Floor area, m²"), NoteCell.Of(b.FloorAreaM2, 1));
        Row(c.Of("Logements", "Dwellings"), NoteCell.Of(b.Dwellings));
        Row(c.Of("Réception des travaux", "Reception of the works"), b.Reception is { } day ? NoteCell.Of(c.Numbers.Day(day)) : NoteCell.Missing);
        Row(c.Of("Site", "Site"), NoteCell.Of(site.Name));
        Row(c.Of("Altitude, m", "Altitude, m"), NoteCell.Of(site.AltitudeM, 0));
        Row(c.Of("Zone climatique", "Climate zone"), site.ClimateZone is { } zone ? NoteCell.Of(zone) : NoteCell.Missing);
        Row(c.Of("Station météorologique", "Weather station"), site.WeatherStation is { } station ? NoteCell.Of(station) : NoteCell.Missing);
        Row(c.Of("Heure locale", "Local time"), NoteCell.Of(site.TimeZone));
        c.Section("1", c.Of("L’opération", "The operation"),
        [
            c.Table("operation", c.Of("Fiche d’identité", "Identity sheet"),
                [new(c.Of("Rubrique", "Item")), new(c.Of("Valeur", "Value"))], rows,
                c.Of("registre des bâtiments", "building registry")),
        ], newPage: true);

        void Row(string name, NoteCell value) => rows.Add([NoteCell.Of(name), value]);
    }
}
