using Metering.Collector.Alerts;
using Metering.Collector.Identity.Access;
using Metering.Core.Alerts;
using Metering.Core.Languages;

namespace Metering.Collector.Api;

/// <summary><c>/alerts</c>.</summary>
internal static class AlertEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/alerts", ListAsync).RequirePermission(Permission.ViewAlerts)
            .AnswersTable<Page<AlertAnswer>>("alerts", "Alerts, newest first; with open=true those that last. Sentences in the language lang, fr or en.");
        api.MapGet("/alerts/{id:long}", OneAsync).RequirePermission(Permission.ViewAlerts).Answers<AlertAnswer>("alerts", "One alert.");
        api.MapPost("/alerts/{id:long}/acknowledgement", AcknowledgeAsync).RequirePermission(Permission.AcknowledgeAlerts)
            .Changes<AlertAnswer>("alerts", "Say that somebody takes care of an alert; the first one counts.");
    }

    private static async Task<IResult> ListAsync(
        bool? open, string? lang, long? before, int? limit, string? format, ApiCaller caller, IAlertBook book, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var language = Language(lang);
        var wanted = ApiQuery.Limit(limit);
        var page = new List<Alert>();
        var cursor = before;
        IReadOnlyList<Alert> some;
        do
        {
            some = await book.ListAsync(open ?? false, cursor, AlertLedger.PageMax, cancellationToken).ConfigureAwait(false);
            cursor = some.Count > 0 ? some[^1].Id : cursor;
            page.AddRange(some.Where(alert => Sees(caller, alert)));
        }
        while (some.Count == AlertLedger.PageMax && page.Count <= wanted);
        var next = page.Count > wanted ? ApiAnswer.Next(context, "before", page[wanted - 1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;
        return ApiAnswer.List(new Page<AlertAnswer>([.. page.Take(wanted).Select(alert => Answer(alert, language))], next));
    }

    private static async Task<IResult> OneAsync(long id, string? lang, ApiCaller caller, IAlertBook book, CancellationToken cancellationToken)
    {
        var language = Language(lang);
        return await book.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } alert && Sees(caller, alert)
            ? ApiAnswer.One(Answer(alert, language))
            : ApiProblem.NotFound("alert");
    }

    private static async Task<IResult> AcknowledgeAsync(
        long id, AcknowledgeOrder order, string? lang, ApiCaller caller, IAlertBook book, CancellationToken cancellationToken)
    {
        var language = Language(lang);
        var note = order.Note is null ? null : ApiQuery.Text(order.Note, "note");
        if (await book.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } known || !Sees(caller, known))
        {
            return ApiProblem.NotFound("alert");
        }

        return await book.AcknowledgeAsync(id, caller.Actor, note, cancellationToken).ConfigureAwait(false) == AcknowledgeResult.Done
            ? TypedResults.Ok(Answer((await book.FindAsync(id, cancellationToken).ConfigureAwait(false))!, language))
            : ApiProblem.Conflict("Somebody has acknowledged the alert already.");
    }

    /// <summary>An alert is shown to who sees its board, channel or point; those of the collector itself to who sees everything.</summary>
    internal static bool Sees(ApiCaller caller, Alert alert) => caller.SeesEverything || alert.Key.Kind switch
    {
        AlertKind.SilentBoard => caller.SeesBoard(alert.Key.Subject),
        AlertKind.SilentSensor or AlertKind.ImplausibleJump => caller.SeesBoard(alert.Key.Subject.Split('/')[0]),
        AlertKind.IndexDrift => caller.Point(alert.Key.Subject) is not null,
        _ => false,
    };

    private static Language Language(string? lang) => lang switch
    {
        null or "en" => Core.Languages.Language.English,
        "fr" => Core.Languages.Language.French,
        _ => throw new ApiProblemException(ApiProblem.Bad("lang", "allowed are fr and en")),
    };

    private static AlertAnswer Answer(Alert a, Language language) => new(
        a.Id, AlertText.Code(a.Key.Kind), a.Key.Subject, a.Raised, a.RaisedValue, AlertText.Unit(a.Key.Kind), a.Cleared, a.ClearedValue,
        a.Acknowledged?.At, a.Acknowledged?.By, a.Acknowledged?.Note, AlertText.Sentence(a.Key, a.RaisedValue, language), AlertText.Advice(a.Key.Kind, language));
}
