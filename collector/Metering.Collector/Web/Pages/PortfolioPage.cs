using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Notes;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/</c>: the buildings, with what is known of each at a glance.</summary>
internal static class PortfolioPage
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", ShowAsync).RequirePermission(Permission.UseAccount);

    private static async Task<IResult> ShowAsync(
        HttpRequest request, CurrentUser user, VisibleRegistry registry, BuildingViews views, BoardDirectory boards, TimeProvider clock, CancellationToken cancellationToken)
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

        var rows = new List<Markup>();
        foreach (var building in snapshot.Buildings)
        {
            rows.Add(await RowAsync(building, registry, views, boards, clock, language, cancellationToken).ConfigureAwait(false));
        }

        return Page.Show(request, title, Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{title}">
            <table>
            <thead><tr>
            <th scope="col">{language.Of("Bâtiment", "Building")}</th>
            <th scope="col" class="number">{language.Of("Énergie mesurée, kWh", "Measured energy, kWh")}</th>
            <th scope="col">{language.Of("Période", "Period")}</th>
            <th scope="col" class="number">{language.Of("Complétude, %", "Completeness, %")}</th>
            <th scope="col" class="number">{language.Of("Cartes muettes", "Silent boards")}</th>
            <th scope="col">{language.Of("Note", "Note")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
            </table>
            </div>
            """));
    }

    /// <summary>Who sees no building sees the metering points of their dwelling.</summary>
    private static IResult OwnPoints(HttpRequest request, RegistrySnapshot snapshot, Language language) => Page.Show(
        request,
        language.Of("Mon logement", "My dwelling"),
        snapshot.Points.Count == 0
            ? Page.Empty(
                language.Of("Aucun point de mesure n’est encore lié à votre logement.", "No metering point is linked to your dwelling yet."),
                language.Of("S’adresser au bailleur ou à l’administrateur.", "Turn to the landlord or the administrator."))
            : Markup.Of($"""<ul>{snapshot.Points.Select(p => Markup.Of($"""<li><a href="/points/{Uri.EscapeDataString(p.Id)}">{p.Name}</a></li>"""))}</ul>"""));

    private static async Task<Markup> RowAsync(
        Building building, VisibleRegistry registry, BuildingViews views, BoardDirectory boards, TimeProvider clock, Language language, CancellationToken cancellationToken)
    {
        var snapshot = registry.Snapshot;
        var points = snapshot.Points.Where(p => p.BuildingId == building.Id).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var boardIds = snapshot.Assignments.Where(a => points.Contains(a.PointId) && a.To is null).Select(a => a.Board).Distinct().ToList();
        var silent = boardIds.Count(id => boards.Find(id) is not { } state || clock.GetUtcNow() - state.LastHeard > Doctor.SilentAfter);
        var numbers = new NoteNumbers(language);
        string energy, period, completeness;
        try
        {
            var model = await views.OfAsync(building.Id, registry, cancellationToken).ConfigureAwait(false);
            energy = numbers.Number(model.Consumption.Sum(c => c.EnergyKwh ?? 0), 1);
            period = $"{numbers.Day(DateOnly.FromDateTime(model.Period.From.DateTime))} – {numbers.Day(DateOnly.FromDateTime(model.Period.To.DateTime))}";
            var stored = model.Completeness.Sum(c => c.Months.Sum(m => m.Stored));
            var expected = model.Completeness.Sum(c => c.Months.Sum(m => m.Expected));
            completeness = expected == 0 ? NoteNumbers.Missing : numbers.Number(Math.Floor(1000m * Math.Min(stored, expected) / expected) / 10, 1);
        }
        catch (NoteException)
        {
            (energy, period, completeness) = (NoteNumbers.Missing, language.Of("pas encore de relevé", "no reading yet"), NoteNumbers.Missing);
        }

        return Markup.Of($"""
            <tr>
            <th scope="row"><a href="/buildings/{Uri.EscapeDataString(building.Id)}">{building.Name}</a>{(building.Simulated ? Markup.Of($""" <span class="badge">{language.Of("simulé", "simulated")}</span>""") : Markup.Empty)}</th>
            <td class="number">{energy}</td><td>{period}</td><td class="number">{completeness}</td><td class="number">{numbers.Number(silent)} / {numbers.Number(boardIds.Count)}</td>
            <td><a href="/buildings/{Uri.EscapeDataString(building.Id)}/note">{language.Of("ouvrir", "open")}<span class="hidden"> : {building.Name}</span></a></td>
            </tr>
            """);
    }
}
