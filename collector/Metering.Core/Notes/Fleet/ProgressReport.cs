using System.Globalization;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Text;
using Metering.Core.Obligations;

namespace Metering.Core.Notes.Fleet;

/// <summary>What a report is made of.</summary>
/// <param name="Buildings">The fleet, in the order of the registry.</param>
/// <param name="Year">Calendar year reported.</param>
/// <param name="Call">Call that ranks labels and asks for the report (CD2E).</param>
/// <param name="Narrative">Paragraphs by chapter: synthesis, operation, results, lessons.</param>
/// <param name="Version">Version of the program.</param>
public sealed record ProgressInput(
    IReadOnlyList<FleetBuilding> Buildings, int Year, CallRules Call, IReadOnlyDictionary<string, IReadOnlyList<string>> Narrative, string Version);

/// <summary>
/// The annual progress report of a fleet (CD2E call, § 7): park sheet (§ 8), ranking by label (§ 3), measured energy beside the
/// labels, state of the map (Géo2France), actions of the year. The call asks for no metering: measured values complete a label, they
/// do not replace it.
/// </summary>
public static class ProgressReport
{
    private const string Labels = "ABCDEFG";

    public static NoteDocument Compose(ProgressInput input, Language language)
    {
        ArgumentNullException.ThrowIfNull(input);
        var w = new Writer(input, language);
        return new NoteDocument
        {
            Language = language,
            Title = language.Of("Rapport annuel d’avancement", "Annual progress report"),
            Subtitle = w.Year,
            Mark = input.Buildings.Any(b => b.Building.Simulated) ? language.Of("CONTIENT DES DONNÉES SIMULÉES", "HOLDS SIMULATED DATA") : "",
            Mentions = [input.Call.Mentions.In(language)],
            Cover = [new(language.Of("Appel", "Call"), input.Call.Title.In(language)), new(language.Of("Bâtiments", "Buildings"), w.Numbers.Number(input.Buildings.Count)), new(language.Of("Version du programme", "Version of the program"), input.Version)],
            Sections =
            [
                new("0", 1, language.Of("Synthèse", "Summary"), [w.Tiles(), .. w.Narrative("synthesis")]),
                new("1", 1, language.Of("Le parc", "The park"), [w.Park(), .. w.Narrative("operation")], NewPage: true),
                new("2", 1, language.Of("Hiérarchisation par étiquette", "Ranking by label"), [w.Priorities(), w.LabelFigure()]),
                new("3", 1, language.Of("Valeurs mesurées à côté des étiquettes", "Measured values beside the labels"), [w.Measured(), .. w.Narrative("results")], NewPage: true),
                new("4", 1, language.Of("Intégration SIG", "GIS integration"), [w.Map()]),
                new("5", 1, language.Of("Actions de l’année", "Actions of the year"), [w.Actions()]),
                new("6", 1, language.Of("Difficultés et suite", "Difficulties and what comes next"), w.Lessons()),
                new("A", 1, language.Of("D’où viennent les valeurs", "Where the values come from"), [w.Origin()]),
            ],
            Footer = "Metering " + input.Version + " · " + w.Year,
        };
    }

    private sealed class Writer(ProgressInput input, Language language)
    {
        private int _tables;

        public NoteNumbers Numbers { get; } = new(language);

        public string Year { get; } = input.Year.ToString(CultureInfo.InvariantCulture);

        public TilesBlock Tiles()
        {
            var soon = input.Buildings.Count(b => b.LabelBefore is { Length: 1 } l && "EFG".Contains(l, StringComparison.Ordinal));
            var measured = Known().Count;
            return new TilesBlock(
            [
                Tile(Of("Bâtiments suivis", "Buildings followed"), input.Buildings.Count, Of("au registre", "in the registry")),
                Tile(Of("Étiquettes E, F ou G", "Labels E, F or G"), soon, Of("avant travaux", "before the works")),
                Tile(Of("Bâtiments mesurés", "Buildings measured"), measured, Of("année complète : au plus 37 jours manquants", "complete year: at most 37 days missing")),
                Tile(Of("Situés sur la carte", "Placed on the map"), input.Buildings.Count(b => b.Located), Of("coordonnées enregistrées", "coordinates on record")),
            ]);

            NoteTile Tile(string name, int count, string remark) => new(name, NoteCell.Of(count), "", remark, "", "", VerdictTone.None);
        }

        /// <summary>The park sheet of § 8: a row a type of building.</summary>
        public TableBlock Park() => Table("park", Of("Fiche du parc", "Park sheet"),
            [
                new(Of("Type de bâtiment", "Type of building")), new(Of("Nombre", "Number")), new(Of("Logements", "Dwellings")), new(Of("Surface", "Area"), "m²"), new(Of("Construction", "Built")),
                new(Of("Étiquette dominante", "Commonest label")), new(Of("Usage principal", "Main use")), new(Of("Vecteurs", "Carriers")),
            ],
            [.. input.Buildings.GroupBy(b => b.Characteristics?.Type ?? Of("non renseigné", "not on record"), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (IReadOnlyList<NoteCell>)
            [
                NoteCell.Of(g.Key), NoteCell.Of(g.Count()), NoteCell.Of(g.Sum(b => b.Building.Dwellings ?? 0)), NoteCell.Of(g.Sum(b => b.Building.FloorAreaM2 ?? 0), 0),
                NoteCell.Of(Years([.. g.Select(b => b.Characteristics?.ConstructionYear).OfType<int>()])), NoteCell.Of(Commonest(g.Select(b => b.LabelBefore))),
                NoteCell.Of(Commonest(g.Select(b => (string?)Words.BuildingUse(b.Building.Use, language)))), NoteCell.Of(Distinct(g.Select(b => b.Characteristics?.Carrier))),
            ])],
            Of("registre et dossiers des bâtiments", "registry and dossiers of the buildings"));

        public TableBlock Priorities()
        {
            var ranked = input.Call.Priorities.Select(p => (Name: p.Text.In(language), p.Labels, Buildings: input.Buildings.Where(b => b.LabelBefore is { Length: 1 } l && input.Call.PriorityOf(l[0]) == p).ToList())).ToList();
            var rest = input.Buildings.Except(ranked.SelectMany(r => r.Buildings)).ToList();
            var rows = ranked.Select(r => Row(r.Name, string.Join(", ", r.Labels.Select(l => l.ToString())), r.Buildings)).ToList();
            rows.Add(Row(Of("sans priorité ou sans étiquette", "no priority or no label"), NoteNumbers.Missing, rest));
            return Table("priorities", Of("Bâtiments par priorité", "Buildings by priority"),
                [new(Of("Priorité", "Priority")), new(Of("Étiquettes", "Labels")), new(Of("Bâtiments", "Buildings")), new(Of("Logements", "Dwellings")), new(Of("Surface", "Area"), "m²"), new(Of("Identifiants", "Identifiers"))],
                rows, input.Call.Source + ", § 3",
                Of("Étiquette calculée avant travaux, importée avec sa méthode, son auteur et sa date.", "Label calculated before the works, imported with its method, author and date."));

            static IReadOnlyList<NoteCell> Row(string name, string labels, List<FleetBuilding> buildings) =>
            [
                NoteCell.Of(name), NoteCell.Of(labels), NoteCell.Of(buildings.Count), NoteCell.Of(buildings.Sum(b => b.Building.Dwellings ?? 0)), NoteCell.Of(buildings.Sum(b => b.Building.FloorAreaM2 ?? 0), 0),
                NoteCell.Of(buildings.Count == 0 ? NoteNumbers.Missing : string.Join(", ", buildings.Take(IdsMax).Select(b => b.Building.Id)) + (buildings.Count > IdsMax ? ", …" : "")),
            ];
        }

        public FigureBlock LabelFigure()
        {
            var (before, after) = (Counts(b => b.LabelBefore), Counts(b => b.LabelAfter));
            var known = before.Sum() + after.Sum();
            return new FigureBlock(new NoteFigure(
                1, "labels", Of("Bâtiments par étiquette, avant et après travaux", "Buildings by label, before and after the works"),
                new FigureFacts(Of("bâtiments", "buildings"), Year, "n\u00a0=\u00a0" + Numbers.Number(known) + " " + Of("étiquettes", "labels"), Share(before.Sum())),
                MonthlyBars.Draw(
                    [.. Labels.Select(l => l.ToString())],
                    [Series(Of("avant", "before"), before), Series(Of("après", "after"), after)], Of("bâtiments", "buildings"), Of("incomplet", "incomplete"), Numbers),
                string.Join(" ", Labels.Select((l, i) => l + Of(" : ", ": ") + Numbers.Number(before[i]) + Of(" avant, ", " before, ") + Numbers.Number(after[i]) + Of(" après.", " after.")))));

            static BarSeries Series(string name, List<int> counts) => new(name, [.. counts.Select(c => c > 0 ? (double?)c : null)], [.. counts.Select(_ => false)]);

            List<int> Counts(Func<FleetBuilding, string?> label) => [.. Labels.Select(l => input.Buildings.Count(b => label(b) == l.ToString()))];

            string Share(int labelled) => Numbers.Percent(input.Buildings.Count == 0 ? 0 : 100.0 * labelled / input.Buildings.Count, 0);
        }

        public TableBlock Measured() => Table("measured", Of("Énergie finale mesurée, ", "Final energy measured, ") + Year,
            [
                new(Of("Bâtiment", "Building")), new(Of("Étiquette avant", "Label before")), new(Of("Étiquette après", "Label after")), new(Of("Priorité", "Priority")), new(Of("Mesurée", "Measured"), "kWhEF"),
                new(Of("par m²", "by m²"), "kWhEF/m²"), new(Of("Jours complets", "Complete days")), new(Of("Économie corrigée du climat", "Climate-corrected savings"), "%"), new("± 90 %", "%"),
            ],
            [.. input.Buildings.Select(b =>
            {
                var year = b.Public && b.Years.TryGetValue(input.Year, out var found) ? found : new CalendarYear(null, 0);
                var doubtful = !Complete(year);
                return (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(b.Building.Id), NoteCell.Of(b.LabelBefore ?? NoteNumbers.Missing), NoteCell.Of(b.LabelAfter ?? NoteNumbers.Missing),
                    NoteCell.Of(b.LabelBefore is { Length: 1 } l && input.Call.PriorityOf(l[0]) is { } p ? p.Text.In(language) : NoteNumbers.Missing),
                    NoteCell.Of(year.Kwh, 0, doubtful), NoteCell.Of(b.Building.FloorAreaM2 is { } m2 and > 0 ? year.Kwh / (decimal)m2 : null, 1, doubtful), NoteCell.Of((decimal)year.DaysComplete, 0, doubtful),
                    NoteCell.Of(b.Public ? b.Savings?.Percent : null, 1), NoteCell.Of(b.Public ? b.Savings?.HalfWidth : null, 1),
                ];
            })],
            Of("compteurs du périmètre de chaque bâtiment", "meters of each building's boundary"),
            Of("La mesure complète l’étiquette, elle ne la remplace pas. En gris : plus de 37 jours manquent ; rien n’est extrapolé.", "The measurement completes the label, it does not replace it. In grey: more than 37 days are missing; nothing is scaled up."),
            Of("Vide aussi : moins de trois logements sans consentement enregistré.", "Also empty: fewer than three dwellings without consent on record."));

        public TableBlock Map()
        {
            var n = input.Buildings.Count;
            return Table("map", Of("Consolidation dans Géo2France", "Consolidation in Géo2France"),
                [new(Of("Information", "Information")), new(Of("Bâtiments", "Buildings")), new(Of("sur", "of")), new(Of("Part", "Share"), "%")],
                [
                    Row(Of("coordonnées (EPSG:4326, et EPSG:2154 en métropole)", "coordinates (EPSG:4326, and EPSG:2154 in metropolitan France)"), b => b.Located),
                    Row(Of("clé d’adresse (BAN)", "address key (BAN)"), b => b.HasAddressKey), Row(Of("clé de bâtiment (RNB ou BDNB)", "building key (RNB or BDNB)"), b => b.HasBuildingKey),
                    Row(Of("étiquette avant travaux", "label before the works"), b => b.LabelBefore is not null),
                ],
                Of("registre et dossiers des bâtiments", "registry and dossiers of the buildings"),
                Of("Fichiers : metering export --what geojson et --what geojson-2154.", "Files: metering export --what geojson and --what geojson-2154."));

            IReadOnlyList<NoteCell> Row(string name, Func<FleetBuilding, bool> has)
            {
                var count = input.Buildings.Count(has);
                return [NoteCell.Of(name), NoteCell.Of(count), NoteCell.Of(n), NoteCell.Of(n == 0 ? null : 100m * count / n, 0)];
            }
        }

        public NoteBlock Actions()
        {
            var actions = input.Buildings.SelectMany(b => b.Actions.Where(a => a.Date.Year == input.Year).Select(a => (b.Building.Id, Action: a))).OrderBy(a => a.Action.Date).ThenBy(a => a.Id, StringComparer.Ordinal).ToList();
            return actions.Count == 0
                ? new MissingBlock(Of("Aucune action enregistrée cette année (rubrique « actions » des dossiers).", "No action on record this year (item “actions” of the dossiers)."))
                : Table("actions", Of("Actions, ", "Actions, ") + Year, [new("Date"), new(Of("Bâtiment", "Building")), new("Action"), new(Of("Locataires", "Tenants"))],
                    [.. actions.Select(a => (IReadOnlyList<NoteCell>)[NoteCell.Of(Composition.IsoDay(a.Action.Date)), NoteCell.Of(a.Id), NoteCell.Of(a.Action.What.In(language)), NoteCell.Of(a.Action.Tenants)])],
                    Of("dossiers des bâtiments", "dossiers of the buildings"));
        }

        public List<NoteBlock> Lessons()
        {
            var blocks = Narrative("lessons").ToList();
            return blocks.Count > 0
                ? blocks
                : [new MissingBlock(Of("À écrire : chapitre « lessons » du texte « fleet.txt » (synthesis, operation, results, lessons).", "To be written: chapter “lessons” of the text “fleet.txt” (synthesis, operation, results, lessons)."))];
        }

        public TableBlock Origin() => Table("origin", Of("Empreintes des données", "Hashes of the data"),
            [new(Of("Bâtiment", "Building")), new(Of("Empreinte des mesures (SHA-256)", "Hash of the readings (SHA-256)"))],
            [.. input.Buildings.Select(b => (IReadOnlyList<NoteCell>)[NoteCell.Of(b.Building.Id), NoteCell.Of(b.DataHash.Length > 0 ? b.DataHash : Of("aucune mesure", "no reading"))])],
            Of("dépôt de mesures", "store of readings"));

        public IEnumerable<NoteBlock> Narrative(string chapter) =>
            NarrativeBlocks.Of(input.Narrative.TryGetValue(chapter, out var paragraphs) ? paragraphs : []);

        private List<FleetBuilding> Known() => [.. input.Buildings.Where(b => b.Years.TryGetValue(input.Year, out var year) && Complete(year))];

        private bool Complete(CalendarYear year) => year.IsComplete(input.Year);

        private static string Years(List<int> years) => years.Count == 0
            ? NoteNumbers.Missing
            : years.Min() == years.Max() ? years[0].ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{years.Min()}–{years.Max()}");

        /// <summary>The commonest; of several, the first by name.</summary>
        private static string Commonest(IEnumerable<string?> names) => names.OfType<string>().GroupBy(n => n, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? NoteNumbers.Missing;

        private static string Distinct(IEnumerable<string?> names) =>
            string.Join(", ", names.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : NoteNumbers.Missing;

        private TableBlock Table(string key, string caption, IReadOnlyList<NoteColumn> columns, IReadOnlyList<IReadOnlyList<NoteCell>> rows, string source, params string[] remarks) =>
            new(new NoteTable(++_tables, key, caption, columns, rows, source, remarks));

        private string Of(string french, string english) => language.Of(french, english);

        private const int IdsMax = 12;
    }
}
