using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/boards</c>: what every board last said about itself.</summary>
internal static class BoardsPage
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/boards", ShowAsync).RequirePermission(Permission.ViewBoards);

    private static async Task<IResult> ShowAsync(
        HttpRequest request, VisibleRegistry registry, IReadingStore store, BoardDirectory directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var title = language.Of("Cartes", "Boards");
        var snapshot = registry.Snapshot;
        var channels = await store.ChannelsAsync(cancellationToken).ConfigureAwait(false);
        var boards = channels.Select(c => c.Board).Concat(directory.All.Select(b => b.Board)).Concat(snapshot.Assignments.Select(a => a.Board))
            .Where(registry.HasBoard).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (boards.Count == 0)
        {
            return Page.Show(request, title, Page.Empty(
                language.Of("Aucune carte ne s’est encore annoncée.", "No board has reported yet."),
                language.Of("Mettre une carte en service : docs/commissioning.md.", "Put a board into service: docs/commissioning.md.")));
        }

        var rows = new List<Markup>();
        foreach (var board in boards)
        {
            DateTimeOffset? last = null;
            foreach (var channel in channels.Where(c => c.Board == board))
            {
                if (await store.LatestAsync(channel, cancellationToken).ConfigureAwait(false) is { } latest && (last is null || latest.Time > last))
                {
                    last = latest.Time;
                }
            }

            rows.Add(Row(board, last, directory.Find(board), [.. snapshot.Assignments.Where(a => a.Board == board).Select(a => a.PointId).Distinct()], clock.GetUtcNow(), language));
        }

        return Page.Show(request, title, Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{title}"><table>
            <thead><tr>
            <th scope="col">{language.Of("Carte", "Board")}</th><th scope="col">{language.Of("Points", "Points")}</th>
            <th scope="col">{language.Of("État", "State")}</th><th scope="col">{language.Of("Dernier échantillon (UTC)", "Last sample (UTC)")}</th>
            <th scope="col">{language.Of("Micrologiciel", "Firmware")}</th><th scope="col" class="number">{language.Of("Journal", "Journal")}</th>
            <th scope="col" class="number">{language.Of("Perdus", "Dropped")}</th><th scope="col">{language.Of("Horloge", "Clock")}</th><th scope="col" class="number">RSSI, dBm</th>
            </tr></thead><tbody>{rows}</tbody></table></div>
            """));
    }

    private static Markup Row(string board, DateTimeOffset? last, BoardState? state, IReadOnlyList<string> points, DateTimeOffset now, Language language)
    {
        var status = state?.Status;
        string Said(string key) => status is not null && status.TryGetValue(key, out var value) ? value : NoteNumbers.Missing;
        var silent = state is null || now - state.LastHeard > Doctor.SilentAfter;
        var clock = Said("clk") switch
        {
            "2" => language.Of("synchronisée", "synchronised"),
            "1" => language.Of("estimée", "estimated"),
            "0" => language.Of("non réglée", "not set"),
            var other => other,
        };
        return Markup.Of($"""
            <tr><th scope="row"><code>{board}</code></th><td>{string.Join(", ", points)}</td>
            <td><span class="state {(silent ? "silent" : "online")}">{(silent ? language.Of("muette", "silent") : Said("state") == "offline" ? language.Of("hors ligne", "offline") : language.Of("en ligne", "online"))}</span></td>
            <td>{(last is { } t ? t.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : NoteNumbers.Missing)}</td>
            <td>{Said("fw")}</td><td class="number">{Said("jdepth")}</td><td class="number">{Said("jdrop")}</td><td>{clock}</td><td class="number">{Said("rssi")}</td></tr>
            """);
    }
}
