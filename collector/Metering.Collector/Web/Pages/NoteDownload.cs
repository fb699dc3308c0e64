using System.Text;
using Metering.Collector.Identity;
using Metering.Collector.Identity.Access;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Pages;

/// <summary>
/// <c>/buildings/ID/note</c>: the monitoring note, on screen or as a file of each format, as <c>metering note</c> writes it. A
/// file that is handed out is entered in the register of notes, so that late readings re-open it (law 7).
/// </summary>
internal static class NoteDownload
{
    private static readonly (string Format, string Type)[] Formats =
    [
        ("html", "text/html; charset=utf-8"),
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", "application/zip"),
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/buildings/{id}/note", WriteAsync).RequirePermission(Permission.ViewBuildings).ForBuilding("id");

    /// <summary>What to download, on the page of the building.</summary>
    public static Markup Form(Building building, CurrentUser user, Language language)
    {
        var years = building.Reception is null
            ? Markup.Empty
            : Markup.Of($"""
                <option value="year1">{language.Of("année 1", "year 1")}</option><option value="year2">{language.Of("année 2", "year 2")}</option>
                <option value="two-years">{language.Of("les deux années", "both years")}</option>
                """);
        var address = BuildingWords.Address(building.Id) + "/note";
        var note = user.IsPseudonymised ? language.Of("Note de suivi (pseudonymisée)", "Monitoring note (pseudonymised)") : language.Of("Note de suivi", "Monitoring note");
        return Markup.Of($"""
            <form class="download" method="get" action="{address}">
            <h2>{note}</h2>
            <p><a class="button" href="{address}">{language.Of("Lire la note", "Read the note")}</a></p>
            <p><label for="note-format">Format</label> <select id="note-format" name="format">{Formats.Select(f => Markup.Of($"""<option value="{f.Format}"{(f.Format == "pdf" ? Markup.Trusted(" selected") : Markup.Empty)}>{(f.Format == "csv" ? "CSV (zip)" : f.Format.ToUpperInvariant())}</option>"""))}</select></p>
            <p><label for="note-period">{language.Of("Période", "Period")}</label> <select id="note-period" name="period"><option value="">{language.Of("tous les relevés", "all readings")}</option>{years}</select></p>
            <p><button type="submit">{language.Of("Télécharger", "Download")}</button></p>
            </form>
            """);
    }

    private static async Task<IResult> WriteAsync(
        string id, HttpRequest request, CurrentUser user, VisibleRegistry registry, NoteRequests requests, IReadingStore store, SqliteDatabase database,
        CancellationToken cancellationToken)
    {
        var language = Page.LanguageOf(request);
        var format = request.Query["format"].ToString();
        var type = Formats.Where(f => f.Format == format).Select(static f => f.Type).FirstOrDefault();
        if (format.Length > 0 && type is null)
        {
            return Refused(request, language, language.Of("Format inconnu ; sont admis : ", "Unknown format; allowed are: ") + string.Join(", ", Formats.Select(static f => f.Format)) + ".");
        }

        var part = BuildingPart.Of(registry.Snapshot, id);
        var asked = await requests.OfAsync(id, language, cancellationToken).ConfigureAwait(false);
        if (user.IsPseudonymised)
        {
            asked = asked with { Dossier = BuildingViews.Impersonal(asked.Dossier) };
        }

        var period = request.Query["period"].ToString();
        PdfNoteWriter? pdf;
        NoteModel model;
        try
        {
            if (period.Length > 0)
            {
                var (from, to) = NotePeriods.Read(period, part.Building, part.Site);
                asked = asked with { From = from, To = to };
            }

            pdf = format == "pdf" ? PdfNoteWriter.Find(null) : null;
            model = await NoteService.BuildAsync(asked, store, registry.Snapshot, cancellationToken).ConfigureAwait(false);
        }
        catch (NoteException)
        {
            return Refused(request, language, language.Of(
                "La note n’a pas pu être écrite : aucun relevé dans cette période, période inconnue, ou aucun navigateur Chromium pour imprimer le PDF sur le collecteur.",
                "The note could not be written: no reading in that period, an unknown period, or no Chromium browser on the collector to print the PDF."));
        }

        var document = NoteComposer.Compose(model, language);
        try
        {
            return type is null
                ? OnScreen(request, document)
                : await FileAsync(document, part, model, language, format, type, pdf, period.Length == 0, user, database, cancellationToken).ConfigureAwait(false);
        }
        catch (NoteException)
        {
            return Refused(request, language, language.Of("Le navigateur du collecteur n’a pas imprimé le PDF.", "The browser of the collector did not print the PDF."));
        }
    }

    private static async Task<IResult> FileAsync(
        NoteDocument composed, BuildingPart part, NoteModel model, Language language, string format, string type, PdfNoteWriter? pdf, bool open,
        CurrentUser user, SqliteDatabase database, CancellationToken cancellationToken)
    {
        var file = $"note-{part.Building.Id}-{language.Code()}.{(format == "csv" ? "zip" : format)}";
        if (user.IsPseudonymised)
        {
            // What an analyst reads under pseudonyms is not the building's note and is not entered as such.
            return Results.File(await NoteFile.WriteAsync(composed, model.Provenance.AsOf, format, pdf, cancellationToken).ConfigureAwait(false), type, file);
        }

        var register = new NoteRegister(database, part, model, language, open);
        var (document, _) = await register.CompareAsync(composed, cancellationToken).ConfigureAwait(false);
        var content = await NoteFile.WriteAsync(document, model.Provenance.AsOf, format, pdf, cancellationToken).ConfigureAwait(false);
        await register.AddAsync(composed, format, file, content, cancellationToken).ConfigureAwait(false);
        return Results.File(content, type, file);
    }

    private static IResult OnScreen(HttpRequest request, NoteDocument document)
    {
        const string open = "<style>", close = "</style>";
        using var text = new StringWriter { NewLine = "\n" };
        HtmlNoteWriter.Write(document, text);
        var note = text.ToString();
        var from = note.IndexOf(open, StringComparison.Ordinal) + open.Length;
        SecurityHeaders.AllowStyle(request.HttpContext, note[from..note.IndexOf(close, from, StringComparison.Ordinal)]);
        return Results.Content(note, "text/html; charset=utf-8", Encoding.UTF8);
    }

    private static IResult Refused(HttpRequest request, Language language, string reason) => Page.Show(
        request,
        language.Of("Note impossible", "No note possible"),
        Page.Empty(reason, language.Of("Revenir au bâtiment et choisir autre chose.", "Go back to the building and choose something else.")),
        StatusCodes.Status422UnprocessableEntity);
}
