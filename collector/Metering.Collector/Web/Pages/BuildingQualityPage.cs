using Metering.Collector.Identity.Access;
using Metering.Collector.Jobs;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/buildings/ID/quality</c>: every pulse accounted for, each gap with its cause, flags, corrections.</summary>
internal static class BuildingQualityPage
{
    /// <summary>Gaps of one page.</summary>
    private const int GapsShown = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/buildings/{id}/quality", ShowAsync).RequirePermission(Permission.ViewQuality).ForBuilding("id");

    private static async Task<IResult> ShowAsync(
        string id, HttpRequest request, CurrentUser user, VisibleRegistry registry, BuildingViews views, IReadingStore store, NoteRequests requests,
        Quarantine quarantine, CorrectionLedger corrections, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        if (registry.Snapshot.Buildings.FirstOrDefault(b => b.Id == id) is not { } building)
        {
            return ErrorPages.NotFound(request);
        }

        var title = language.Of("Qualité des données", "Data quality") + language.Of(" : ", ": ") + building.Name;
        var trail = Page.Trail(language, (BuildingWords.Address(id), building.Name));
        BuildingView view;
        try
        {
            view = await views.OfAsync(id, registry, cancellationToken).ConfigureAwait(false);
        }
        catch (NoteException)
        {
            return Page.Show(request, title, Markup.Of($"""
                {trail}{Page.Empty(language.Of("Il n’y a encore aucun relevé à vérifier.", "There is no reading to verify yet."), language.Of("Revenir quand les cartes ont envoyé des échantillons.", "Come back when the boards have sent samples."))}
                """));
        }

        var held = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false);
        var (from, to) = requests.ReplayEnd is null ? ((DateTimeOffset?)null, (DateTimeOffset?)null) : (view.Model.Period.From, view.Model.Period.To);
        var report = await new Verification(store, registry.Snapshot).RunAsync(id, from, to, held, cancellationToken).ConfigureAwait(false);
        var part = BuildingPart.Of(registry.Snapshot, id);
        var channels = part.Assignments.Select(static a => a.Key).ToHashSet();
        var ledger = (await corrections.ListAsync(null, cancellationToken).ConfigureAwait(false)).Where(c => channels.Contains(c.What.Channel)).ToList();
        var numbers = new NoteNumbers(language);
        var zone = SiteTime.Zone(part.Site.TimeZone);
        return Page.Show(request, title, Markup.Of($"""
            {trail}
            {BuildingWords.Notice(building, view.Model.Credit, language)}
            <p class="{(report.IsExplained ? "good" : "notice")}">{(report.IsExplained
                ? language.Of("Chaque impulsion et chaque échantillon est expliqué.", "Every pulse and every sample is accounted for.")
                : language.Of("Quelque chose reste inexpliqué : voir les lignes à examiner.", "Something is unexplained: see the lines to be examined."))}</p>
            <h2>{language.Of("Impulsions", "Pulses")}</h2>
            {Circuits(report, part, language, numbers)}
            <h2>{language.Of("Sondes", "Sensors")}</h2>
            {Sensors(report, part, language, numbers)}
            <h2 id="gaps">{language.Of("Lacunes", "Gaps")}</h2>
            {Gaps(request, report, part, zone, language, numbers)}
            <h2>{language.Of("Drapeaux de qualité", "Quality flags")}</h2>
            {Flags(view, language, numbers)}
            <h2>{language.Of("Corrections", "Corrections")}</h2>
            {CorrectionTable.Of(ledger, user.IsPseudonymised, language)}
            """));
    }

    private static string Name(BuildingPart part, string pointId) => part.Points.FirstOrDefault(p => p.Id == pointId)?.Name ?? pointId;

    private static Markup Circuits(VerificationReport report, BuildingPart part, Language language, NoteNumbers numbers)
    {
        if (report.Circuits.Count == 0)
        {
            return Page.Empty(language.Of("Aucun compteur n’a deux relevés.", "No meter has two readings."), language.Of("Attendre le prochain échantillon, ou affecter une voie à un point.", "Wait for the next sample, or assign a channel to a point."));
        }

        Column[] columns =
        [
            new(language.Of("Point", "Point")), new(language.Of("Échantillons", "Samples"), true), new(language.Of("Impulsions par index", "Pulses by register"), true),
            new(language.Of("dans les intervalles", "in the intervals"), true), new(language.Of("retenues", "withheld"), true), new("kWh", true), new(language.Of("Constat", "Finding")),
        ];
        return DataTable.Of(language.Of("Impulsions", "Pulses"), columns, report.Circuits.Select(c => (IReadOnlyList<Markup>)
        [
            Markup.Of($"{Name(part, c.Point)}<br><small>{c.Audit.Assignment.Key.ToString()}</small>"),
            Markup.Text(numbers.Number(c.Audit.Samples)), Markup.Text(numbers.Number(c.Audit.RegisterPulses)), Markup.Text(numbers.Number(c.Audit.IntervalPulses)),
            Markup.Text(numbers.Number(c.Audit.WithheldPulses)), Markup.Text(numbers.Number(c.Audit.EnergyWh / 1000m, 2)),
            Conclusion(c.IsExplained, language),
        ]));
    }

    private static Markup Conclusion(bool isExplained, Language language) => Markup.Of($"""
        <span class="{(isExplained ? "online" : "warn")}">{(isExplained ? language.Of("tout est expliqué", "all explained") : language.Of("à examiner", "to be examined"))}</span>
        """);

    private static Markup Sensors(VerificationReport report, BuildingPart part, Language language, NoteNumbers numbers)
    {
        if (report.Sensors.Count == 0)
        {
            return Page.Empty(language.Of("Aucune sonde n’a de relevé.", "No sensor has a reading."), language.Of("Affecter une voie de température ou d’humidité à une pièce.", "Assign a temperature or humidity channel to a room."));
        }

        Column[] columns =
        [
            new(language.Of("Point", "Point")), new(language.Of("Échantillons", "Samples"), true), new(language.Of("sans valeur", "without a value"), true),
            new(language.Of("Lacunes", "Gaps"), true), new(language.Of("Constat", "Finding")),
        ];
        return DataTable.Of(language.Of("Sondes", "Sensors"), columns, report.Sensors.Select(s => (IReadOnlyList<Markup>)
        [
            Markup.Of($"{Name(part, s.Point)}<br><small>{s.Channel.ToString()}</small>"),
            Markup.Text(numbers.Number(s.Samples)), Markup.Text(numbers.Number(s.Missing)), Markup.Text(numbers.Number((long)s.Gaps.Count)), Conclusion(s.IsExplained, language),
        ]));
    }

    private static Markup Gaps(HttpRequest request, VerificationReport report, BuildingPart part, TimeZoneInfo zone, Language language, NoteNumbers numbers)
    {
        var gaps = report.Circuits.SelectMany(c => c.Audit.Gaps.Select(g => new ListedGap(
                Name(part, c.Point), g.Start, g.End, GapWords.Cause(g, language), GapWords.Energy(g, language), g.IsExplained && !c.Unreported.Contains(g))))
            .Concat(report.Sensors.SelectMany(s => s.Gaps.Select(g => new ListedGap(
                Name(part, s.Point), g.Start, g.End, GapWords.Samples(g.MissingSamples, language), "", g.IsExplained))))
            .OrderBy(static g => g.IsExplained).ThenByDescending(static g => g.From).ThenBy(static g => g.Point, StringComparer.Ordinal).ToList();
        if (gaps.Count == 0)
        {
            return Page.Empty(language.Of("Aucune lacune.", "No gap."), language.Of("Il n’y a rien à faire.", "There is nothing to do."));
        }

        var pager = Pager.Of(request, GapsShown, gaps.Count);
        Column[] columns =
        [
            new(language.Of("Point", "Point")), new(language.Of("Du", "From")), new(language.Of("au", "to")), new(language.Of("Cause", "Cause")),
            new(language.Of("Énergie", "Energy")), new(language.Of("Constat", "Finding")),
        ];
        return Markup.Of($"""
            <p>{numbers.Number((long)gaps.Count)} {language.Of("lacunes, celles à examiner d’abord ; heure locale du site.", "gaps, those to be examined first; local time of the site.")}</p>
            {DataTable.Of(language.Of("Lacunes", "Gaps"), columns, gaps.Skip(pager.Skip).Take(GapsShown).Select(g => (IReadOnlyList<Markup>)
            [
                Markup.Text(g.Point), Markup.Text(numbers.Instant(TimeZoneInfo.ConvertTime(g.From, zone))), Markup.Text(numbers.Instant(TimeZoneInfo.ConvertTime(g.To, zone))),
                Markup.Text(g.Cause), Markup.Text(g.Energy.Length == 0 ? NoteNumbers.Missing : g.Energy),
                Markup.Of($"""<span class="{(g.IsExplained ? "" : "warn")}">{GapWords.Conclusion(g.IsExplained, language)}</span>"""),
            ]))}
            {pager.Links(request, language)}
            """);
    }

    private static Markup Flags(BuildingView view, Language language, NoteNumbers numbers)
    {
        var hours = view.Model.Consumption.SelectMany(static p => p.Hours.Select(static h => h.Flags)).ToList();
        var rooms = view.Model.Rooms.Select(static r => r.Flags).ToList();
        var rows = Words.FlagCodes
            .Select(f => (f.Code, f.Flag, Hours: hours.LongCount(h => h.HasFlag(f.Flag)), Rooms: rooms.LongCount(r => r.HasFlag(f.Flag))))
            .Where(static f => f.Hours > 0 || f.Rooms > 0).ToList();
        if (rows.Count == 0)
        {
            return Page.Empty(language.Of("Aucune valeur n’est marquée.", "No value is flagged."), language.Of("Il n’y a rien à faire.", "There is nothing to do."));
        }

        Column[] columns =
        [
            new(language.Of("Drapeau", "Flag")), new(language.Of("Sens", "Meaning")), new(language.Of("Heures de comptage", "Metered hours"), true), new(language.Of("Pièces", "Rooms"), true),
        ];
        return DataTable.Of(language.Of("Drapeaux de qualité", "Quality flags"), columns, rows.Select(f => (IReadOnlyList<Markup>)
        [
            Markup.Of($"<code>{f.Code}</code>"), Markup.Text(Words.FlagMeaning(f.Flag, language)), Markup.Text(numbers.Number(f.Hours)), Markup.Text(numbers.Number(f.Rooms)),
        ]));
    }

    private sealed record ListedGap(string Point, DateTimeOffset From, DateTimeOffset To, string Cause, string Energy, bool IsExplained);
}
