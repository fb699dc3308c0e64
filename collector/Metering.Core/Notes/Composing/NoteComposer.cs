using System.Globalization;
using Metering.Core.Languages;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Composing;

/// <summary>Writes a model down in one language, chapter by chapter, after the outline of the two-year note.</summary>
public static class NoteComposer
{
    public static NoteDocument Compose(NoteModel model, Language language)
    {
        ArgumentNullException.ThrowIfNull(model);
        var c = new Composition(model, language);
        SynthesisChapter.Write(c);
        OperationChapter.Write(c);
        MeasuringChapter.Write(c);
        ConsumptionChapter.Write(c);
        SavingsChapter.Write(c);
        ComfortChapter.Write(c);
        PeopleChapters.WriteCharges(c);
        PeopleChapters.WriteUsage(c);
        ResultsChapter.Write(c);
        CallSection.Write(c);
        PeopleChapters.WriteLessons(c);
        Annexes.WriteMethods(c);
        ProvenanceAnnex.Write(c);
        Annexes.WriteInvoices(c);
        Annexes.WriteDictionary(c);
        Annexes.WritePersonalData(c);

        return new NoteDocument
        {
            Language = language,
            Title = model.FollowUp is null ? c.Of("Note de suivi", "Monitoring note") : c.Of("Note de suivi à deux ans", "Two-year monitoring note"),
            Mentions = model.Dossier.Mentions.Count > 0 || model.Call is not { } call
                ? model.Dossier.Mentions
                : [call.Mentions.In(language)],
            Images = model.Dossier.Images,
            Subtitle = model.Building.Name,
            Mark = Mark(c),
            Cover = Cover(c),
            Sections = c.Sections,
            Footer = Footer(c),
        };
    }

    private static string Mark(Composition c)
    {
        if (c.Model.Credit is { } credit)
        {
            return c.Of("Données publiées rejouées par des cartes virtuelles : ", "Published data replayed through virtual boards: ") + credit.Title;
        }

        return c.Model.Building.Simulated
            ? c.Of("DONNÉES SIMULÉES : ce bâtiment n’existe pas", "SIMULATED DATA: this building does not exist")
            : "";
    }

    private static List<CoverLine> Cover(Composition c)
    {
        var m = c.Model;
        var lines = new List<CoverLine>
        {
            new(c.Of("Bâtiment", "Building"), m.Building.Name),
            new(c.Of("Période", "Period"), c.PeriodText(m.Period)),
        };
        if (m.SetUp.Operation?.Name is { Length: > 0 } operation)
        {
            lines.Insert(0, new(c.Of("Opération", "Operation"), operation));
        }

        if (m.Building.Address is { Length: > 0 } address)
        {
            lines.Add(new(c.Of("Adresse", "Address"), address));
        }

        if (m.Building.Owner is { Length: > 0 } owner)
        {
            lines.Add(new(c.Of("Maître d’ouvrage", "Owner"), owner));
        }

        lines.Add(new(c.Of("Données valides", "Valid data"), OverallCompleteness(c)));
        lines.Add(new(c.Of("Établie pour le", "Made as of"), c.Numbers.Instant(m.Provenance.AsOf)));
        lines.Add(new(c.Of("Version du programme", "Version of the program"), m.Provenance.Version));
        return lines;
    }

    internal static string OverallCompleteness(Composition c)
    {
        long stored = 0, expected = 0;
        foreach (var month in c.Model.Completeness.SelectMany(r => r.Months))
        {
            stored += month.Stored;
            expected += month.Expected;
        }

        return expected == 0
            ? c.Of("aucune mesure attendue", "no sample expected")
            : c.Percent(100.0 * stored / expected) + c.Of(" des mesures attendues (", " of the expected samples (")
                + c.Numbers.Number(stored) + c.Of(" sur ", " of ") + c.Numbers.Number(expected) + ")";
    }

    private static string Footer(Composition c)
    {
        var p = c.Model.Provenance;
        return string.Create(CultureInfo.InvariantCulture,
            $"Metering {p.Version} · {c.Of("données", "data")} {Short(p.DataHash)} · {c.Of("réglages", "settings")} {Short(p.SettingsHash)} · {p.AsOf:yyyy-MM-dd}");
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
