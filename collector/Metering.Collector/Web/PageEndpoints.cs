using Metering.Collector.Identity;
using Metering.Collector.Identity.Access;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Forms;
using Metering.Collector.Web.Pages;
using Metering.Collector.Web.Summaries;
using Metering.Core.Languages;

namespace Metering.Collector.Web;

/// <summary>Every page and what it needs.</summary>
internal static class PageEndpoints
{
    public static void AddMeteringPages(this IServiceCollection services, PageScope scope)
    {
        services.AddSingleton(scope);
        services.AddSingleton<NoteRequests>();
        services.AddSingleton<BuildingViews>();
        services.AddSingleton(static provider => new CorrectionLedger(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<SummaryStore>();
        services.AddSingleton<SummaryBuilder>();
        services.AddSingleton<SummaryKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<SummaryKeeper>());
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        PortfolioPage.Map(routes);
        BuildingPage.Map(routes);
        PointPage.Map(routes);
        BoardsPage.Map(routes);
        QualityPage.Map(routes);
        AlertsPage.Map(routes);
        routes.MapGet("/buildings/{id}/note", NoteAsync).RequirePermission(Permission.ViewBuildings).ForBuilding("id");
        routes.MapGet("/assets/{name}", Asset).OpenToAll();
        routes.MapFallback("{**path:page}", ErrorPages.NotFound).RequirePermission(Permission.UseAccount);
    }

    private static async Task<IResult> NoteAsync(string id, HttpRequest request, BuildingViews views, VisibleRegistry registry, CancellationToken cancellationToken)
    {
        try
        {
            var model = await views.OfAsync(id, registry, cancellationToken).ConfigureAwait(false);
            using var text = new StringWriter { NewLine = "\n" };
            HtmlNoteWriter.Write(model, Page.LanguageOf(request), text);
            var note = text.ToString();
            SecurityHeaders.AllowStyle(request.HttpContext, StyleOf(note));
            return Results.Content(note, "text/html; charset=utf-8");
        }
        catch (NoteException)
        {
            return ErrorPages.NotFound(request);
        }
    }

    private static string StyleOf(string note)
    {
        const string open = "<style>", close = "</style>";
        var from = note.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return note[from..note.IndexOf(close, from, StringComparison.Ordinal)];
    }

    private static IResult Asset(string name)
    {
        var type = name switch
        {
            "pages.css" or "uplot.css" => "text/css; charset=utf-8",
            "pages.js" or "uplot.js" => "text/javascript; charset=utf-8",
            _ => null,
        };
        return type is not null && typeof(PageEndpoints).Assembly.GetManifestResourceStream("assets/" + name) is { } stream
            ? Results.Stream(stream, type)
            : Results.NotFound();
    }
}
