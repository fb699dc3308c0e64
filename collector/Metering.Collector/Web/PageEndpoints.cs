using System.Reflection;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Web.Pages;
using Metering.Core.Languages;

namespace Metering.Collector.Web;

/// <summary>Every page and what it needs.</summary>
internal static class PageEndpoints
{
    public static void AddMeteringPages(this IServiceCollection services, PageScope scope)
    {
        services.AddSingleton(scope);
        services.AddSingleton<BuildingViews>();
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        PortfolioPage.Map(routes);
        BuildingPage.Map(routes);
        PointPage.Map(routes);
        BoardsPage.Map(routes);
        QualityPage.Map(routes);
        routes.MapGet("/buildings/{id}/note", NoteAsync);
        routes.MapGet("/assets/{name}", Asset);
        routes.MapFallback(ErrorPages.NotFound);
    }

    private static async Task<IResult> NoteAsync(string id, HttpRequest request, BuildingViews views, CancellationToken cancellationToken)
    {
        try
        {
            var model = await views.OfAsync(id, cancellationToken).ConfigureAwait(false);
            using var text = new StringWriter { NewLine = "\n" };
            HtmlNoteWriter.Write(model, Page.LanguageOf(request), text);
            return Results.Content(text.ToString(), "text/html; charset=utf-8");
        }
        catch (NoteException)
        {
            return ErrorPages.NotFound(request);
        }
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
