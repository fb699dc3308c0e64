using Metering.Collector.Cli;
using Metering.Collector.Identity.Access;
using Metering.Collector.Jobs;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Core.Energy;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/quality</c>: what <c>metering verify</c> says, and what is in quarantine.</summary>
internal static class QualityPage
{
    private const int QuarantineShownMax = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/quality", ShowAsync).RequirePermission(Permission.ViewQuality);

    private static async Task<IResult> ShowAsync(
        HttpRequest request, VisibleRegistry registry, IReadingStore store, Quarantine quarantine, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var snapshot = registry.Snapshot;
        var held = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false);
        var verification = new Verification(store, snapshot);
        var sections = new List<Markup>();
        foreach (var building in snapshot.Buildings)
        {
            var report = await verification.RunAsync(building.Id, null, null, held, cancellationToken).ConfigureAwait(false);
            sections.Add(Markup.Of($"""<h2>{building.Name}</h2>{Report(report, language)}"""));
        }

        var quarantined = !registry.IsWhole ? Markup.Empty : await HeldAsync(quarantine, held, language, cancellationToken).ConfigureAwait(false);
        return Page.Show(request, language.Of("Qualité des données", "Data quality"), Markup.Of($"""
            {sections}
            {quarantined}
            """));
    }

    private static Markup Report(VerificationReport report, Language language)
    {
        var numbers = new NoteNumbers(language);
        var rows = report.Circuits.Select(c => Markup.Of($"""
            <tr><th scope="row">{c.Point}<br><small>{c.Audit.Assignment.Key.ToString()}</small></th>
            <td class="number">{numbers.Number(c.Audit.Samples)}</td><td class="number">{numbers.Number(c.Audit.RegisterPulses)}</td>
            <td class="number">{numbers.Number(c.Audit.IntervalPulses)}</td><td class="number">{numbers.Number(c.Audit.EnergyWh / 1000m, 2)}</td>
            <td>{(c.IsExplained ? language.Of("tout est expliqué", "all explained") : language.Of("à examiner", "to be examined"))}</td></tr>
            {c.Audit.Gaps.Select(g => Markup.Of($"""<tr class="gap"><td colspan="6">{VerifyText.Describe(g)}</td></tr>"""))}
            """));
        return Markup.Of($"""
            <p class="{(report.IsExplained ? "good" : "notice")}">{(report.IsExplained
                ? language.Of("Chaque impulsion est expliquée.", "Every pulse is accounted for.")
                : language.Of("Quelque chose reste inexpliqué.", "Something is unexplained."))}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Impulsions", "Pulses")}"><table>
            <thead><tr><th scope="col">{language.Of("Point", "Point")}</th><th scope="col" class="number">{language.Of("Échantillons", "Samples")}</th>
            <th scope="col" class="number">{language.Of("Impulsions par index", "Pulses by register")}</th><th scope="col" class="number">{language.Of("dans les intervalles", "in the intervals")}</th>
            <th scope="col" class="number">kWh</th><th scope="col">{language.Of("Constat", "Finding")}</th></tr></thead><tbody>{rows}</tbody></table></div>
            """);
    }

    private static async Task<Markup> HeldAsync(Quarantine quarantine, long held, Language language, CancellationToken cancellationToken)
    {
        var title = language.Of("Quarantaine", "Quarantine");
        if (held == 0)
        {
            return Markup.Of($"""<h2>{title}</h2>{Page.Empty(language.Of("Aucun message en quarantaine.", "No message is in quarantine."), language.Of("Il n’y a rien à faire.", "There is nothing to do."))}""");
        }

        var rows = (await quarantine.ListAsync(0, QuarantineShownMax, cancellationToken).ConfigureAwait(false)).Select(e => Markup.Of($"""
            <tr><td class="number">{e.Id}</td><td><code>{e.Message.Topic}</code></td><td>{e.Message.Reason}</td><td class="number">{e.Times}</td></tr>
            """));
        return Markup.Of($"""
            <h2>{title}</h2>
            <p>{held} {language.Of("messages, conservés en entier ; après correction : metering quarantine replay.", "messages, kept whole; after a fix: metering quarantine replay.")}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="{title}"><table>
            <thead><tr><th scope="col" class="number">id</th><th scope="col">{language.Of("Sujet", "Topic")}</th><th scope="col">{language.Of("Raison", "Reason")}</th><th scope="col" class="number">{language.Of("Fois", "Times")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
            """);
    }
}
