using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary><c>/boards/EUI</c>: all that a board last said, its channels and its latest events.</summary>
internal static class BoardPage
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/boards/{board}", ShowAsync).RequirePermission(Permission.ViewBoards).ForBoard("board");

    private static async Task<IResult> ShowAsync(
        string board, HttpRequest request, VisibleRegistry registry, BoardHealthReader boards, NoteRequests requests, CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var numbers = new NoteNumbers(language);
        var health = (await boards.ReadAsync(requests.ReplayEnd, cancellationToken).ConfigureAwait(false)).Of(board);
        var assignments = registry.Snapshot.Assignments.Where(a => a.Board == board).OrderBy(static a => a.From).ThenBy(static a => a.Channel, StringComparer.Ordinal).ToList();
        var record = registry.Snapshot.Boards.FirstOrDefault(b => b.Board == board);
        if (health.Condition == BoardCondition.Unknown && assignments.Count == 0 && record is null)
        {
            return ErrorPages.NotFound(request);
        }

        var building = BoardPlaces.Of(registry.Snapshot).Building(board);
        return Page.Show(request, language.Of("Carte ", "Board ") + board, Markup.Of($"""
            {Page.Trail(language, ("/boards", language.Of("Cartes", "Boards")))}
            {(building is null ? Markup.Empty : BuildingWords.Notice(building, null, language))}
            {Facts(health, record, building, language, numbers)}
            <h2>{language.Of("Ce qu’elle dit d’elle-même", "What it says about itself")}</h2>
            {Status(health, language, numbers)}
            <h2>{language.Of("Voies", "Channels")}</h2>
            {Channels(assignments, registry.Snapshot, language, numbers)}
            <h2>{language.Of("Derniers événements", "Latest events")}</h2>
            {Events(health, language, numbers)}
            """));
    }

    private static Markup Facts(BoardHealth health, BoardRecord? record, Building? building, Language language, NoteNumbers numbers)
    {
        var facts = new List<(string Name, Markup Value)>
        {
            (language.Of("État", "State"), BoardWords.State(health, language)),
            (language.Of("Dernier échantillon (UTC)", "Last sample (UTC)"), Markup.Text(BoardWords.Instant(health.LastSample, numbers))),
            (language.Of("Dernier message (UTC)", "Last message (UTC)"), Markup.Text(BoardWords.Instant(health.State?.LastHeard, numbers))),
        };
        if (building is not null)
        {
            facts.Add((language.Of("Bâtiment", "Building"), Markup.Of($"""<a href="{BuildingWords.Address(building.Id)}">{building.Name}</a>""")));
        }

        if (record?.Place is { } place)
        {
            facts.Add((language.Of("Emplacement", "Place"), Markup.Text(place)));
        }

        if (record?.InstalledOn is { } installed)
        {
            facts.Add((language.Of("Posée le", "Installed on"), Markup.Text(numbers.Day(installed))));
        }

        return Markup.Of($"""<dl class="facts">{facts.Select(f => Markup.Of($"<div><dt>{f.Name}</dt><dd>{f.Value}</dd></div>"))}</dl>""");
    }

    private static Markup Status(BoardHealth health, Language language, NoteNumbers numbers)
    {
        if (health.State is not { Status.Count: > 0 } state)
        {
            return Page.Empty(
                language.Of("Elle n’a pas encore envoyé d’état.", "It has not sent a status yet."),
                language.Of("Un état vient avec chaque connexion : vérifier son alimentation, son Wi-Fi et l’adresse du collecteur.", "A status comes with each connection: check its power, its Wi-Fi and the address of the collector."));
        }

        (string Record, string French, string English)[] known =
        [
            ("state", "Connexion", "Connection"), ("fw", "Micrologiciel", "Firmware"), ("reset", "Cause du dernier démarrage", "Cause of the last boot"), ("boot", "Démarrages", "Boots"),
            ("up", "En marche depuis, s", "Running for, s"), ("clk", "Horloge", "Clock"), ("rssi", "Signal Wi-Fi (RSSI), dBm", "Wi-Fi signal (RSSI), dBm"),
            ("jdepth", "Échantillons en attente dans le journal", "Samples waiting in the journal"), ("jdrop", "Échantillons perdus par le journal", "Samples dropped by the journal"),
            ("heap", "Mémoire libre, octets", "Free memory, bytes"), ("block", "Plus grand bloc libre, octets", "Largest free block, bytes"), ("cfg", "Version des réglages", "Version of the settings"),
        ];
        Column[] columns = [new(language.Of("Grandeur", "Quantity")), new(language.Of("Valeur", "Value"), true)];
        var named = known.Where(k => state.Status.ContainsKey(k.Record)).Select(k => (language.Of(k.French, k.English), Value(k.Record, health, language, numbers)));
        var others = state.Status.Keys.Except(known.Select(static k => k.Record)).Order(StringComparer.Ordinal).Select(key => (Other(key, language), state.Status[key]));
        return Markup.Of($"""
            <p>{language.Of("Reçu le ", "Received on ")}{BoardWords.Instant(state.LastStatus, numbers)} UTC.</p>
            {DataTable.Of(language.Of("État de la carte", "Status of the board"), columns, named.Concat(others).Select(r => (IReadOnlyList<Markup>)[Markup.Text(r.Item1), Markup.Text(r.Item2)]))}
            """);
    }

    private static string Value(string record, BoardHealth health, Language language, NoteNumbers numbers) => record switch
    {
        "clk" => BoardWords.Clock(health.Said(record), language),
        "reset" => BoardWords.Reset(health.Said(record), language),
        "state" => health.Said(record) == "offline" ? language.Of("coupée", "offline") : language.Of("connectée", "online"),
        "fw" => health.Said(record) ?? NoteNumbers.Missing,
        _ => health.SaidNumber(record) is { } number ? numbers.Number(number) : health.Said(record) ?? NoteNumbers.Missing,
    };

    /// <summary>rej1 to rej8 and sens1 to sens4 carry the number of what they speak of.</summary>
    private static string Other(string record, Language language) =>
        record.StartsWith("rej", StringComparison.Ordinal) ? language.Of("Impulsions invraisemblables, voie ", "Implausible pulses, channel ") + record[3..]
        : record.StartsWith("sens", StringComparison.Ordinal) ? language.Of("Sonde ", "Sensor ") + record[4..]
        : record;

    private static Markup Channels(List<ChannelAssignment> assignments, RegistrySnapshot registry, Language language, NoteNumbers numbers)
    {
        if (assignments.Count == 0)
        {
            return Page.Empty(
                language.Of("Aucune de ses voies n’est affectée à un point de mesure.", "None of its channels is assigned to a metering point."),
                language.Of("Ses échantillons sont conservés ; affecter une voie les fait compter.", "Its samples are kept; assigning a channel makes them count."));
        }

        Column[] columns =
        [
            new(language.Of("Voie", "Channel")), new(language.Of("Point", "Point")), new(language.Of("Grandeur", "Quantity")), new(language.Of("Poids d’impulsion, Wh", "Pulse weight, Wh"), true),
            new(language.Of("Depuis (UTC)", "Since (UTC)")), new(language.Of("Jusqu’au (UTC)", "Until (UTC)")),
        ];
        return DataTable.Of(language.Of("Voies", "Channels"), columns, assignments.Select(a => (IReadOnlyList<Markup>)
        [
            Markup.Of($"<code>{a.Channel}</code>"),
            Markup.Of($"""<a href="{BuildingWords.PointAddress(a.PointId)}">{registry.Points.FirstOrDefault(p => p.Id == a.PointId)?.Name ?? a.PointId}</a>"""),
            Markup.Text(PointWords.Quantity(a.Quantity, language)),
            Markup.Text(a.Quantity == Core.Readings.Quantity.PulseRegister ? numbers.Number(a.PulseWeightWh, a.PulseWeightWh == decimal.Truncate(a.PulseWeightWh) ? 0 : 2) : NoteNumbers.Missing),
            Markup.Text(BoardWords.Instant(a.From, numbers)), Markup.Text(BoardWords.Instant(a.To, numbers)),
        ]));
    }

    private static Markup Events(BoardHealth health, Language language, NoteNumbers numbers)
    {
        if (health.State is not { Events.Count: > 0 } state)
        {
            return Page.Empty(language.Of("Aucun événement.", "No event."), language.Of("Il n’y a rien à faire.", "There is nothing to do."));
        }

        Column[] columns = [new(language.Of("Reçu (UTC)", "Received (UTC)")), new(language.Of("Contenu", "Content"))];
        return DataTable.Of(language.Of("Derniers événements", "Latest events"), columns, state.Events.Reverse().Select(e => (IReadOnlyList<Markup>)
        [
            Markup.Text(BoardWords.Instant(e.Received, numbers)),
            Markup.Of($"""<code>{string.Join(", ", e.Fields.Select(f => f.Key + " = " + f.Value))}</code>"""),
        ]));
    }
}
