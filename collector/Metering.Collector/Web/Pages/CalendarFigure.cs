using System.Globalization;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>
/// Completeness as a calendar: a row a month, a square a day. Lightness tells the classes apart as well as hue; the numbers
/// by month stand in the table below it.
/// </summary>
internal static class CalendarFigure
{
    private const int Cell = 20, Left = 86, Top = 20, Gap = 2, DaysMax = 31;

    private static readonly (double FromPercent, string Colour, string French, string English)[] Classes =
    [
        (100, "#0b5c92", "complet", "complete"),
        (90, "#7fb0d0", "90 % et plus", "90 % and more"),
        (50, "#f3c886", "50 à 90 %", "50 to 90 %"),
        (double.Epsilon, "#d9822b", "moins de 50 %", "below 50 %"),
        (0, "#ffffff", "aucun échantillon", "no sample"),
    ];

    public static Markup Draw(IReadOnlyList<DaySamples> days, Language language)
    {
        var numbers = new NoteNumbers(language);
        var months = days.GroupBy(static d => new DateOnly(d.Day.Year, d.Day.Month, 1)).OrderBy(static g => g.Key).ToList();
        var height = Top + (months.Count * Cell) + 4;
        var width = Left + (DaysMax * Cell);
        var title = language.Of("Échantillons reçus par jour", "Samples received by day");
        var lacking = days.Count(static d => d.Percent < 100);
        var summary = numbers.Number(days.Count) + language.Of(" jours, dont ", " days, ") + numbers.Number(lacking) + language.Of(" incomplets.", " of them incomplete.");
        var rows = months.Select((month, row) => Markup.Of($"""
            <text x="{Left - 8}" y="{Top + (row * Cell) + 14}" text-anchor="end">{numbers.MonthShort(month.Key.Month)} {NoteNumbers.Year(month.Key)}</text>{month.Select(day => Square(day, row, numbers))}
            """));
        return Markup.Of($"""
            <figure class="calendar-figure"><div class="scroll" tabindex="0" role="region" aria-label="{title}"><svg viewBox="0 0 {width} {height}" role="img" aria-label="{title}. {summary}" font-size="12" fill="#1b2733">
            {Enumerable.Range(1, DaysMax).Where(static d => d == 1 || d % 5 == 0).Select(d => Markup.Of($"""<text x="{Left + ((d - 1) * Cell) + (Cell / 2)}" y="{Top - 6}" text-anchor="middle">{d}</text>"""))}
            {rows}</svg></div>
            <figcaption>{title}. {summary}</figcaption>
            <ul class="legend">{Classes.Select(c => Markup.Of($"""<li><svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><rect x="0.5" y="0.5" width="13" height="13" fill="{c.Colour}" stroke="#8494a1"/></svg> {language.Of(c.French, c.English)}</li>"""))}</ul>
            </figure>
            """);
    }

    private static Markup Square(DaySamples day, int row, NoteNumbers numbers)
    {
        var colour = Classes.First(c => day.Percent >= c.FromPercent).Colour;
        var (x, y) = (Left + ((day.Day.Day - 1) * Cell), Top + (row * Cell));
        var text = string.Create(CultureInfo.InvariantCulture, $"{numbers.Day(day.Day)} : {numbers.Number(day.Stored)} / {numbers.Number(day.Expected)}");
        return Markup.Of($"""<rect x="{x}" y="{y}" width="{Cell - Gap}" height="{Cell - Gap}" fill="{colour}" stroke="#8494a1" stroke-width="0.6"><title>{text}</title></rect>""");
    }
}
