using Metering.Collector.Identity.Access;
using Metering.Collector.Notes;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/buildings/ID</c>: verdicts, consumption, rooms and completeness of one building, and its notes.</summary>
internal static class BuildingPage
{
    private const double LowBelowPercent = 90;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/buildings/{id}", ShowAsync).RequirePermission(Permission.ViewBuildings).ForBuilding("id");

    private static async Task<IResult> ShowAsync(
        string id, HttpRequest request, CurrentUser user, VisibleRegistry registry, BuildingViews views, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        if (registry.Snapshot.Buildings.FirstOrDefault(b => b.Id == id) is not { } building)
        {
            return ErrorPages.NotFound(request);
        }

        BuildingView view;
        try
        {
            view = await views.OfAsync(id, registry, cancellationToken).ConfigureAwait(false);
        }
        catch (NoteException)
        {
            return Page.Show(request, building.Name, Markup.Of($"""
                {BuildingWords.Notice(building, null, language)}
                {Page.Empty(
                    language.Of("Ce bâtiment n’a pas encore de relevé.", "This building has no reading yet."),
                    language.Of("Vérifier que ses cartes sont affectées, alimentées et connectées : page Cartes.", "Check that its boards are assigned, powered and connected: page Boards."))}
                """));
        }

        var model = view.Model;
        var numbers = new NoteNumbers(language);
        return Page.Show(request, building.Name, Markup.Of($"""
            {BuildingWords.Notice(building, model.Credit, language)}
            {Facts(model, registry.Snapshot, language, numbers)}
            <div class="tiles">{view.TilesIn(language).Select(t => Tile(t, numbers))}</div>
            {NoteDownload.Form(building, user, language)}
            <h2 id="energy">{language.Of("Consommation", "Consumption")}</h2>
            {Consumption(model, user, language, numbers)}
            <h2 id="comfort">{language.Of("Confort des pièces", "Comfort of the rooms")}</h2>
            {Rooms(model, user, language, numbers)}
            <h2 id="completeness">{language.Of("Complétude", "Completeness")}</h2>
            {CalendarFigure.Draw(view.Calendar, language)}
            {CompletenessTable(model, language, numbers)}
            {(user.Has(Permission.ViewQuality) ? Markup.Of($"""<p><a href="{BuildingWords.Address(id)}/quality">{language.Of("Lacunes, drapeaux et corrections de ce bâtiment", "Gaps, flags and corrections of this building")}</a></p>""") : Markup.Empty)}
            """));
    }

    private static Markup Facts(NoteModel model, RegistrySnapshot registry, Language language, NoteNumbers numbers)
    {
        var b = model.Building;
        var facts = new List<(string Name, string Value)>
        {
            (language.Of("Site", "Site"), model.Site.Name),
            (language.Of("Relevés", "Readings"), BuildingWords.Period(model.Period.From, model.Period.To, numbers)),
        };
        void Add(string french, string english, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                facts.Add((language.Of(french, english), value));
            }
        }

        Add("Usage", "Use", b.Use == BuildingUse.Other ? null : Words.BuildingUse(b.Use, language));
        Add("Surface", "Floor area", b.FloorAreaM2 is { } area ? numbers.Quantity(area, 0, "m²") : null);
        Add("Logements", "Dwellings", b.Dwellings is { } dwellings ? numbers.Number((long)dwellings) : null);
        Add("Adresse", "Address", b.Address);
        Add("Réception des travaux", "Reception of the works", b.Reception is { } reception ? numbers.Day(reception) : null);
        Add("Étiquette avant travaux", "Label before the works", BuildingWords.Label(registry, b.Id, Phase.Before));
        Add("Étiquette après travaux", "Label after the works", BuildingWords.Label(registry, b.Id, Phase.After));
        return Markup.Of($"""<dl class="facts">{facts.Select(f => Markup.Of($"<div><dt>{f.Name}</dt><dd>{f.Value}</dd></div>"))}</dl>""");
    }

    private static Markup Tile(NoteTile tile, NoteNumbers numbers) => Markup.Of($"""
        <section class="tile {tile.Tone.ToString().ToLowerInvariant()}"><h2>{tile.Name}</h2>
        <p class="figure">{(tile.Figure.Value is { } value ? numbers.Number(value, tile.Figure.Decimals) : tile.Figure.Text ?? NoteNumbers.Missing)} <small>{(tile.Figure.IsNumber ? tile.Unit : "")}</small></p><p>{tile.Remark}</p>
        <p>{tile.Target}</p><p class="verdict">{tile.Verdict}</p></section>
        """);

    private static Markup Consumption(NoteModel model, CurrentUser user, Language language, NoteNumbers numbers)
    {
        if (model.Consumption.Count == 0)
        {
            return Page.Empty(
                language.Of("Aucun compteur n’est affecté.", "No meter is assigned."),
                language.Of("Affecter les voies des cartes aux points de mesure.", "Assign the boards’ channels to metering points."));
        }

        Column[] columns =
        [
            new(language.Of("Point", "Point")), new(language.Of("Usage", "Use")), new("kWh", true),
            new(language.Of("Impulsions", "Pulses"), true), new(language.Of("Complétude, %", "Completeness, %"), true),
        ];
        return Markup.Of($"""
            {DataTable.Of(language.Of("Consommation", "Consumption"), columns, model.Consumption.Select(p => (IReadOnlyList<Markup>)
            [
                PointName(p.Point.Id, p.Point.Name, user),
                Markup.Text(Words.Use(p.Point.Use, language)),
                Markup.Text(p.EnergyKwh is { } energy ? numbers.Number(energy, 2) : NoteNumbers.Missing),
                Markup.Text(numbers.Number(p.Registers.Sum(r => r.Pulses))),
                Completeness(p.CompletenessPercent, numbers),
            ]))}
            {Months(model, language, numbers)}
            """);
    }

    private static Markup PointName(string id, string name, CurrentUser user) =>
        user.Has(Permission.ViewReadings) ? Markup.Of($"""<a href="{BuildingWords.PointAddress(id)}">{name}</a>""") : Markup.Text(name);

    private static Markup Completeness(double percent, NoteNumbers numbers) =>
        Markup.Of($"""<span class="{(percent < LowBelowPercent ? "low" : "")}">{BuildingWords.Percent(percent, numbers)}</span>""");

    private static Markup Months(NoteModel model, Language language, NoteNumbers numbers)
    {
        const int seriesMax = 5;
        var shown = model.Consumption.OrderByDescending(static p => p.EnergyKwh ?? 0).Take(seriesMax).ToList();
        var starts = shown.SelectMany(p => p.Months.Select(m => m.Start)).Distinct().Order().ToList();
        var series = shown.Select(p => new BarSeries(
            p.Point.Name,
            [.. starts.Select(s => (double?)p.Months.Where(m => m.Start == s).Select(m => m.EnergyKwh).FirstOrDefault())],
            [.. starts.Select(s => p.Months.Where(m => m.Start == s).Select(m => m.Incomplete).FirstOrDefault(true))])).ToList();
        var drawing = MonthlyBars.Draw(
            [.. starts.Select(s => numbers.MonthShort(s.Month) + "\n" + NoteNumbers.Year(DateOnly.FromDateTime(s.DateTime)))],
            series, "kWh", language.Of("mois incomplet", "incomplete month"), numbers);
        var title = language.Of("Énergie par mois, kWh", "Energy by month, kWh");
        var more = model.Consumption.Count > seriesMax
            ? language.Of($" ; les {seriesMax} points qui consomment le plus", $"; the {seriesMax} points that consume most")
            : "";
        Column[] columns = [new(language.Of("Mois", "Month")), .. shown.Select(p => new Column(p.Point.Name + ", kWh", true))];
        return Markup.Of($"""
            <figure class="wide"><div class="scroll" tabindex="0" role="region" aria-label="{title}">{Markup.Trusted(SvgFigureWriter.Write(drawing, "months", title, title))}</div><figcaption>{title}{more}</figcaption></figure>
            <details><summary>{language.Of("Les mêmes valeurs en tableau", "The same values as a table")}</summary>
            {DataTable.Of(title, columns, starts.Select(s => (IReadOnlyList<Markup>)
            [
                Markup.Text(numbers.MonthOfYear(DateOnly.FromDateTime(s.DateTime))),
                .. shown.Select(p => MonthCell(p.Months.Where(m => m.Start == s).Select(m => (EnergyStep?)m).FirstOrDefault(), numbers)),
            ]))}</details>
            """);
    }

    private static Markup MonthCell(EnergyStep? month, NoteNumbers numbers) => month is { EnergyKwh: { } energy } known
        ? Markup.Of($"""<span class="{(known.Incomplete ? "low" : "")}">{numbers.Number(energy, 1)}</span>""")
        : Markup.Text(NoteNumbers.Missing);

    private static Markup Rooms(NoteModel model, CurrentUser user, Language language, NoteNumbers numbers)
    {
        if (model.Rooms.Count == 0)
        {
            return Page.Empty(
                language.Of("Aucune pièce n’a de capteur.", "No room has a sensor."),
                language.Of("Affecter un capteur de température et d’humidité à une pièce.", "Assign a temperature and humidity sensor to a room."));
        }

        Column[] columns =
        [
            new(language.Of("Pièce", "Room")),
            new(language.Of("Température min / moy / max, °C", "Temperature min / mean / max, °C"), true),
            new(language.Of("Humidité min / moy / max, %", "Humidity min / mean / max, %"), true),
            new(language.Of("Hors zones, %", "Outside zones, %"), true),
            new(language.Of("Heures > 28 °C", "Hours > 28 °C"), true),
            new(language.Of("Heures HR > 80 %", "Hours RH > 80 %"), true),
            new(language.Of("Heures valides / attendues", "Hours valid / expected"), true),
        ];
        return DataTable.Of(language.Of("Confort des pièces", "Comfort of the rooms"), columns, model.Rooms.Select(r => (IReadOnlyList<Markup>)
        [
            PointName(r.PointId, r.Name, user),
            Markup.Text(Spread(r.TemperatureC, 1, numbers)),
            Markup.Text(Spread(r.HumidityPercent, 0, numbers)),
            Markup.Text(r.HoursValid == 0 ? NoteNumbers.Missing : numbers.Number(100.0 * r.Zones.Where(z => z.Kind != ZoneKind.Inside).Sum(z => z.Hours) / r.HoursValid, 1)),
            Markup.Text(numbers.Number((long)r.HoursAbove28)),
            Markup.Text(numbers.Number((long)r.HoursHumid)),
            Markup.Text($"{numbers.Number((long)r.HoursValid)} / {numbers.Number((long)r.HoursExpected)}"),
        ]));
    }

    private static string Spread(SpreadOf spread, int decimals, NoteNumbers numbers) =>
        $"{numbers.Number(spread.Least, decimals)} / {numbers.Number(spread.Mean, decimals)} / {numbers.Number(spread.Most, decimals)}";

    private static Markup CompletenessTable(NoteModel model, Language language, NoteNumbers numbers)
    {
        if (model.Completeness.Count == 0)
        {
            return Page.Empty(language.Of("Rien n’est encore mesuré.", "Nothing is measured yet."), language.Of("Déclarer des points de mesure.", "Register metering points."));
        }

        var title = language.Of("Complétude par voie et par mois, %", "Completeness by channel and month, %");
        var months = model.Completeness.SelectMany(c => c.Months.Select(m => m.Month)).Distinct().Order().ToList();
        var head = months.Select(m => Markup.Of($"""<th scope="col" class="number">{numbers.MonthShort(m.Month)} {NoteNumbers.Year(m)}</th>"""));
        var rows = model.Completeness.Select(c => Markup.Of($"""
            <tr><th scope="row">{c.Name}<br><small>{Quantity(c.Channel, language)}</small></th>{months.Select(m => Cell(c, m, numbers))}</tr>
            """));
        return Markup.Of($"""
            <details><summary>{title}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="{title}"><table class="calendar">
            <thead><tr><th scope="col">{language.Of("Voie", "Channel")}</th>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>
            """);
    }

    private static string Quantity(ChannelKey channel, Language language) =>
        Quantities.OfChannel(channel.Channel) is { } quantity ? PointWords.Quantity(quantity, language) : channel.Channel;

    private static Markup Cell(CompletenessRow row, DateOnly month, NoteNumbers numbers)
    {
        var found = row.Months.Where(m => m.Month == month).Select(m => (MonthCompleteness?)m).FirstOrDefault();
        return found is not { } m ? Markup.Of($"""<td class="number">{NoteNumbers.Missing}</td>""")
            : Markup.Of($"""<td class="number {(m.Percent < LowBelowPercent ? "low" : "")}">{BuildingWords.Percent(m.Percent, numbers)}</td>""");
    }
}
