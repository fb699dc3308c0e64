using System.Globalization;
using System.Text.Json.Nodes;
using Metering.Collector.Api;
using Metering.Collector.Diagnostics;
using Metering.Collector.Identity;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Pages;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Notes;
using Metering.Collector.Web.Html;
using Metering.Collector.Web.Pages;
using Metering.Core.Acceptance;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Forms.Commissioning;

/// <summary>
/// <c>/commissioning</c>: a technician at the panel sees pulses and registers each second beside a field for the meter's
/// display, and signs the acceptance (docs/commissioning.md).
/// </summary>
internal static class CommissioningPage
{
    private const string PathOf = "/commissioning";

    /// <summary>Length of a name or a remark.</summary>
    private const int CharactersMax = 1000;

    /// <summary>Greatest register of the wire format: 2^53-1.</summary>
    private const decimal RegisterMax = (1L << 53) - 1;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(PathOf).RequirePermission(Permission.Commission);
        pages.MapGet("", List);
        pages.MapGet("/{board}", ShowAsync).ForBoard("board");
        pages.MapGet("/{board}/live", Live).ForBoard("board");
        pages.MapPost("/{board}/mode", Mode).ForBoard("board");
        pages.MapPost("/{board}/identify", Identify).ForBoard("board");
        pages.MapPost("/{board}/index", SetIndexAsync).ForBoard("board");
        pages.MapPost("/{board}/acceptances", AcceptAsync).ForBoard("board");
        pages.MapGet("/{board}/acceptances/{id:long}", SheetAsync).ForBoard("board");
        pages.MapGet("/{board}/acceptances/{id:long}/pdf", PdfAsync).ForBoard("board");
    }

    private static IResult List(HttpRequest request, VisibleRegistry registry, BoardDirectory directory, TimeProvider clock)
    {
        var language = Page.LanguageOf(request);
        var boards = registry.Snapshot.Boards.Select(static b => b.Board).Concat(registry.Snapshot.Assignments.Select(static a => a.Board))
            .Concat(directory.All.Select(static b => b.Board)).Where(registry.HasBoard).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return Page.Show(request, Title(language), boards.Count == 0
            ? Page.Empty(
                language.Of("Aucune carte n’est connue.", "No board is known."),
                language.Of("Préparer une carte : docs/commissioning.md, section 1.", "Prepare a board: docs/commissioning.md, section 1."))
            : Markup.Of($"""
                <p>{language.Of("Choisir la carte dont l’adresse est sur l’étiquette.", "Choose the board whose address is on the label.")}</p>
                <ul class="choices">{boards.Select(board => Markup.Of($"""
                    <li><a href="{PathOf}/{board}"><code>{board}</code></a> {Place(registry, board)}
                    <span class="hint">{Heard(directory.Find(board)?.LastHeard, clock, language)}</span></li>
                    """))}</ul>
                """));
    }

    private static Task<IResult> ShowAsync(
        string board, HttpRequest request, VisibleRegistry registry, CommissioningSessions sessions, BoardDirectory directory,
        AcceptanceStore acceptances, TimeProvider clock, CancellationToken cancellationToken) =>
        PageAsync(board, request, registry, sessions, directory, acceptances, clock, null, null, cancellationToken);

    private static async Task<IResult> PageAsync(
        string board, HttpRequest request, VisibleRegistry registry, CommissioningSessions sessions, BoardDirectory directory,
        AcceptanceStore acceptances, TimeProvider clock, string? fault, string? done, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var session = sessions.Find(board);
        var channels = CommissioningChannels.Of(board, session, registry.Snapshot, clock.GetUtcNow());
        var signed = await acceptances.ListAsync(board, cancellationToken).ConfigureAwait(false);
        var token = FormToken.Field(request.HttpContext);
        var isOn = session is { IsOn: true };
        return Page.Show(request, language.Of($"Mise en service de {board}", $"Commissioning of {board}"), Markup.Of($"""
            {Form.Fault(fault)}{Form.Done(done)}
            <p><a href="{PathOf}">{language.Of("Toutes les cartes", "All boards")}</a> · {(Place(registry, board) is { Length: > 0 } place ? place + " · " : "")}<span class="hint">{Heard(directory.Find(board)?.LastHeard, clock, language)}</span></p>
            <div class="actions">
            <form method="post" action="{PathOf}/{board}/mode">{token}{Form.Hidden("on", isOn ? "false" : "true")}<button class="button" type="submit">{(isOn
                ? language.Of("Arrêter la mise en service", "Stop commissioning") : language.Of("Démarrer la mise en service (10 minutes)", "Start commissioning (10 minutes)"))}</button></form>
            <form method="post" action="{PathOf}/{board}/identify">{token}<button type="submit">{language.Of("Faire clignoter la carte", "Make the board blink")}</button></form>
            </div>
            <p>{language.Of(
                "Brancher une charge connue sur un seul circuit : 2 kW donnent une impulsion de 10 Wh toutes les 18 s. Aucune autre voie ne doit compter.",
                "Switch a known load on, on one circuit only: 2 kW give a pulse of 10 Wh every 18 s. No other channel may count.")}</p>
            <p id="live-state" role="status">{State(session, language)}</p>
            <form method="post" action="{PathOf}/{board}/acceptances" data-live="{PathOf}/{board}/live?lang={language.Code()}">{token}
            <div class="scroll" tabindex="0" role="region" aria-label="{language.Of("Voies", "Channels")}"><table>
            <thead><tr><th scope="col">{language.Of("Voie", "Channel")}</th><th scope="col">{language.Of("Point", "Point")}</th>
            <th scope="col" class="number">{language.Of("Impulsions", "Pulses")}</th><th scope="col" class="number">{language.Of("Index de la carte, kWh", "Board's index, kWh")}</th>
            <th scope="col">{language.Of("Afficheur du compteur, kWh", "Meter's display, kWh")}</th></tr></thead>
            <tbody>{channels.Select(c => Row(c, request, language))}</tbody></table></div>
            {(channels.Count == 0 ? Markup.Of($"""<p class="hint">{language.Of("Les voies apparaissent avec la première lecture.", "Channels appear with the first reading.")}</p>""") : Markup.Empty)}
            {Form.Text("electrician", language.Of("Nom de la personne qui a lu les afficheurs", "Name of the person who read the displays"), Form.Value(request, "electrician"), "name")}
            <p class="field"><label for="remarks">{language.Of("Remarques (facultatif)", "Remarks (optional)")}</label><input id="remarks" name="remarks" maxlength="{CharactersMax}" value="{Form.Value(request, "remarks")}"></p>
            {Form.Button(language.Of("Comparer et enregistrer la fiche de réception", "Compare and keep the acceptance sheet"))}
            </form>
            <h2>{language.Of("Poser l’index", "Set the index")}</h2>
            <p>{language.Of(
                "Une fois, avant la réception : l’index de la carte prend la valeur de l’afficheur. L’intervalle autour n’est jamais compté comme une consommation.",
                "Once, before the acceptance: the board's index takes the display's value. The interval across it is never counted as consumption.")}</p>
            <form class="narrow" method="post" action="{PathOf}/{board}/index">{token}
            <p class="field"><label for="channel">{language.Of("Voie", "Channel")}</label><select id="channel" name="channel">{channels.Select(static c => Form.Option(c.Channel, c.Channel + (c.Point is null ? "" : " – " + c.Point.Name)))}</select></p>
            {Form.Text("display", language.Of("Afficheur, kWh", "Display, kWh"))}
            {Form.Button(language.Of("Poser l’index", "Set the index"))}
            </form>
            <h2>{language.Of("Fiches enregistrées", "Sheets kept")}</h2>
            {(signed.Count == 0 ? Markup.Of($"""<p class="hint">{language.Of("Aucune.", "None.")}</p>""") : Markup.Of($"""
                <ul>{signed.Select(s => Markup.Of($"""
                    <li><a href="{PathOf}/{board}/acceptances/{s.Id}">{AcceptanceSheetPage.Instant(s.Sheet.At)} UTC</a>, {s.Sheet.Electrician}: <strong>{AcceptanceSheetPage.Word(s.Sheet.Verdict, language)}</strong></li>
                    """))}</ul>
                """))}
            <script src="/assets/commissioning.js" defer></script>
            """), fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static Markup Row(CommissioningChannel channel, HttpRequest request, Language language) => Markup.Of($"""
        <tr data-channel="{channel.Channel}"><th scope="row">{channel.Channel}</th>
        <td>{channel.Point?.Name ?? language.Of("aucun", "none")}</td>
        <td class="number" data-field="pulses">{Number(channel.Pulses)}</td><td class="number" data-field="index">{Number(channel.IndexKwh)}</td>
        <td><label class="hidden" for="display-{channel.Channel}">{language.Of("Afficheur de", "Display of")} {channel.Channel}, kWh</label>
        <input id="display-{channel.Channel}" name="display-{channel.Channel}" inputmode="decimal" maxlength="12" size="10" autocomplete="off" value="{Form.Value(request, "display-" + channel.Channel)}">
        <input type="hidden" name="register-{channel.Channel}" value="{Form.Value(request, "register-" + channel.Channel)}"></td></tr>
        """);

    private static IResult Live(string board, HttpRequest request, VisibleRegistry registry, CommissioningSessions sessions, TimeProvider clock)
    {
        var session = sessions.Find(board);
        var language = Page.LanguageOf(request);
        return Results.Json(new
        {
            On = session is { IsOn: true },
            Text = State(session, language),
            Channels = CommissioningChannels.Of(board, session, registry.Snapshot, clock.GetUtcNow())
                .Select(static c => new { c.Channel, c.Register, Pulses = Number(c.Pulses), Index = Number(c.IndexKwh) }),
        });
    }

    private static IResult Mode(string board, HttpRequest request, BoardCommands commands) =>
        Send(board, request, commands, new Dictionary<string, object> { ["cmd"] = "commissioning", ["on"] = Form.Value(request, "on") == "true" });

    private static IResult Identify(string board, HttpRequest request, BoardCommands commands) =>
        Send(board, request, commands, new Dictionary<string, object> { ["cmd"] = "identify" });

    private static IResult Send(string board, HttpRequest request, BoardCommands commands, Dictionary<string, object> fields)
    {
        var language = Page.LanguageOf(request);
        return commands.Send(board, fields) is not null
            ? Results.LocalRedirect(PathOf + "/" + Uri.EscapeDataString(board))
            : Page.Show(request, Title(language), Markup.Of($"""
                {Form.Fault(Away(language))}<p><a href="{PathOf}/{board}">{language.Of("Retour à la carte", "Back to the board")}</a></p>
                """), StatusCodes.Status409Conflict);
    }

    private static Task<IResult> SetIndexAsync(
        string board, HttpRequest request, VisibleRegistry registry, CommissioningSessions sessions, BoardDirectory directory,
        AcceptanceStore acceptances, BoardCommands commands, TimeProvider clock, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var wanted = Form.Value(request, "channel");
        var channel = CommissioningChannels.Of(board, sessions.Find(board), registry.Snapshot, clock.GetUtcNow()).FirstOrDefault(c => c.Channel == wanted);
        string? fault = null;
        try
        {
            if (channel is null || !int.TryParse(channel.Channel.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                fault = language.Of($"Voie : « {wanted} » n’existe pas sur cette carte.", $"Channel: '{wanted}' does not exist on this board.");
            }
            else if (CommissioningChannels.Accept(channel, Form.Value(request, "display"), "").DisplayKwh is not { } display)
            {
                fault = BadDisplay(wanted, language);
            }
            else if (Math.Floor(display * 1000m / channel.PulseWeightWh) is var pulses && pulses > RegisterMax)
            {
                fault = BadDisplay(wanted, language);
            }
            else if (commands.Send(board, new Dictionary<string, object> { ["cmd"] = "set-index", ["ch"] = number, ["value"] = (long)pulses }) is null)
            {
                fault = Away(language);
            }
        }
        catch (FormatException)
        {
            fault = BadDisplay(wanted, language);
        }

        var done = fault is null ? language.Of($"La carte a reçu l’index de {wanted} ; il apparaît à la lecture suivante.", $"The board has the index of {wanted}; it shows with the next reading.") : null;
        return PageAsync(board, request, registry, sessions, directory, acceptances, clock, fault, done, cancellationToken);
    }

    private static async Task<IResult> AcceptAsync(
        string board, HttpRequest request, CurrentUser user, VisibleRegistry registry, CommissioningSessions sessions, BoardDirectory directory,
        AcceptanceStore acceptances, RegistryEditor editor, TimeProvider clock, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var (electrician, remarks) = (Form.Value(request, "electrician").Trim(), Form.Value(request, "remarks").Trim());
        Task<IResult> Refuse(string fault) => PageAsync(board, request, registry, sessions, directory, acceptances, clock, fault, null, cancellationToken);
        if (sessions.Find(board) is not { Latest.Count: > 0 } session)
        {
            return await Refuse(language.Of("Démarrer d’abord la mise en service : aucune lecture à comparer.", "Start commissioning first: there is no reading to compare with.")).ConfigureAwait(false);
        }

        if (electrician.Length is 0 or > CharactersMax || remarks.Length > CharactersMax)
        {
            return await Refuse(language.Of($"Nom et remarques : 1 à {CharactersMax} caractères.", $"Name and remarks: 1 to {CharactersMax} characters.")).ConfigureAwait(false);
        }

        List<ChannelAcceptance> channels;
        try
        {
            channels = [.. CommissioningChannels.Of(board, session, registry.Snapshot, clock.GetUtcNow()).Where(static c => c.Register is not null)
                .Select(c => CommissioningChannels.Accept(c, Form.Value(request, "display-" + c.Channel), Form.Value(request, "register-" + c.Channel)))];
        }
        catch (FormatException bad)
        {
            return await Refuse(BadDisplay(bad.Message, language)).ConfigureAwait(false);
        }

        if (channels.All(static c => c.DisplayKwh is null))
        {
            return await Refuse(language.Of("Lire au moins un afficheur.", "Read at least one display.")).ConfigureAwait(false);
        }

        var sheet = new AcceptanceSheet
        {
            Board = board,
            Firmware = directory.Find(board)?.Status.GetValueOrDefault("fw"),
            At = clock.GetUtcNow(),
            Electrician = electrician,
            Remarks = remarks.Length == 0 ? null : remarks,
            Channels = channels,
        };
        var id = await acceptances.AddAsync(sheet, user.Actor, cancellationToken).ConfigureAwait(false);
        await VisitAsync(sheet, id, user, editor, cancellationToken).ConfigureAwait(false);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{PathOf}/{Uri.EscapeDataString(board)}/acceptances/{id}"));
    }

    /// <summary>What was read on the displays goes into the registry, where later readings of the display are held against it.</summary>
    private static async Task VisitAsync(AcceptanceSheet sheet, long id, CurrentUser user, RegistryEditor editor, CancellationToken cancellationToken)
    {
        var read = sheet.Channels.Where(static c => c is { PointId: not null, DisplayKwh: not null }).ToList();
        if (read.Count == 0)
        {
            return;
        }

        await editor.ChangeAsync(
            tree => read.Aggregate(tree, (all, channel) => RegistryEditor.Add(all, "indexVisits", new JsonObject
            {
                ["pointId"] = channel.PointId,
                ["at"] = sheet.At.ToString("O", CultureInfo.InvariantCulture),
                ["indexKwh"] = channel.DisplayKwh,
                ["author"] = sheet.Electrician,
            })),
            expected: null, user.Actor, string.Create(CultureInfo.InvariantCulture, $"acceptance {id} of {sheet.Board}"), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IResult> SheetAsync(string board, long id, HttpRequest request, VisibleRegistry registry, AcceptanceStore acceptances, CancellationToken cancellationToken)
    {
        if (await acceptances.FindAsync(board, id, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return ErrorPages.NotFound(request);
        }

        SecurityHeaders.AllowStyle(request.HttpContext, AcceptanceSheetPage.Style);
        return Results.Content(AcceptanceSheetPage.Html(found, registry.Snapshot, Page.LanguageOf(request), isPaper: false), "text/html; charset=utf-8");
    }

    private static async Task<IResult> PdfAsync(string board, long id, HttpRequest request, VisibleRegistry registry, AcceptanceStore acceptances, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        if (await acceptances.FindAsync(board, id, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return ErrorPages.NotFound(request);
        }

        try
        {
            var pdf = await PdfNoteWriter.Find(null).PrintAsync(AcceptanceSheetPage.Html(found, registry.Snapshot, language, isPaper: true), found.Sheet.At, cancellationToken).ConfigureAwait(false);
            return Results.File(pdf, "application/pdf", string.Create(CultureInfo.InvariantCulture, $"acceptance-{board}-{id}.pdf"));
        }
        catch (NoteException)
        {
            return Page.Show(request, Title(language), Markup.Of($"""
                {Form.Fault(language.Of(
                    "Le PDF demande un navigateur Chromium sur la machine du collecteur. La fiche s’imprime aussi depuis tout navigateur.",
                    "PDF needs a Chromium browser on the collector's machine. The sheet can be printed from any browser too."))}
                <p><a href="{PathOf}/{board}/acceptances/{id}">{language.Of("Ouvrir la fiche", "Open the sheet")}</a></p>
                """), StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static string State(CommissioningSession? session, Language language)
    {
        if (session is null)
        {
            return language.Of("La carte n’est pas en mise en service.", "The board is not in commissioning mode.");
        }

        var climate = string.Join(" · ", session.Climate.OrderBy(static c => c.Key, StringComparer.Ordinal)
            .Select(c => c.Value + (c.Key[0] == 't' ? " °C" : " % " + language.Of("HR", "RH"))));
        var at = session.At.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return (session.IsOn ? language.Of($"Lecture de {at} UTC", $"Reading of {at} UTC") : language.Of($"Terminée ; dernière lecture à {at} UTC", $"Ended; last reading at {at} UTC"))
            + (climate.Length == 0 ? "" : " · " + climate);
    }

    private static string Place(VisibleRegistry registry, string board)
    {
        var record = registry.Snapshot.Boards.FirstOrDefault(b => b.Board == board);
        var building = registry.Snapshot.Buildings.FirstOrDefault(b => b.Id == record?.BuildingId);
        return string.Join(", ", new[] { building?.Name, record?.Place }.OfType<string>());
    }

    private static string Heard(DateTimeOffset? last, TimeProvider clock, Language language) => last is not { } time
        ? language.Of("jamais entendue", "never heard")
        : clock.GetUtcNow() - time < TimeSpan.FromMinutes(1) ? language.Of("entendue à l’instant", "heard just now")
        : language.Of("entendue le ", "heard ") + AcceptanceSheetPage.Instant(time) + " UTC";

    private static string Title(Language language) => language.Of("Mise en service", "Commissioning");

    private static string Away(Language language) => language.Of(
        "La carte n’est pas connectée à ce collecteur ; une commande n’est pas gardée pour plus tard.",
        "The board is not connected to this collector; a command is not kept for later.");

    private static string BadDisplay(string channel, Language language) => language.Of(
        $"Afficheur de {channel} : un nombre de kWh de 0 à 99 999 999, trois décimales au plus, par exemple 123,45.",
        $"Display of {channel}: a number of kWh from 0 to 99,999,999 with at most three decimals, for example 123.45.");

    private static string Number(decimal? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "–";
}
