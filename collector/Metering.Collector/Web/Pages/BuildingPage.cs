using Metering.Collector.Identity.Access;
using Metering.Collector.Notes;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/buildings/ID</c>: consumption, rooms and completeness of one building, and its notes.</summary>
internal static class BuildingPage
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/buildings/{id}", ShowAsync).RequirePermission(Permission.ViewBuildings).ForBuilding("id");

    private static async Task<IResult> ShowAsync(
        string id, HttpRequest request, VisibleRegistry registry, BuildingViews views, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var snapshot = registry.Snapshot;
        if (snapshot.Buildings.FirstOrDefault(b => b.Id == id) is not { } building)
        {
            return ErrorPages.NotFound(request);
        }

        NoteModel model;
        try
        {
            model = await views.OfAsync(id, registry, cancellationToken).ConfigureAwait(false);
        }
        catch (NoteException)
        {
            return Page.Show(request, building.Name, Page.Empty(
                language.Of("Ce bâtiment n’a pas encore de relevé.", "This building has no reading yet."),
                language.Of("Vérifier que ses cartes sont alimentées et connectées : page Cartes.", "Check that its boards are powered and connected: page Boards.")));
        }

        var numbers = new NoteNumbers(language);
        var path = Uri.EscapeDataString(id);
        return Page.Show(request, building.Name, Markup.Of($"""
            {(building.Simulated ? Markup.Of($"""<p class="notice">{language.Of("Données simulées : ce n’est pas un bâtiment réel.", "Simulated data: not a real building.")}</p>""") : Markup.Empty)}
            <p>{model.Site.Name}, {numbers.Day(DateOnly.FromDateTime(model.Period.From.DateTime))} – {numbers.Day(DateOnly.FromDateTime(model.Period.To.DateTime))}</p>
            <p class="actions"><a class="button" href="/buildings/{path}/note">{language.Of("Note de suivi", "Monitoring note")}</a></p>
            <h2>{language.Of("Consommation", "Consumption")}</h2>
            {Consumption(model, language, numbers)}
            <h2>{language.Of("Confort des pièces", "Comfort of the rooms")}</h2>
            {Rooms(model, language, numbers)}
            <h2>{language.Of("Complétude par mois", "Completeness by month")}</h2>
            {CompletenessTable(model, language, numbers)}
            """));
    }

    private static Markup Consumption(NoteModel model, Language language, NoteNumbers numbers)
    {
        if (model.Consumption.Count == 0)
        {
            return Page.Empty(
                language.Of("Aucun compteur n’est affecté.", "No meter is assigned."),
                language.Of("Affecter les voies des cartes aux points de mesure.", "Assign the boards’ channels to metering points."));
        }

        var rows = model.Consumption.Select(p => Markup.Of($"""
            <tr><th scope="row"><a href="/points/{Uri.EscapeDataString(p.Point.Id)}">{p.Point.Name}</a></th>
            <td class="number">{(p.EnergyKwh is { } energy ? numbers.Number(energy, 2) : NoteNumbers.Missing)}</td>
            <td class="number">{numbers.Number(p.Registers.Sum(r => r.Pulses))}</td>
            <td class="number">{numbers.Number(Math.Floor(p.CompletenessPercent * 10) / 10, 1)}</td></tr>
            """));
        return Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Consommation", "Consumption")}"><table>
            <thead><tr><th scope="col">{language.Of("Point", "Point")}</th><th scope="col" class="number">kWh</th><th scope="col" class="number">{language.Of("Impulsions", "Pulses")}</th><th scope="col" class="number">{language.Of("Complétude, %", "Completeness, %")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
            {Months(model, language, numbers)}
            """);
    }

    private static Markup Months(NoteModel model, Language language, NoteNumbers numbers)
    {
        const int seriesMax = 5;
        var shown = model.Consumption.Take(seriesMax).ToList();
        var starts = shown.SelectMany(p => p.Months.Select(m => m.Start)).Distinct().Order().ToList();
        var series = shown.Select(p => new BarSeries(
            p.Point.Name,
            [.. starts.Select(s => (double?)p.Months.Where(m => m.Start == s).Select(m => m.EnergyKwh).FirstOrDefault())],
            [.. starts.Select(s => p.Months.Where(m => m.Start == s).Select(m => m.Incomplete).FirstOrDefault(true))])).ToList();
        var drawing = MonthlyBars.Draw(
            [.. starts.Select(s => numbers.MonthShort(s.Month) + "\n" + NoteNumbers.Year(DateOnly.FromDateTime(s.DateTime)))],
            series, "kWh", language.Of("mois incomplet", "incomplete month"), numbers);
        var title = language.Of("Énergie par mois, kWh", "Energy by month, kWh");
        return Markup.Of($"""
            <figure>{Markup.Trusted(SvgFigureWriter.Write(drawing, "months", title, title))}<figcaption>{title}</figcaption></figure>
            """);
    }

    private static Markup Rooms(NoteModel model, Language language, NoteNumbers numbers)
    {
        if (model.Rooms.Count == 0)
        {
            return Page.Empty(
                language.Of("Aucune pièce n’a de capteur.", "No room has a sensor."),
                language.Of("Affecter un capteur de température et d’humidité à une pièce.", "Assign a temperature and humidity sensor to a room."));
        }

        var rows = model.Rooms.Select(r => Markup.Of($"""
            <tr><th scope="row"><a href="/points/{Uri.EscapeDataString(r.PointId)}">{r.Name}</a></th>
            <td class="number">{numbers.Number(r.TemperatureC.Least, 1)} / {numbers.Number(r.TemperatureC.Mean, 1)} / {numbers.Number(r.TemperatureC.Most, 1)}</td>
            <td class="number">{numbers.Number(r.HumidityPercent.Least, 0)} / {numbers.Number(r.HumidityPercent.Mean, 0)} / {numbers.Number(r.HumidityPercent.Most, 0)}</td>
            <td class="number">{numbers.Number(r.HoursAbove28)}</td><td class="number">{numbers.Number(r.HoursHumid)}</td>
            <td class="number">{numbers.Number(r.HoursValid)} / {numbers.Number(r.HoursExpected)}</td></tr>
            """));
        return Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Confort des pièces", "Comfort of the rooms")}"><table>
            <thead><tr><th scope="col">{language.Of("Pièce", "Room")}</th>
            <th scope="col" class="number">{language.Of("Température min / moy / max, °C", "Temperature min / mean / max, °C")}</th>
            <th scope="col" class="number">{language.Of("Humidité min / moy / max, %", "Humidity min / mean / max, %")}</th>
            <th scope="col" class="number">{language.Of("Heures > 28 °C", "Hours > 28 °C")}</th>
            <th scope="col" class="number">{language.Of("Heures HR > 80 %", "Hours RH > 80 %")}</th>
            <th scope="col" class="number">{language.Of("Heures valides / attendues", "Hours valid / expected")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
            """);
    }

    private static Markup CompletenessTable(NoteModel model, Language language, NoteNumbers numbers)
    {
        if (model.Completeness.Count == 0)
        {
            return Page.Empty(language.Of("Rien n’est encore mesuré.", "Nothing is measured yet."), language.Of("Déclarer des points de mesure.", "Register metering points."));
        }

        var months = model.Completeness.SelectMany(c => c.Months.Select(m => m.Month)).Distinct().Order().ToList();
        var head = months.Select(m => Markup.Of($"""<th scope="col" class="number">{numbers.MonthShort(m.Month)} {NoteNumbers.Year(m)}</th>"""));
        var rows = model.Completeness.Select(c => Markup.Of($"""
            <tr><th scope="row">{c.Name}<br><small>{c.Channel.Channel}</small></th>{months.Select(m => Cell(c, m, numbers))}</tr>
            """));
        return Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Complétude par mois", "Completeness by month")}"><table class="calendar">
            <thead><tr><th scope="col">{language.Of("Voie", "Channel")}</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>
            """);
    }

    private static Markup Cell(CompletenessRow row, DateOnly month, NoteNumbers numbers)
    {
        var found = row.Months.Where(m => m.Month == month).Select(m => (MonthCompleteness?)m).FirstOrDefault();
        return found is not { } m ? Markup.Of($"""<td class="number">{NoteNumbers.Missing}</td>""")
            : Markup.Of($"""<td class="number {(m.Percent < 90 ? "low" : "")}">{numbers.Number(Math.Floor(m.Percent * 10) / 10, m.Percent >= 100 ? 0 : 1)}</td>""");
    }
}
