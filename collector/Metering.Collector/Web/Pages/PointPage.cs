using System.Globalization;
using Metering.Collector.Api;
using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary>
/// <c>/points/ID</c>: the series of each channel of a point, with zoom and hover where JavaScript runs, and as a figure drawn
/// by the server where it does not.
/// </summary>
internal static class PointPage
{
    private const int FigureSteps = 360;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/points/{id}", ShowAsync).RequirePermission(Permission.ViewReadings).ForPoint("id");

    private static async Task<IResult> ShowAsync(
        string id, HttpRequest request, VisibleRegistry registry, IReadingStore store, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var snapshot = registry.Snapshot;
        if (snapshot.Points.FirstOrDefault(p => p.Id == id) is not { } point)
        {
            return ErrorPages.NotFound(request);
        }

        var zone = SiteTime.Zone(snapshot.Sites.First(s => s.Id == snapshot.Buildings.First(b => b.Id == point.BuildingId).SiteId).TimeZone);
        var charts = new List<Markup>();
        foreach (var assignment in snapshot.Assignments.Where(a => a.PointId == id).OrderBy(a => a.From))
        {
            charts.Add(await ChartAsync(point, assignment, store, zone, language, cancellationToken).ConfigureAwait(false));
        }

        var building = snapshot.Buildings.First(b => b.Id == point.BuildingId);
        return Page.Show(request, point.Name, Markup.Of($"""
            <p><a href="/buildings/{Uri.EscapeDataString(building.Id)}">{building.Name}</a></p>
            {(charts.Count == 0
                ? Page.Empty(language.Of("Aucune voie n’est affectée à ce point.", "No channel is assigned to this point."), language.Of("Affecter une voie d’une carte.", "Assign a channel of a board."))
                : Markup.Join(charts))}
            """));
    }

    private static async Task<Markup> ChartAsync(
        MeteringPoint point, ChannelAssignment assignment, IReadingStore store, TimeZoneInfo zone, Language language, CancellationToken cancellationToken)
    {
        var statistics = await store.StatisticsAsync(assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
        var name = Name(assignment, language);
        if (statistics.First is not { } first || statistics.Last is not { } last || last.Time <= first.Time)
        {
            return Markup.Of($"""<h2>{name}</h2>{Page.Empty(language.Of("Pas encore de relevé.", "No reading yet."), language.Of("La voie apparaît dès le premier échantillon.", "The channel appears with its first sample."))}""");
        }

        var numbers = new NoteNumbers(language);
        var to = last.Time.AddSeconds(1);
        var steps = await SeriesReader.ReadAsync(store, assignment.Key, assignment.Quantity, first.Time, to, FigureSteps, cancellationToken).ConfigureAwait(false);
        var unit = Quantities.Symbol(assignment.Quantity);
        var description = language.Of(
            $"{name}, {statistics.Count} valeurs, {statistics.Missing} manquantes.",
            $"{name}, {statistics.Count} values, {statistics.Missing} missing.");
        var figure = SvgFigureWriter.Write(SeriesFigure.Draw(steps, first.Time, to, unit, zone, numbers), "f-" + assignment.Board + "-" + assignment.Channel, name, description);
        var query = string.Create(CultureInfo.InvariantCulture, $"/api/v1/points/{Uri.EscapeDataString(point.Id)}/series?board={assignment.Board}&channel={assignment.Channel}");
        return Markup.Of($"""
            <section class="chart" data-series="{query}" data-from="{first.Time.ToUnixTimeSeconds()}" data-to="{to.ToUnixTimeSeconds()}" data-unit="{unit}" data-name="{name}" data-offset="{(long)zone.GetUtcOffset(first.Time).TotalSeconds}">
            <h2>{name}</h2>
            <figure>{Markup.Trusted(figure)}<figcaption>{unit} · n = {numbers.Number(statistics.Count)} · {language.Of("manquantes", "missing")} : {numbers.Number(statistics.Missing)} · {assignment.Board} {assignment.Channel}</figcaption></figure>
            <div class="plot" hidden></div>
            <p class="hint" hidden>{language.Of("Glisser pour agrandir, double-clic pour revenir.", "Drag to zoom, double-click to go back.")}</p>
            </section>
            """);
    }

    private static string Name(ChannelAssignment assignment, Language language) => assignment.Quantity switch
    {
        Quantity.PulseRegister => language.Of("Index du compteur", "Register of the meter"),
        Quantity.AirTemperature => language.Of("Température de l’air", "Air temperature"),
        Quantity.RelativeHumidity => language.Of("Humidité relative", "Relative humidity"),
        _ => language.Of("Pression de l’air", "Air pressure"),
    };
}
