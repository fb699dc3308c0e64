using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/boards</c>: every board with its health, those that need a look first.</summary>
internal static class BoardsPage
{
    /// <summary>Boards of one page of the list.</summary>
    public const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/boards", ShowAsync).RequirePermission(Permission.ViewBoards);

    private static async Task<IResult> ShowAsync(
        HttpRequest request, VisibleRegistry registry, BoardHealthReader boards, NoteRequests requests, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var numbers = new NoteNumbers(language);
        var title = language.Of("Cartes", "Boards");
        var health = await boards.ReadAsync(requests.ReplayEnd, cancellationToken).ConfigureAwait(false);
        var places = BoardPlaces.Of(registry.Snapshot);
        // A board that nobody registered yet is shown to who sees everything: it is being commissioned, or a stranger.
        var known = registry.IsWhole ? health.Boards.Union(places.Boards, StringComparer.Ordinal) : places.Boards;
        var all = known.Select(health.Of).ToList();
        if (all.Count == 0)
        {
            return Page.Show(request, title, Page.Empty(
                language.Of("Aucune carte ne s’est encore annoncée.", "No board has reported yet."),
                language.Of("Mettre une carte en service : docs/commissioning.md.", "Put a board into service: docs/commissioning.md.")));
        }

        var onlyLook = request.Query["look"] == "1";
        var shown = all.Where(b => !onlyLook || BoardWords.NeedsALook(b))
            .OrderByDescending(BoardWords.NeedsALook).ThenBy(b => places.Building(b.Board)?.Name ?? "", StringComparer.Ordinal).ThenBy(static b => b.Board, StringComparer.Ordinal).ToList();
        var pager = Pager.Of(request, PageSize, shown.Count);
        var silent = all.Count(static b => b.Condition != BoardCondition.Online);
        return Page.Show(request, title, Markup.Of($"""
            {places.Notices(language)}
            <p role="status">{numbers.Number((long)all.Count)} {language.Of("cartes, dont ", "boards, ")}{numbers.Number((long)silent)} {language.Of("muettes au ", "silent at ")}{numbers.Instant(health.Now.ToUniversalTime())} UTC.
            {(onlyLook ? Markup.Of($"""<a href="/boards">{language.Of("Toutes les cartes", "All boards")}</a>""") : Markup.Of($"""<a href="/boards?look=1">{language.Of("Celles à regarder seulement", "Only those that need a look")}</a>"""))}</p>
            {(shown.Count == 0
                ? Page.Empty(language.Of("Aucune carte ne demande d’attention.", "No board needs a look."), language.Of("Il n’y a rien à faire.", "There is nothing to do."))
                : DataTable.Of(title, Columns(language), shown.Skip(pager.Skip).Take(PageSize).Select(b => Row(b, places, language, numbers))))}
            {pager.Links(request, language)}
            """));
    }

    private static Column[] Columns(Language language) =>
    [
        new(language.Of("Carte", "Board")), new(language.Of("Bâtiment, points", "Building, points")), new(language.Of("État", "State")),
        new(language.Of("Dernier échantillon (UTC)", "Last sample (UTC)")), new(language.Of("Micrologiciel", "Firmware")),
        new(language.Of("Journal", "Journal"), true), new(language.Of("Perdus", "Dropped"), true), new(language.Of("Horloge", "Clock")), new("RSSI, dBm", true),
    ];

    private static IReadOnlyList<Markup> Row(BoardHealth board, BoardPlaces places, Language language, NoteNumbers numbers) =>
    [
        Markup.Of($"""<a href="{BoardWords.Address(board.Board)}"><code>{board.Board}</code></a>"""),
        places.Building(board.Board) is { } building
            ? Markup.Of($"""{building.Name}{BuildingWords.Badge(building, language)}<br><small>{places.Points(board.Board)}</small>""")
            : Markup.Of($"""<span class="warn">{language.Of("non affectée", "not assigned")}</span>"""),
        BoardWords.State(board, language),
        Markup.Text(BoardWords.Instant(board.LastSample, numbers)),
        Markup.Text(board.Said("fw") ?? NoteNumbers.Missing),
        Markup.Text(BoardWords.Number(board.SaidNumber("jdepth"), numbers)),
        Warned(BoardWords.Number(board.SaidNumber("jdrop"), numbers), board.SaidNumber("jdrop") > 0),
        Warned(BoardWords.Clock(board.Said("clk"), language), board.Said("clk") is "0" or "1"),
        Warned(BoardWords.Number(board.SaidNumber("rssi"), numbers), board.SaidNumber("rssi") < BoardWords.WeakBelowDbm),
    ];

    private static Markup Warned(string text, bool isWarning) => isWarning ? Markup.Of($"""<span class="warn">{text}</span>""") : Markup.Text(text);
}

/// <summary>Which building and points each board serves now.</summary>
internal sealed class BoardPlaces
{
    private readonly Dictionary<string, (Building Building, string Points)> places;

    private BoardPlaces(Dictionary<string, (Building, string)> places) => this.places = places;

    public IEnumerable<string> Boards => places.Keys;

    public static BoardPlaces Of(RegistrySnapshot registry)
    {
        var buildings = registry.Buildings.ToDictionary(static b => b.Id, StringComparer.Ordinal);
        var points = registry.Points.ToDictionary(static p => p.Id, StringComparer.Ordinal);
        var places = registry.Assignments.Where(a => points.ContainsKey(a.PointId) && buildings.ContainsKey(points[a.PointId].BuildingId))
            .GroupBy(static a => a.Board, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, g => (
                buildings[points[g.MaxBy(static a => a.From)!.PointId].BuildingId],
                string.Join(", ", g.Select(a => points[a.PointId].Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))), StringComparer.Ordinal);
        foreach (var board in registry.Boards.Where(b => buildings.ContainsKey(b.BuildingId)))
        {
            places.TryAdd(board.Board, (buildings[board.BuildingId], ""));
        }

        return new BoardPlaces(places);
    }

    public Building? Building(string board) => places.TryGetValue(board, out var place) ? place.Building : null;

    public string Points(string board) => places.TryGetValue(board, out var place) ? place.Points : "";

    /// <summary>That boards of simulated buildings are simulated.</summary>
    public Markup Notices(Language language) => places.Values.Any(static p => p.Building.Simulated)
        ? Markup.Of($"""<p class="notice"><strong>{language.Of("Données simulées", "Simulated data")}</strong>{language.Of(" : les cartes des bâtiments marqués « simulé » sont virtuelles.", ": the boards of the buildings marked “simulated” are virtual.")}</p>""")
        : Markup.Empty;
}
