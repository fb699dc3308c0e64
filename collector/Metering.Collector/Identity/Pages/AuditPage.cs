using System.Globalization;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Pages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Identity.Pages;

/// <summary><c>/audit</c>: who read personal data, who changed what. Reading it is written into it.</summary>
internal static class AuditPage
{
    private const int Shown = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/audit", ShowAsync).RequirePermission(Permission.ReadAuditLog).ReadsPersonalData();

    private static async Task<IResult> ShowAsync(HttpRequest request, long? before, IAuditLog audit, AccountStore accounts, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var entries = await audit.ReadAsync(before, Shown, cancellationToken).ConfigureAwait(false);
        var names = (await accounts.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(a => AccountStore.Subject(a.Id), a => a.Name, StringComparer.Ordinal);
        string Named(string actor) => names.TryGetValue(actor.Split('/')[0], out var name) ? $"{name} ({actor})" : actor;
        var title = language.Of("Journal d’audit", "Audit log");
        return Page.Show(request, title, Markup.Of($"""
            <p>{language.Of("Il ne peut pas être modifié ; metering doctor vérifie sa chaîne.", "It cannot be edited; metering doctor checks its chain.")}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="{title}"><table>
            <thead><tr><th scope="col" class="number">n°</th><th scope="col">{language.Of("Quand (UTC)", "When (UTC)")}</th><th scope="col">{language.Of("Qui", "Who")}</th>
            <th scope="col">{language.Of("Quoi", "What")}</th><th scope="col">{language.Of("Sur quoi", "On what")}</th><th scope="col">{language.Of("Détail", "Detail")}</th><th scope="col">{language.Of("D’où", "From")}</th></tr></thead><tbody>
            {entries.Select(e => Markup.Of($"""
                <tr><td class="number">{e.Id}</td><td>{e.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</td><td>{Named(e.Actor)}</td>
                <td>{e.Action}</td><td>{Named(e.Subject)}</td><td>{e.Detail}</td><td>{e.Address}</td></tr>
                """))}
            </tbody></table></div>
            {(entries.Count < Shown ? Markup.Empty : Markup.Of($"""<p><a href="/audit?before={entries[^1].Id}">{language.Of("Plus ancien", "Older")}</a></p>"""))}
            """));
    }
}
