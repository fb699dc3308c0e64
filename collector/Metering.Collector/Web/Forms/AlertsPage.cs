using System.Globalization;
using Metering.Collector.Alerts;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Pages;
using Metering.Core.Alerts;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Forms;

/// <summary><c>/alerts</c>: what is wrong now, what was, and who takes care of it.</summary>
internal static class AlertsPage
{
    /// <summary>Past alerts on the page; older ones are on the next.</summary>
    private const int PastMax = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/alerts", ShowAsync).RequirePermission(Permission.ViewAlerts);
        routes.MapPost("/alerts/{id:long}/acknowledgement", AcknowledgeAsync).RequirePermission(Permission.AcknowledgeAlerts);
    }

    private static Task<IResult> ShowAsync(HttpRequest request, long? before, CurrentUser user, VisibleRegistry registry, IAlertBook book, CancellationToken cancellationToken) =>
        PageAsync(request, before, user, registry, book, problem: null, cancellationToken);

    private static async Task<IResult> AcknowledgeAsync(
        long id, HttpRequest request, CurrentUser user, VisibleRegistry registry, IAlertBook book, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var form = await request.ReadFormAsync(cancellationToken).ConfigureAwait(false);
        var note = form["note"].ToString().Trim();
        if (note.Length > AlertLedger.NoteCharactersMax)
        {
            return await PageAsync(request, null, user, registry, book, language.Of(
                $"Remarque : {note.Length} caractères ; {AlertLedger.NoteCharactersMax} au plus.",
                $"Remark: {note.Length} characters; at most {AlertLedger.NoteCharactersMax} are allowed."), cancellationToken).ConfigureAwait(false);
        }

        if (await book.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } alert || !Sees(registry, alert))
        {
            return ErrorPages.NotFound(request);
        }

        return await book.AcknowledgeAsync(id, user.Actor, note.Length == 0 ? null : note, cancellationToken).ConfigureAwait(false) == AcknowledgeResult.Already
            ? await PageAsync(request, null, user, registry, book, language.Of(
                "Quelqu’un s’occupe déjà de cette alerte ; son nom reste inscrit.", "Somebody takes care of this alert already; their name stays."), cancellationToken).ConfigureAwait(false)
            : Results.LocalRedirect("/alerts");
    }

    private static async Task<IResult> PageAsync(
        HttpRequest request, long? before, CurrentUser user, VisibleRegistry registry, IAlertBook book, string? problem, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var (open, _) = await VisibleAsync(book, registry, openOnly: true, null, int.MaxValue, cancellationToken).ConfigureAwait(false);
        var (all, more) = await VisibleAsync(book, registry, openOnly: false, before, PastMax, cancellationToken).ConfigureAwait(false);
        var past = all.Where(static a => a.Cleared is not null).ToList();
        return Page.Show(request, language.Of("Alertes", "Alerts"), Markup.Of($"""
            {(problem is null ? Markup.Empty : Markup.Of($"""<p class="notice" role="alert">{problem}</p>"""))}
            <h2>{language.Of("En cours", "Now")}</h2>
            {(open.Count == 0
                ? Page.Empty(
                    language.Of("Rien à signaler.", "Nothing is wrong."),
                    language.Of("Cartes, capteurs, afficheurs, disque, certificats et envoi vers InfluxDB sont surveillés.", "Boards, sensors, displays, disk, certificates and the forwarding to InfluxDB are watched."))
                : Markup.Join(open.Select(a => Card(request.HttpContext, a, user, language))))}
            <h2>{language.Of("Passées", "Past")}</h2>
            {(past.Count == 0 ? Markup.Of($"""<p class="hint">{language.Of("Aucune.", "None.")}</p>""") : PastTable(past, language))}
            {(more is { } oldest ? Markup.Of($"""<p><a href="/alerts?before={oldest}">{language.Of("Plus anciennes", "Older ones")}</a></p>""") : Markup.Empty)}
            """), problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static Markup Card(HttpContext context, Alert alert, CurrentUser user, Language language) => Markup.Of($"""
        <article class="alert" aria-labelledby="alert-{alert.Id}">
        <h3 id="alert-{alert.Id}">{AlertText.Sentence(alert.Key, alert.RaisedValue, language)}</h3>
        <p>{AlertText.Advice(alert.Key.Kind, language)}</p>
        <p class="hint">{language.Of("Depuis le", "Since")} {Instant(alert.Raised)} UTC</p>
        {(alert.Acknowledged is { } seen ? Seen(seen, language) : user.Has(Permission.AcknowledgeAlerts) ? Form(context, alert, language) : Markup.Empty)}
        </article>
        """);

    private static Markup Form(HttpContext context, Alert alert, Language language) => Markup.Of($"""
        <form method="post" action="/alerts/{alert.Id}/acknowledgement">
        {FormToken.Field(context)}
        <label for="note-{alert.Id}">{language.Of("Ce qui est fait (facultatif)", "What is done about it (optional)")}</label>
        <input id="note-{alert.Id}" name="note" maxlength="{AlertLedger.NoteCharactersMax}" autocomplete="off">
        <button type="submit">{language.Of("Je m’en occupe", "I take care of it")}</button>
        </form>
        """);

    private static Markup Seen(AlertAcknowledgement seen, Language language) => Markup.Of($"""
        <p class="good">{language.Of("Pris en charge par", "Taken care of by")} {seen.By}, {Instant(seen.At)} UTC{(seen.Note is null ? "" : " – " + seen.Note)}</p>
        """);

    private static Markup PastTable(IReadOnlyList<Alert> past, Language language) => Markup.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Alertes passées", "Past alerts")}"><table>
        <thead><tr><th scope="col">{language.Of("Alerte", "Alert")}</th><th scope="col">{language.Of("Début (UTC)", "Begin (UTC)")}</th>
        <th scope="col">{language.Of("Fin (UTC)", "End (UTC)")}</th><th scope="col">{language.Of("Prise en charge", "Taken care of by")}</th></tr></thead>
        <tbody>{past.Select(a => Markup.Of($"""
            <tr><th scope="row">{AlertText.Sentence(a.Key, a.RaisedValue, language)}</th><td>{Instant(a.Raised)}</td><td>{Instant(a.Cleared!.Value)}</td>
            <td>{(a.Acknowledged is { } seen ? seen.By + (seen.Note is null ? "" : " – " + seen.Note) : "–")}</td></tr>
            """))}</tbody></table></div>
        """);

    private static async Task<(IReadOnlyList<Alert> Alerts, long? More)> VisibleAsync(
        IAlertBook book, VisibleRegistry registry, bool openOnly, long? before, int wanted, CancellationToken cancellationToken)
    {
        var visible = new List<Alert>();
        IReadOnlyList<Alert> some;
        do
        {
            some = await book.ListAsync(openOnly, before, AlertLedger.PageMax, cancellationToken).ConfigureAwait(false);
            foreach (var alert in some)
            {
                if (visible.Count >= wanted)
                {
                    return (visible, before);
                }

                before = alert.Id;
                if (Sees(registry, alert))
                {
                    visible.Add(alert);
                }
            }
        }
        while (some.Count == AlertLedger.PageMax);
        return (visible, null);
    }

    /// <summary>An alert is shown to who sees its board or point; those of the collector itself to who sees everything.</summary>
    private static bool Sees(VisibleRegistry registry, Alert alert) => registry.IsWhole || alert.Key.Kind switch
    {
        AlertKind.SilentBoard => registry.HasBoard(alert.Key.Subject),
        AlertKind.SilentSensor or AlertKind.ImplausibleJump => registry.HasBoard(alert.Key.Subject.Split('/')[0]),
        AlertKind.IndexDrift => registry.Snapshot.Points.Any(p => p.Id == alert.Key.Subject),
        _ => false,
    };

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
