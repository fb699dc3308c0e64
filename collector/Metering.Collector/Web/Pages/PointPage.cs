using System.Globalization;
using Metering.Collector.Identity.Access;
using Metering.Collector.Web.Curves;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary>
/// <c>/points/ID</c>: the curves of a meter or a room. The page itself reads no series: where JavaScript runs it draws them
/// with zoom and hover, and where it does not the server draws a figure (<see cref="PointCurves"/>).
/// </summary>
internal static class PointPage
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/points/{id}", ShowAsync).RequirePermission(Permission.ViewReadings).ForPoint("id");

    private static async Task<IResult> ShowAsync(
        string id, HttpRequest request, CurrentUser user, VisibleRegistry registry, CurveReader curves, NoteRequests requests, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        if (CurvePoint.Of(registry.Snapshot, id) is not { } found)
        {
            return ErrorPages.NotFound(request);
        }

        var (point, building, zone) = (found.Point, found.Building, found.Zone);
        var charts = new List<Markup>();
        foreach (var kind in found.Kinds)
        {
            charts.Add(await ChartAsync(found, kind, curves, language, cancellationToken).ConfigureAwait(false));
        }

        var credit = (await requests.OfAsync(building.Id, cancellationToken).ConfigureAwait(false)).Credit;
        var trail = user.Has(Permission.ViewBuildings)
            ? Page.Trail(language, ("/", language.Of("Bâtiments", "Buildings")), (BuildingWords.Address(building.Id), building.Name))
            : Markup.Empty;
        return Page.Show(request, point.Name, Markup.Of($"""
            {trail}
            {BuildingWords.Notice(building, credit, language)}
            <p>{building.Name}{(found.Room is { } room ? Markup.Of($", {room}") : Markup.Empty)} · {Words.Use(point.Use, language)} · {language.Of("heures locales du site", "local time of the site")} ({zone.Id})</p>
            {(charts.Count == 0
                ? Page.Empty(language.Of("Aucune voie n’est affectée à ce point.", "No channel is assigned to this point."), language.Of("Affecter une voie d’une carte à ce point dans le registre.", "Assign a channel of a board to this point in the registry."))
                : Markup.Join(charts))}
            {Siblings(found, registry.Snapshot, language)}
            """));
    }

    private static async Task<Markup> ChartAsync(CurvePoint found, CurveKind kind, CurveReader curves, Language language, CancellationToken cancellationToken)
    {
        var name = CurveKinds.Name(kind, language);
        var unit = CurveKinds.Unit(kind, language);
        if (await curves.ExtentAsync(found.Channels(kind), cancellationToken).ConfigureAwait(false) is not { } extent)
        {
            return Markup.Of($"""<section><h2>{name}</h2>{Page.Empty(language.Of("Pas encore de relevé.", "No reading yet."), language.Of("La courbe apparaît dès le deuxième échantillon ; vérifier la carte si elle tarde.", "The curve appears with the second sample; check the board if it is late."))}</section>""");
        }

        var numbers = new NoteNumbers(language);
        var (from, to) = (extent.First, extent.Last.AddSeconds(1));
        var address = BuildingWords.PointAddress(found.Point.Id);
        var figure = $"{address}/figure?kind={CurveKinds.Word(kind)}";
        var local = (From: TimeZoneInfo.ConvertTime(from, found.Zone), To: TimeZoneInfo.ConvertTime(to, found.Zone));
        var alternative = $"{name}, {unit}, {BuildingWords.Period(local.From, local.To, numbers)}";
        return Markup.Of($"""
            <section class="chart" data-series="{address}/curve?kind={CurveKinds.Word(kind)}" data-kind="{CurveKinds.Word(kind)}" data-figure="{figure}" data-alt="{alternative}" data-from="{Seconds(from)}" data-to="{Seconds(to)}" data-unit="{unit}" data-name="{name}" data-zone="{found.Zone.Id}" data-offset="{(long)found.Zone.GetUtcOffset(to).TotalSeconds}" aria-busy="false">
            <h2>{name}, {unit}</h2>
            <div class="toolbar" role="group" aria-label="{language.Of("Période affichée", "Period shown")}" hidden>
            <button type="button" data-days="0">{language.Of("Tout", "All")}</button><button type="button" data-days="365">{language.Of("1 an", "1 year")}</button><button type="button" data-days="30">{language.Of("30 jours", "30 days")}</button><button type="button" data-days="7">{language.Of("7 jours", "7 days")}</button><button type="button" data-days="1">{language.Of("1 jour", "1 day")}</button><button type="button" data-shift="-1"><span aria-hidden="true">◀</span><span class="hidden">{language.Of("Plus tôt", "Earlier")}</span></button><button type="button" data-shift="1"><span aria-hidden="true">▶</span><span class="hidden">{language.Of("Plus tard", "Later")}</span></button>
            </div>
            <p class="loading" hidden>{language.Of("Chargement de la courbe…", "Loading the curve…")}</p>
            <p class="failed notice" hidden>{language.Of("La courbe n’a pas pu être chargée ; voici la figure du collecteur.", "The curve could not be loaded; here is the collector’s figure.")}</p>
            <div class="plot" hidden></div>
            <noscript><img src="{figure}" alt="{alternative}" width="720" height="240"></noscript>
            <p class="range" role="status" data-words="{language.Of("minimum|moyenne|maximum|valeurs|manquantes|aucune valeur", "least|mean|greatest|values|missing|no value")}"></p>
            <p class="hint" hidden>{language.Of("Glisser sur la courbe pour agrandir, double-cliquer pour tout revoir ; au clavier, les boutons font de même.", "Drag over the curve to zoom in, double-click to see all again; the buttons do the same from the keyboard.")}</p>
            </section>
            """);
    }

    private static Markup Siblings(CurvePoint found, RegistrySnapshot registry, Language language)
    {
        var siblings = registry.Points.Where(p => p.Id != found.Point.Id && p.BuildingId == found.Building.Id && (found.Point.ZoneId is null || p.ZoneId == found.Point.ZoneId))
            .OrderBy(static p => p.Name, StringComparer.Ordinal).ToList();
        return siblings.Count == 0 ? Markup.Empty : Markup.Of($"""
            <nav class="siblings" aria-label="{language.Of("Autres points", "Other points")}">
            <h2>{(found.Point.ZoneId is null ? language.Of("Autres points du bâtiment", "Other points of the building") : language.Of("Dans la même pièce", "In the same room"))}</h2>
            <ul>{siblings.Select(p => Markup.Of($"""<li><a href="{BuildingWords.PointAddress(p.Id)}">{p.Name}</a></li>"""))}</ul></nav>
            """);
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
