using Metering.Core.Notes.Document;
using Metering.Core.Notes.Figures;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapters 6, 7 and 9: charges, use and support, lessons. What people know and no meter measures.</summary>
internal static class PeopleChapters
{
    public static void WriteCharges(Composition c)
    {
        var title = c.Of("Charges", "Charges");
        var charges = c.Dossier.Charges;
        if (charges.Count == 0)
        {
            c.Section("6", title, [new MissingBlock(c.Of(
                "Loyer, charges et troisième ligne de quittance : rien d’enregistré. Les saisir dans le dossier, rubrique « charges », par logement type et par phase (before, estimated, observed).",
                "Rent, charges and third line: nothing on record. Enter them in the dossier, item “charges”, by type of dwelling and phase (before, estimated, observed).")),
                .. c.Narrative("charges")]);
            return;
        }

        var rows = charges.Select(r => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(r.Dwelling), NoteCell.Of(Phase(c, r.Phase)), NoteCell.Of(r.Rent, 2), NoteCell.Of(r.Charges, 2), NoteCell.Of(r.ThirdLine, 2), NoteCell.Of(r.Total, 2),
        ]).ToList();
        var blocks = new List<NoteBlock>
        {
            c.Table("charges", c.Of("Loyer, charges et troisième ligne par mois", "Rent, charges and third line by month"),
                [new(c.Of("Logement ou local type", "Type of dwelling or premises")), new(c.Of("Phase", "Phase")), new(c.Of("Loyer", "Rent"), "€"), new("Charges", "€"), new(c.Of("3e ligne", "3rd line"), "€"), new("Total", "€")],
                rows, c.Of("dossier du bâtiment", "dossier of the building")),
        };
        var dwelling = charges[0].Dwelling;
        var before = charges.FirstOrDefault(r => r.Dwelling == dwelling && r.Phase == "before");
        var after = charges.FirstOrDefault(r => r.Dwelling == dwelling && r.Phase == "observed") ?? charges.FirstOrDefault(r => r.Dwelling == dwelling && r.Phase == "estimated");
        if (before is not null && after is not null)
        {
            List<CascadeStep> steps =
            [
                new(c.Of("avant", "before"), (double)before.Total, true),
                new(c.Of("loyer", "rent"), (double)(after.Rent - before.Rent), false),
                new("charges", (double)(after.Charges - before.Charges), false),
                new(c.Of("3e ligne", "3rd line"), (double)(after.ThirdLine - before.ThirdLine), false),
                new(Phase(c, after.Phase), (double)after.Total, true),
            ];
            blocks.Add(c.Figure("charges-cascade", c.Of("Du couple loyer + charges avant travaux à celui d’après, ", "From rent + charges before the works to those after, ") + dwelling,
                ConsumptionChapter.Facts(c, c.Of("€ par mois", "€ a month"), 1, c.Of("type", "type"), 100),
                CascadeChart.Draw(steps, c.Of("€/mois", "€/month"), c.Numbers),
                string.Join(" ; ", steps.Select(s => s.Name + " " + c.Numbers.Quantity(s.Value, 2, "€"))) + "."));
        }

        blocks.AddRange(c.Narrative("charges"));
        c.Section("6", title, blocks);
    }

    public static void WriteUsage(Composition c)
    {
        var blocks = new List<NoteBlock>();
        blocks.AddRange(c.Narrative("usage"));
        blocks.Add(c.Dossier.Actions.Count > 0
            ? c.Table("actions", c.Of("Actions d’accompagnement", "Support given"),
                [new("Date"), new(c.Of("Nature", "Kind")), new("Action"), new(c.Of("Participants", "Participants"))],
                [.. c.Dossier.Actions.OrderBy(a => a.Date).Select(a => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(Composition.IsoDay(a.Date)), NoteCell.Of(Kind(c, a.Kind)), NoteCell.Of(a.What.In(c.Language)), NoteCell.Of(a.Tenants),
                ])], c.Of("dossier du bâtiment", "dossier of the building"))
            : new MissingBlock(c.Of("Dispositions prises pour accompagner les occupants : rien d’enregistré (rubrique « actions » du dossier).",
                "Support given to the occupants: nothing on record (item “actions” of the dossier).")));
        if (c.Dossier.Actions.All(a => a.Kind is not ("incident" or "maintenance")))
        {
            blocks.Add(new ParagraphBlock(c.Of("Incidents et maintenance : aucun enregistré.", "Incidents and maintenance: none on record.")));
        }

        if (c.Dossier.Survey is { } survey)
        {
            blocks.Add(new ParagraphBlock(c.Of("Enquête du ", "Survey of ") + c.Numbers.Day(survey.Date) + c.Of(" : ", ": ") + c.Numbers.Number(survey.Answered)
                + c.Of(" réponses sur ", " answers to ") + c.Numbers.Number(survey.Sent) + c.Of(" questionnaires", " questionnaires")
                + (survey.Sent > 0 ? " (" + c.Numbers.Percent(100.0 * survey.Answered / survey.Sent, 0) + ")." : ".")));
            var rows = survey.Questions.Select(q => new SurveyRow(q.Text.In(c.Language), q.Counts)).ToList();
            blocks.Add(c.Table("survey", c.Of("Réponses par question, du plus défavorable au plus favorable", "Answers by question, from worst to best"),
                [new(c.Of("Question", "Question")), new("n"), .. Enumerable.Range(1, survey.Questions.Max(q => q.Counts.Count)).Select(i => new NoteColumn(c.Numbers.Number(i)))],
                [.. survey.Questions.Select(q => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(q.Text.In(c.Language)), NoteCell.Of(q.Counts.Sum()),
                    .. Enumerable.Range(0, survey.Questions.Max(x => x.Counts.Count)).Select(i => i < q.Counts.Count ? NoteCell.Of(q.Counts[i]) : NoteCell.Missing),
                ])], c.Of("enquête auprès des occupants", "survey among the occupants")));
            blocks.Add(c.Figure("survey-answers", c.Of("Réponses à l’enquête", "Answers to the survey"),
                new FigureFacts(c.Of("réponses", "answers"), c.Numbers.Day(survey.Date), "n\u00a0=\u00a0" + c.Numbers.Number(survey.Answered), survey.Sent > 0 ? c.Percent(100.0 * survey.Answered / survey.Sent) : Text.NoteNumbers.Missing),
                SurveyChart.Draw(rows, c.Of("défavorable", "worst"), c.Of("favorable", "best"), c.Numbers),
                string.Join(" ", rows.Select(r => r.Name + c.Of(" : ", ": ") + string.Join(", ", r.Counts.Select(n => c.Numbers.Number(n))) + "."))));
            if (survey.Verbatims.Count > 0)
            {
                blocks.Add(new ListBlock([.. survey.Verbatims.Select(v => c.Of("« " + v + " »", "“" + v + "”"))]));
            }
        }
        else
        {
            blocks.Add(new MissingBlock(c.Of("Retour sur la qualité d’usage : aucune enquête enregistrée (rubrique « survey » du dossier).",
                "Quality of use: no survey on record (item “survey” of the dossier).")));
        }

        c.Section("7", c.Of("Usage et accompagnement", "Use and support"), blocks);
    }

    public static void WriteLessons(Composition c)
    {
        var blocks = c.Narrative("lessons").ToList();
        if (blocks.Count == 0)
        {
            blocks.Add(new MissingBlock(c.Of("Enseignements et plan d’actions : à écrire, chapitre « lessons » du texte du dossier.",
                "Lessons and actions: to be written, chapter “lessons” of the dossier's text.")));
        }

        c.Section("9", c.Of("Enseignements et plan d’actions", "Lessons and actions"), blocks);
    }

    private static string Kind(Composition c, string? kind) => kind switch
    {
        "communication" => c.Of("communication", "communication"),
        "incident" => c.Of("incident", "incident"),
        "maintenance" => c.Of("maintenance", "maintenance"),
        _ => c.Of("accompagnement", "support"),
    };

    private static string Phase(Composition c, string phase) => phase switch
    {
        "before" => c.Of("avant", "before"),
        "estimated" => c.Of("estimé", "estimated"),
        "observed" => c.Of("constaté", "observed"),
        _ => phase,
    };
}
