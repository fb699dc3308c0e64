using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Summaries;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/</c>: the buildings, with what is known of each at a glance. It reads summaries, never readings.</summary>
internal static class PortfolioPage
{
    /// <summary>Buildings of one page of the list.</summary>
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", ShowAsync).RequirePermission(Permission.UseAccount);

    private static async Task<IResult> ShowAsync(
        HttpRequest request, CurrentUser user, VisibleRegistry registry, SummaryStore summaries, BoardHealthReader boards, NoteRequests requests,
        CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var snapshot = registry.Snapshot;
        if (!user.Has(Permission.ViewBuildings))
        {
            return OwnPoints(request, snapshot, language);
        }

        var title = language.Of("Bâtiments", "Buildings");
        if (snapshot.Buildings.Count == 0)
        {
            return Page.Show(request, title, Page.Empty(
                language.Of("Aucun bâtiment n’est encore déclaré.", "No building is registered yet."),
                language.Of("Déclarer un bâtiment, ses points et ses cartes : metering registry import FICHIER.", "Register a building, its points and boards: metering registry import FILE.")));
        }

        var health = await boards.ReadAsync(requests.ReplayEnd, cancellationToken).ConfigureAwait(false);
        var query = PortfolioQuery.Of(request.Query);
        var rows = query.Apply(PortfolioList.Of(snapshot, summaries, health));
        var pager = Pager.Of(request, PageSize, rows.Count);
        var pending = rows.Count(static r => r.Summary is null);
        var numbers = new NoteNumbers(language);
        return Page.Show(request, title, Markup.Of($"""
            {Filters(query, language)}
            <div id="results" data-pending="{pending}">
            <p role="status">{numbers.Number(rows.Count)} {language.Of(rows.Count == 1 ? "bâtiment" : "bâtiments", rows.Count == 1 ? "building" : "buildings")}{(query.IsFiltered ? language.Of(" sur ", " of ") + numbers.Number(snapshot.Buildings.Count) : "")}{(pending > 0 ? language.Of(", dont ", ", ") + numbers.Number(pending) + language.Of(" en cours de calcul", " being computed") : "")}.</p>
            {(rows.Count == 0
                ? Page.Empty(language.Of("Aucun bâtiment ne correspond.", "No building matches."), language.Of("Élargir ou effacer les filtres.", "Widen or clear the filters."))
                : Table(request, query, rows.Skip(pager.Skip).Take(PageSize), user, title, language, numbers))}
            {pager.Links(request, language)}
            </div>
            """));
    }

    private static Markup Filters(PortfolioQuery query, Language language) => Markup.Of($"""
        <details class="filters"{(query.IsFiltered ? Markup.Trusted(" open") : Markup.Empty)}>
        <summary>{language.Of("Filtrer", "Filter")}</summary>
        <form method="get" action="/">
        <p><label for="q">{language.Of("Nom ou site", "Name or site")}</label> <input id="q" name="q" type="search" maxlength="{PortfolioQuery.TextMax}" value="{query.Text}"></p>
        <fieldset><legend>{language.Of("Étiquette énergie", "Energy label")}</legend>{PortfolioQuery.Classes.Append(PortfolioQuery.NoLabel).Select(c => Markup.Of($"""<label class="choice"><input type="checkbox" name="label" value="{c}"{Mark("checked", query.Labels.Contains(c))}> {(c == PortfolioQuery.NoLabel ? language.Of("aucune", "none") : c)}</label>"""))}</fieldset>
        <p><label for="completeness">{language.Of("Complétude", "Completeness")}</label> <select id="completeness" name="completeness">{Option("", language.Of("toutes", "any"), query.Completeness)}{Option("low", language.Of("moins de 90 %", "below 90 %"), query.Completeness)}{Option("high", language.Of("90 % et plus", "90 % and more"), query.Completeness)}{Option("none", language.Of("aucun relevé", "no reading"), query.Completeness)}</select></p>
        <p><label for="verdict">{language.Of("Objectifs", "Targets")}</label> <select id="verdict" name="verdict">{Option("", language.Of("tous", "any"), query.Verdict)}{Option("not-met", language.Of("non atteints", "not met"), query.Verdict)}{Option("inconclusive", language.Of("non concluants", "inconclusive"), query.Verdict)}{Option("compatible", language.Of("compatibles", "compatible"), query.Verdict)}{Option("met", language.Of("atteints", "met"), query.Verdict)}{Option("none", language.Of("sans objectif", "no target"), query.Verdict)}</select></p>
        <p><label class="choice"><input type="checkbox" name="silent" value="1"{Mark("checked", query.SilentOnly)}> {language.Of("avec une carte muette", "with a silent board")}</label></p>
        <p class="actions"><button type="submit">{language.Of("Appliquer", "Apply")}</button> <a href="/">{language.Of("Effacer les filtres", "Clear the filters")}</a></p>
        </form>
        </details>
        """);

    private static Markup Table(
        HttpRequest request, PortfolioQuery query, IEnumerable<PortfolioRow> rows, CurrentUser user, string title, Language language, NoteNumbers numbers)
    {
        var withBoards = user.Has(Permission.ViewBoards);
        var columns = new List<Column>
        {
            Sortable(request, query, "name", language.Of("Bâtiment", "Building"), false),
            Sortable(request, query, "label", language.Of("Étiquette", "Label"), false),
            Sortable(request, query, "energy", language.Of("Énergie, kWh", "Energy, kWh"), true),
            Sortable(request, query, "area", language.Of("kWh/m² sur la période", "kWh/m² over the period"), true),
            new(language.Of("Période", "Period")),
            Sortable(request, query, "completeness", language.Of("Complétude, %", "Completeness, %"), true),
            Sortable(request, query, "verdict", language.Of("Objectifs", "Targets"), false),
        };
        if (withBoards)
        {
            columns.Add(Sortable(request, query, "silent", language.Of("Cartes muettes", "Silent boards"), true));
        }

        return DataTable.Of(title, columns, rows.Select(row => (IReadOnlyList<Markup>)[.. Row(row, language, numbers).Take(columns.Count)]));
    }

    private static IEnumerable<Markup> Row(PortfolioRow row, Language language, NoteNumbers numbers)
    {
        var summary = row.Summary;
        yield return Markup.Of($"""<a href="{BuildingWords.Address(row.Building.Id)}">{row.Building.Name}</a>{BuildingWords.Badge(row.Building, language)}<br><small>{row.Site}</small>""");
        yield return row switch
        {
            { LabelBefore: { } before, LabelAfter: { } after } => Markup.Of($"""{Class(before)} <span aria-hidden="true">→</span><span class="hidden">{language.Of("avant, puis", "before, then")}</span> {Class(after)}"""),
            { Label: { } only } => Class(only),
            _ => Markup.Text(NoteNumbers.Missing),
        };
        yield return Markup.Text(summary?.EnergyKwh is { } energy ? numbers.Number(energy, 1) : NoteNumbers.Missing);
        yield return Markup.Text(PortfolioQuery.PerArea(row) is { } perArea ? numbers.Number(perArea, 1) : NoteNumbers.Missing);
        yield return Markup.Text(summary switch
        {
            null => language.Of("calcul en cours", "being computed"),
            { From: { } from, To: { } to } => BuildingWords.Period(from, to, numbers),
            _ => language.Of("pas encore de relevé", "no reading yet"),
        });
        yield return summary?.CompletenessPercent is { } percent
            ? Markup.Of($"""<span class="{(percent < PortfolioQuery.LowBelowPercent ? "low" : "")}">{BuildingWords.Percent(percent, numbers)}</span>{Unexplained(summary.Unexplained, language, numbers)}""")
            : Markup.Text(NoteNumbers.Missing);
        yield return row.Verdict is { } worst
            ? Markup.Of($"""<span class="verdict {worst.ToString().ToLowerInvariant()}">{BuildingWords.Verdict(worst, language)}</span>""")
            : Markup.Text(BuildingWords.Verdict(null, language));
        yield return Markup.Of($"""<span class="{(row.Silent > 0 ? "silent" : "")}">{numbers.Number(row.Silent)}</span> / {numbers.Number(row.Boards)}""");
    }

    private static Markup Unexplained(int count, Language language, NoteNumbers numbers) => count == 0
        ? Markup.Empty
        : Markup.Of($"""<br><small class="warn">{numbers.Number(count)} {language.Of("lacunes inexpliquées", "unexplained gaps")}</small>""");

    private static Markup Class(string label) => Markup.Of($"""<span class="label label-{label.ToLowerInvariant()}">{label}</span>""");

    private static Column Sortable(HttpRequest request, PortfolioQuery query, string sort, string title, bool isNumber)
    {
        var isSorted = query.Sort == sort;
        var address = QueryAddress.With(request, ("sort", sort), ("order", isSorted && !query.Descending ? "desc" : null), ("page", null));
        return new Column(title, isNumber, address, isSorted ? query.Descending ? "descending" : "ascending" : null);
    }

    private static Markup Mark(string attribute, bool isSet) => isSet ? Markup.Of($" {attribute}") : Markup.Empty;

    private static Markup Option(string value, string text, string chosen) =>
        Markup.Of($"""<option value="{value}"{Mark("selected", value == chosen)}>{text}</option>""");

    /// <summary>Who sees no building sees the metering points of their dwelling.</summary>
    private static IResult OwnPoints(HttpRequest request, RegistrySnapshot snapshot, Language language) => Page.Show(
        request,
        language.Of("Mon logement", "My dwelling"),
        snapshot.Points.Count == 0
            ? Page.Empty(
                language.Of("Aucun point de mesure n’est encore lié à votre logement.", "No metering point is linked to your dwelling yet."),
                language.Of("S’adresser au bailleur ou à l’administrateur.", "Turn to the landlord or the administrator."))
            : Markup.Of($"""<ul>{snapshot.Points.Select(p => Markup.Of($"""<li><a href="{BuildingWords.PointAddress(p.Id)}">{p.Name}</a></li>"""))}</ul>"""));
}
