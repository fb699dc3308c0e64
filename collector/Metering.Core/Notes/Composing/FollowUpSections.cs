using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Composing;

/// <summary>Sections 3.1 to 3.4: before and after, meters against invoices, calculated beside measured.</summary>
internal static class FollowUpSections
{
    public static void Write(Composition c)
    {
        c.Section("3.1", c.Of("Avant et après travaux", "Before and after the works"), BeforeAfter(c));
        c.Section("3.2", c.Of("Rapprochement des compteurs et des factures", "Meters against invoices"), Invoices(c));
        c.Section("3.3", c.Of("Valeurs calculées et valeurs mesurées", "Calculated and measured values"), Calculated(c));
    }

    private static List<NoteBlock> BeforeAfter(Composition c)
    {
        if (c.Model.FollowUp is not { } f)
        {
            return
            [
                new MissingBlock(c.Model.Building.Reception is null
                    ? c.Of("La date de réception des travaux n’est pas enregistrée : sans elle il n’y a ni avant ni après. La donner dans le registre (metering registry import).",
                        "The date of reception of the works is not on record: without it there is no before and no after. Give it in the registry (metering registry import).")
                    : c.Of("Cette période ne touche pas les deux années qui suivent la réception : demander la note « two-years ».",
                        "This period does not touch the two years after reception: ask for the note “two-years”.")),
            ];
        }

        return [UseTable(c, f), CostTable(c, f), BeforeAfterBars(c, f)];
    }

    private static TableBlock UseTable(Composition c, FollowUp f)
    {
        var rows = f.Uses.Select(u => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(Words.Use(u.Use, c.Language)), .. Year(u.Before), .. Year(u.Year1), .. Year(u.Year2),
        ]).ToList();
        return c.Table("before-after", c.Of("Énergie finale par usage, avant travaux, année 1 et année 2", "Final energy by use, before the works, year 1 and year 2"),
            [
                new(c.Of("Usage", "Use")), new(c.Of("Avant", "Before"), "kWh"), new(c.Of("jours", "days")), new(c.Of("Année 1", "Year 1"), "kWh"),
                new(c.Of("jours", "days")), new(c.Of("Année 2", "Year 2"), "kWh"), new(c.Of("jours", "days")),
            ], rows, c.Of("compteurs ; jours = jours complets", "meters; days = complete days"),
            c.Of("En gris : plus de 37 jours manquent (CalTRACK) ; rien n’est extrapolé.", "In grey: more than 37 days are missing (CalTRACK); nothing is scaled up."),
            c.Of("Avant : ", "Before: ") + c.PeriodText(f.Before) + " ; " + c.Of("année 1 : ", "year 1: ") + c.PeriodText(f.Year1) + " ; "
                + c.Of("année 2 : ", "year 2: ") + c.PeriodText(f.Year2) + ".");

        static IEnumerable<NoteCell> Year(YearTotal y) => [NoteCell.Of(y.EnergyKwh, 1, !y.Complete), NoteCell.Of((decimal)y.DaysComplete, 0, !y.Complete)];
    }

    private static TableBlock CostTable(Composition c, FollowUp f)
    {
        var uses = f.Uses.Where(u => u.Use != PointUse.Production).ToList();
        var main = uses.Where(u => u.Use == PointUse.Total).ToList();
        var boundary = main.Count > 0 ? main : uses;
        var totals = new[] { Sum(u => u.Before), Sum(u => u.Year1), Sum(u => u.Year2) };
        var complete = new[] { boundary.All(u => u.Before.Complete), boundary.All(u => u.Year1.Complete), boundary.All(u => u.Year2.Complete) };
        var target = c.Dossier.Targets.FirstOrDefault(t => t.Key == NoteTarget.Consumption);
        var rows = new List<IReadOnlyList<NoteCell>>();
        Rows(c.Of("Énergie finale", "Final energy"), "kWh", 1m, 0, "");

        foreach (var (kind, name, unit, decimals) in new[]
        {
            ("pef", c.Of("Énergie primaire", "Primary energy"), "kWhEP", 0), ("co2", c.Of("Gaz à effet de serre", "Greenhouse gases"), "kgCO₂", 0),
            ("price", c.Of("Coût de l’énergie", "Cost of energy"), "€", 0),
        })
        {
            if (Indicators.Factor(c.Dossier, kind) is { } factor)
            {
                Rows(name, unit, factor.Value, decimals, c.Numbers.Number(factor.Value, Composition.Decimals((double)factor.Value)) + " " + factor.Unit + ", " + factor.Source);
            }
            else
            {
                rows.Add([NoteCell.Of(name), NoteCell.Of(unit), NoteCell.Missing, NoteCell.Missing, NoteCell.Missing, NoteCell.Missing,
                    NoteCell.Of(c.Of("facteur non enregistré", "factor not on record"))]);
            }
        }

        return c.Table("energy-cost", c.Of("Énergie, gaz à effet de serre et coût", "Energy, greenhouse gases and cost"),
            [
                new(c.Of("Grandeur", "Quantity")), new(c.Of("Unité", "Unit")), new(c.Of("Avant", "Before")), new(c.Of("Année 1", "Year 1")),
                new(c.Of("Année 2", "Year 2")), new(c.Of("Objectif", "Target")), new(c.Of("Facteur et source", "Factor and source")),
            ], rows, c.Of("compteurs × facteurs enregistrés", "meters × factors on record"),
            c.Of("Périmètre : ", "Boundary: ") + string.Join(", ", f.Boundary) + ".");

        decimal? Sum(Func<UseYears, YearTotal> year) => boundary.Any(u => year(u).EnergyKwh.HasValue) ? boundary.Sum(u => year(u).EnergyKwh ?? 0) : null;

        void Rows(string name, string unit, decimal factor, int decimals, string source)
        {
            Row(name, unit, factor, decimals, null, source);
            if (c.Model.Building.FloorAreaM2 is { } area and > 0)
            {
                Row(name + c.Of(", par m²", ", per m²"), unit + "/m²", factor / (decimal)area, decimals + 1, unit == "kWh" ? target?.Value : null, "");
            }

            if (c.Model.Building.Dwellings is { } dwellings and > 0)
            {
                Row(name + c.Of(", par logement", ", per dwelling"), unit, factor / dwellings, decimals, null, "");
            }
        }

        void Row(string name, string unit, decimal factor, int decimals, double? goal, string source) => rows.Add(
        [
            NoteCell.Of(name), NoteCell.Of(unit),
            .. totals.Select((t, i) => NoteCell.Of(t * factor, decimals, !complete[i])),
            goal is { } g ? NoteCell.Of(g, Composition.Decimals(g)) : NoteCell.Missing, NoteCell.Of(source.Length > 0 ? source : NoteNumbers.Missing),
        ]);
    }

    private static FigureBlock BeforeAfterBars(Composition c, FollowUp f)
    {
        var start = DateOnly.FromDateTime(f.Year1.From.DateTime);
        var first = new DateOnly(start.Year, start.Month, 1);
        var months = Enumerable.Range(0, 12).Select(first.AddMonths).ToList();
        var before = Enumerable.Range(0, 12).Select(i => new DateOnly(f.Before.From.Year, f.Before.From.Month, 1).AddMonths(i)).ToDictionary(m => m.Month);
        var series = new List<BarSeries>
        {
            Series(c.Of("avant", "before"), [.. months.Select(m => before[m.Month])]),
            Series(c.Of("année 1", "year 1"), months),
            Series(c.Of("année 2", "year 2"), [.. months.Select(m => m.AddMonths(12))]),
        };
        return c.Figure("before-after-bars", c.Of("Énergie finale par mois, avant et après travaux", "Final energy by month, before and after the works"),
            ConsumptionChapter.Facts(c, "kWh", f.Months.Count(m => m.EnergyKwh.HasValue), c.Of("mois", "months"), ConsumptionChapter.Mean(f.Months.Select(m => m.CompletenessPercent))),
            MonthlyBars.Draw([.. months.Select(m => c.Numbers.MonthShort(m.Month))], series, "kWh", c.Of("mois incomplet", "incomplete month"), c.Numbers),
            string.Join(" ", series.Select(s => s.Name + c.Of(" : ", ": ") + string.Join(", ", months.Select((m, i) =>
                c.Numbers.Month(m.Month) + " " + (s.Values[i] is { } v ? c.Numbers.Quantity(v, 0, "kWh") : NoteNumbers.Missing))) + ".")));

        BarSeries Series(string name, IReadOnlyList<DateOnly> of)
        {
            var steps = of.Select(m => f.Months.Where(s => s.Start.Year == m.Year && s.Start.Month == m.Month).Select(s => (EnergyStep?)s).FirstOrDefault()).ToList();
            return new BarSeries(name, [.. steps.Select(s => (double?)s?.EnergyKwh)], [.. steps.Select(s => s?.Incomplete ?? true)]);
        }
    }

    private static List<NoteBlock> Invoices(Composition c)
    {
        if (c.Model.Invoices.Count == 0)
        {
            return
            [
                new MissingBlock(c.Of("Aucune facture enregistrée : les saisir dans le dossier du bâtiment, rubrique « invoices ».",
                    "No invoice on record: enter them in the building's dossier, item “invoices”.")),
            ];
        }

        return [new ParagraphBlock(c.Of("Détail en annexe C. Écart des compteurs à la facture, factures dont chaque jour est mesuré : ",
            "Details in annex C. Deviation of the meters from the invoice, invoices of which every day is metered: ") + Deviation(c))];
    }

    private static string Deviation(Composition c)
    {
        var known = c.Model.Invoices.Where(i => i.DeviationPercent.HasValue).ToList();
        if (known.Count == 0)
        {
            return c.Of("aucune.", "none.");
        }

        var billed = known.Sum(i => i.Invoice.Kwh);
        var metered = known.Sum(i => i.MeteredKwh!.Value);
        return c.Numbers.Percent((double)(100 * (metered / billed - 1)), 1) + " (" + c.Numbers.Quantity(metered, 0, "kWh") + c.Of(" mesurés, ", " metered, ")
            + c.Numbers.Quantity(billed, 0, "kWh") + c.Of(" facturés, n = ", " billed, n = ") + c.Numbers.Number(known.Count) + ").";
    }

    private static List<NoteBlock> Calculated(Composition c)
    {
        if (c.Dossier.RegulatoryValues.Count == 0)
        {
            return
            [
                new MissingBlock(c.Of("Aucune valeur réglementaire importée (DPE, Cep, ICT', BBIO', E', DPEG) : rubrique « regulatoryValues » du dossier, avec méthode, auteur et date.",
                    "No regulatory value imported (DPE, Cep, ICT', BBIO', E', DPEG): item “regulatoryValues” of the dossier, with method, author and date.")),
            ];
        }

        return
        [
            c.Table("regulatory", c.Of("Valeurs réglementaires calculées (importées)", "Calculated regulatory values (imported)"),
                [
                    new(c.Of("Valeur", "Value")), new(c.Of("Phase", "Phase")), new(c.Of("Calculée", "Calculated")), new(c.Of("Unité", "Unit")),
                    new(c.Of("Étiquette", "Label")), new(c.Of("Méthode et version", "Method and version")), new(c.Of("Auteur", "Author")), new("Date"),
                ],
                [.. c.Dossier.RegulatoryValues.Select(v => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(v.Kind), NoteCell.Of(v.Phase == "before" ? c.Of("avant", "before") : c.Of("après", "after")),
                    v.Value is { } x ? NoteCell.Of(x, Composition.Decimals(x)) : NoteCell.Missing, NoteCell.Of(v.Unit), NoteCell.Of(v.Label), NoteCell.Of(v.MethodVersion),
                    NoteCell.Of(v.Author), NoteCell.Of(Composition.IsoDay(v.Date)),
                ])],
                c.Of("dossier du bâtiment", "dossier of the building"),
                c.Of("Une valeur calculée suppose un usage et un climat conventionnels : une mesure ne la remplace pas et ne la contredit pas.",
                    "A calculated value assumes conventional use and weather: a measurement neither replaces nor contradicts it.")),
        ];
    }
}
