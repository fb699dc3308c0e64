using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Api;

/// <summary><c>/notes</c>: the register of notes handed out.</summary>
internal static class NoteEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/notes", ListAsync).RequirePermission(Permission.ViewBuildings).ForBuilding("building")
            .AnswersTable<Page<IssuedNoteAnswer>>("notes", "Notes that were handed out, and the data that each stands on.");
        api.MapGet("/notes/reopened", ReopenedAsync).RequirePermission(Permission.ViewBuildings)
            .AnswersTable<Page<ReopenedNoteAnswer>>("notes", "Notes whose data have changed since they were handed out.");
    }

    private static async Task<IResult> ListAsync(
        string? building, string? after, int? limit, string? format, ApiCaller caller, SqliteDatabase database, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var notes = (await new IssuedNotes(database).ListAsync(cancellationToken).ConfigureAwait(false))
            .Where(n => caller.Building(n.Note.BuildingId) is not null && (building is null || n.Note.BuildingId == building));
        return ApiAnswer.List(ApiAnswer.Page(context, notes, static n => n.Id.ToString("D19", System.Globalization.CultureInfo.InvariantCulture), after, limit, static n => new IssuedNoteAnswer(
            n.Id, n.Note.BuildingId, n.Issued, n.Note.From, n.Note.To, n.Note.Language, n.Note.Format, n.Note.FileName, n.Note.FileHash,
            n.Note.Basis.Version.Hash, n.Note.Basis.Version.Readings)));
    }

    private static async Task<IResult> ReopenedAsync(string? format, ApiCaller caller, SqliteDatabase database, IReadingStore store, CancellationToken cancellationToken)
    {
        _ = format;
        var reopened = await new IssuedNotes(database).ReopenedAsync(store, cancellationToken).ConfigureAwait(false);
        return ApiAnswer.List(new Page<ReopenedNoteAnswer>(
            [.. reopened.Where(r => caller.Building(r.Entry.Note.BuildingId) is not null).Take(ApiLimits.PageMax).Select(static r => new ReopenedNoteAnswer(
                r.Entry.Id, r.Entry.Note.BuildingId, r.Entry.Note.From, r.Entry.Note.To,
                r.Entry.Note.Basis.Version.Hash, r.Now.Hash, r.Entry.Note.Basis.Version.Readings, r.Now.Readings))],
            null));
    }
}
