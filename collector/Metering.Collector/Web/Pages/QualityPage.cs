using System.Text;
using Metering.Collector.Identity.Access;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Summaries;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>
/// <c>/quality</c>: the buildings whose data need a look, what is in quarantine, and the latest corrections. The account of one
/// building is <see cref="BuildingQualityPage"/>.
/// </summary>
internal static class QualityPage
{
    private const int QuarantineShown = 50;
    private const int BuildingsShown = 50;
    private const int CorrectionsShown = 50;

    /// <summary>Of a held payload, this much is shown: enough to recognise the sender.</summary>
    private const int PayloadBytesShown = 160;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/quality", ShowAsync).RequirePermission(Permission.ViewQuality);

    private static async Task<IResult> ShowAsync(
        HttpRequest request, CurrentUser user, VisibleRegistry registry, SummaryStore summaries, Quarantine quarantine, CorrectionLedger corrections,
        CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var numbers = new NoteNumbers(language);
        var channels = registry.Snapshot.Assignments.Select(static a => a.Key).ToHashSet();
        var ledger = (await corrections.ListAsync(null, cancellationToken).ConfigureAwait(false))
            .Where(c => registry.IsWhole || channels.Contains(c.What.Channel)).TakeLast(CorrectionsShown).ToList();
        // A message that could not be read belongs to no building: only who sees everything sees it.
        var held = registry.IsWhole ? await HeldAsync(request, quarantine, language, numbers, cancellationToken).ConfigureAwait(false) : Markup.Empty;
        return Page.Show(request, language.Of("Qualité des données", "Data quality"), Markup.Of($"""
            <h2>{language.Of("Bâtiments", "Buildings")}</h2>
            {Buildings(registry, summaries, language, numbers)}
            {held}
            <h2>{language.Of("Dernières corrections", "Latest corrections")}</h2>
            {CorrectionTable.Of(ledger, user.IsPseudonymised, language)}
            """));
    }

    private static Markup Buildings(VisibleRegistry registry, SummaryStore summaries, Language language, NoteNumbers numbers)
    {
        if (registry.Snapshot.Buildings.Count == 0)
        {
            return Page.Empty(
                language.Of("Aucun bâtiment n’est encore déclaré.", "No building is registered yet."),
                language.Of("Déclarer un bâtiment : metering registry import FICHIER.", "Register a building: metering registry import FILE."));
        }

        Column[] columns =
        [
            new(language.Of("Bâtiment", "Building")), new(language.Of("Complétude, %", "Completeness, %"), true), new(language.Of("Lacunes", "Gaps"), true),
            new(language.Of("inexpliquées", "unexplained"), true), new(language.Of("Compte détaillé", "Detailed account")),
        ];
        var rows = registry.Snapshot.Buildings.Select(b => (Building: b, Summary: summaries.Find(b.Id)))
            .OrderByDescending(static r => r.Summary?.Unexplained ?? 0).ThenBy(static r => r.Summary?.CompletenessPercent ?? 0).ThenBy(static r => r.Building.Name, StringComparer.Ordinal).ToList();
        var more = rows.Count > BuildingsShown
            ? Markup.Of($"""<p>{language.Of("Les ", "The ")}{BuildingsShown}{language.Of(" bâtiments à regarder d’abord, sur ", " buildings to look at first, of ")}{numbers.Number((long)rows.Count)} ; <a href="/?sort=completeness">{language.Of("tous les bâtiments par complétude", "all buildings by completeness")}</a>.</p>""")
            : Markup.Empty;
        return Markup.Of($"""
            {more}
            {DataTable.Of(language.Of("Bâtiments", "Buildings"), columns, rows.Take(BuildingsShown).Select(r => (IReadOnlyList<Markup>)
            [
                Markup.Of($"""<a href="{BuildingWords.Address(r.Building.Id)}">{r.Building.Name}</a>{BuildingWords.Badge(r.Building, language)}"""),
                Markup.Text(r.Summary?.CompletenessPercent is { } percent ? BuildingWords.Percent(percent, numbers) : NoteNumbers.Missing),
                Markup.Text(r.Summary is null ? NoteNumbers.Missing : numbers.Number((long)r.Summary.Gaps)),
                Markup.Of($"""<span class="{(r.Summary?.Unexplained > 0 ? "warn" : "")}">{(r.Summary is null ? NoteNumbers.Missing : numbers.Number((long)r.Summary.Unexplained))}</span>"""),
                Markup.Of($"""<a href="{BuildingWords.Address(r.Building.Id)}/quality">{language.Of("ouvrir", "open")}<span class="hidden">{language.Of(" : ", ": ")}{r.Building.Name}</span></a>"""),
            ]))}
            """);
    }

    private static async Task<Markup> HeldAsync(HttpRequest request, Quarantine quarantine, Language language, NoteNumbers numbers, CancellationToken cancellationToken)
    {
        var held = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false);
        if (held == 0)
        {
            return Markup.Of($"""
                <h2>{language.Of("Quarantaine", "Quarantine")}</h2>
                {Page.Empty(language.Of("Aucun message en quarantaine.", "No message is in quarantine."), language.Of("Il n’y a rien à faire.", "There is nothing to do."))}
                """);
        }

        var after = long.TryParse(request.Query["after"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : 0;
        var entries = await quarantine.ListAsync(after, QuarantineShown, cancellationToken).ConfigureAwait(false);
        Column[] columns =
        [
            new("N°"), new(language.Of("Sujet", "Topic")), new(language.Of("Raison", "Reason")), new(language.Of("Première, dernière fois (UTC)", "First, last time (UTC)")),
            new(language.Of("Fois", "Times"), true), new(language.Of("Contenu", "Content")),
        ];
        var next = entries.Count == QuarantineShown
            ? Markup.Of($"""<p><a rel="next" href="{QueryAddress.With(request, ("after", entries[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))}">{language.Of("Messages suivants", "Next messages")}</a></p>""")
            : Markup.Empty;
        return Markup.Of($"""
            <h2>{language.Of("Quarantaine", "Quarantine")}</h2>
            <p>{numbers.Number(held)} {language.Of("messages illisibles ou contradictoires, conservés en entier ; après correction de la cause : metering quarantine replay.", "messages that cannot be read or contradict others, kept whole; once the cause is mended: metering quarantine replay.")}</p>
            {DataTable.Of(language.Of("Quarantaine", "Quarantine"), columns, entries.Select(e => (IReadOnlyList<Markup>)
            [
                Markup.Text(numbers.Number(e.Id)), Markup.Of($"<code>{e.Message.Topic}</code>"), Markup.Of($"""<span lang="en">{e.Message.Reason}</span>"""),
                Markup.Text($"{numbers.Instant(e.FirstReceived.ToUniversalTime())}, {numbers.Instant(e.LastReceived.ToUniversalTime())}"),
                Markup.Text(numbers.Number(e.Times)), Markup.Of($"""<code class="payload">{Start(e.Message.Payload.Span)}</code>"""),
            ]))}
            {next}
            """);
    }

    private static string Start(ReadOnlySpan<byte> payload)
    {
        var cut = payload.Length > PayloadBytesShown;
        var text = new StringBuilder(Encoding.UTF8.GetString(cut ? payload[..PayloadBytesShown] : payload));
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsControl(text[i]) ? '·' : text[i];
        }

        return cut ? text.Append('…').ToString() : text.ToString();
    }
}
