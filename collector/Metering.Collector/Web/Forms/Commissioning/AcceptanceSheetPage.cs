using System.Globalization;
using Metering.Collector.Web.Html;
using Metering.Core.Acceptance;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Forms.Commissioning;

/// <summary>An acceptance sheet on one page of paper: self-contained HTML, printed as it is or turned into PDF.</summary>
internal static class AcceptanceSheetPage
{
    public const string Style = """
        @page { size: A4; margin: 18mm; }
        body { font: 14px/1.45 "Liberation Sans", Arial, sans-serif; color: #1b2733; max-width: 800px; margin: 24px auto; padding: 0 16px; }
        h1 { font-size: 22px; margin: 0 0 12px; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; }
        dt { color: #4d5c69; } dd { margin: 0; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; margin: 16px 0; }
        th, td { border: 1px solid #9aa7b2; padding: 6px 8px; text-align: left; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .verdict { font-size: 18px; border: 2px solid #1b2733; display: inline-block; padding: 4px 14px; }
        .sign { margin-top: 40px; border-top: 1px solid #1b2733; width: 260px; padding-top: 4px; }
        a { color: #0b5c92; }
        @media print { .screen { display: none; } body { margin: 0; } }
        """;

    public static string Html(StoredAcceptance stored, RegistrySnapshot registry, Language language, bool isPaper)
    {
        var sheet = stored.Sheet;
        var building = registry.Buildings.FirstOrDefault(b => b.Id == registry.Boards.FirstOrDefault(r => r.Board == sheet.Board)?.BuildingId);
        var links = isPaper ? Markup.Empty : Markup.Of($"""
            <p class="screen"><a href="/commissioning/{sheet.Board}">{language.Of("Retour à la carte", "Back to the board")}</a> ·
            <a href="/commissioning/{sheet.Board}/acceptances/{stored.Id}/pdf">PDF</a></p>
            """);
        return Markup.Of($"""
            <!doctype html>
            <html lang="{language.Code()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{language.Of("Fiche de réception", "Acceptance sheet")} {stored.Id}</title><style>{Markup.Trusted(Style)}</style></head><body><main>
            {links}
            <h1>{language.Of("Fiche de réception", "Acceptance sheet")} {language.Of("n°", "no.")} {stored.Id}</h1>
            <dl>
            <dt>{language.Of("Bâtiment", "Building")}</dt><dd>{building?.Name ?? "–"}</dd>
            <dt>{language.Of("Carte", "Board")}</dt><dd>{sheet.Board}</dd>
            <dt>{language.Of("Micrologiciel", "Firmware")}</dt><dd>{sheet.Firmware ?? "–"}</dd>
            <dt>{language.Of("Date", "Date")}</dt><dd>{Instant(sheet.At)} UTC</dd>
            <dt>{language.Of("Afficheurs lus par", "Displays read by")}</dt><dd>{sheet.Electrician}</dd>
            <dt>{language.Of("Remarques", "Remarks")}</dt><dd>{sheet.Remarks ?? "–"}</dd>
            </dl>
            <p class="verdict">{Word(sheet.Verdict, language)}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Voies", "Channels")}"><table>
            <thead><tr><th scope="col">{language.Of("Voie", "Channel")}</th><th scope="col">{language.Of("Point", "Point")}</th><th scope="col" class="number">Wh/imp</th>
            <th scope="col" class="number">{language.Of("Impulsions sous charge", "Pulses under load")}</th><th scope="col" class="number">{language.Of("Carte, kWh", "Board, kWh")}</th>
            <th scope="col" class="number">{language.Of("Afficheur, kWh", "Display, kWh")}</th><th scope="col" class="number">{language.Of("Écart, kWh", "Difference, kWh")}</th>
            <th scope="col" class="number">{language.Of("Tolérance, kWh", "Tolerance, kWh")}</th><th scope="col">{language.Of("Résultat", "Result")}</th></tr></thead>
            <tbody>{sheet.Channels.Select(c => Markup.Of($"""
                <tr><th scope="row">{c.Channel}</th><td>{registry.Points.FirstOrDefault(p => p.Id == c.PointId)?.Name ?? c.PointId ?? language.Of("aucun", "none")}</td>
                <td class="number">{Kwh(c.PulseWeightWh, language)}</td><td class="number">{c.Pulses}</td><td class="number">{Kwh(c.RegisterKwh, language)}</td>
                <td class="number">{Kwh(c.DisplayKwh, language)}</td><td class="number">{Kwh(c.DifferenceKwh, language)}</td>
                <td class="number">{(c.DisplayKwh is null ? "–" : Kwh(c.ToleranceKwh, language))}</td><td>{Word(c.Verdict, language)}</td></tr>
                """))}</tbody></table></div>
            <p>{language.Of(
                "Règle : au moins une impulsion sous charge, et un écart d’au plus une impulsion plus une unité du dernier chiffre lu.",
                "Rule: at least one pulse under load, and a difference of at most one pulse plus one unit of the last digit read.")}</p>
            <p class="sign">{language.Of("Signature", "Signature")}</p>
            </main></body></html>
            """).ToString();
    }

    public static string Word(AcceptanceVerdict verdict, Language language) => verdict switch
    {
        AcceptanceVerdict.Passed => language.Of("conforme", "passed"),
        AcceptanceVerdict.Failed => language.Of("non conforme", "failed"),
        _ => language.Of("non essayé", "not tested"),
    };

    public static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Kwh(decimal? value, Language language)
    {
        var text = value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "–";
        return language == Language.French ? text.Replace('.', ',') : text;
    }
}
