using Metering.Collector.Identity.Access;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web.Curves;
using Metering.Collector.Web.Forms;
using Metering.Collector.Web.Forms.Commissioning;
using Metering.Collector.Web.Pages;
using Metering.Collector.Web.Summaries;

namespace Metering.Collector.Web;

/// <summary>Every page and what it needs.</summary>
internal static class PageEndpoints
{
    public static void AddMeteringPages(this IServiceCollection services, PageScope scope)
    {
        services.AddSingleton(scope);
        services.AddSingleton<NoteRequests>();
        services.AddSingleton<SampleCalendar>();
        services.AddSingleton<BuildingViews>();
        services.AddSingleton<CurveReader>();
        services.AddSingleton(static provider => new CorrectionLedger(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<AcceptanceStore>();
        services.AddSingleton<CommissioningSessions>();
        services.AddSingleton<SummaryStore>();
        services.AddSingleton<SummaryBuilder>();
        services.AddSingleton<SummaryKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<SummaryKeeper>());
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        PortfolioPage.Map(routes);
        BuildingPage.Map(routes);
        BuildingQualityPage.Map(routes);
        NoteDownload.Map(routes);
        PointPage.Map(routes);
        PointCurves.Map(routes);
        BoardsPage.Map(routes);
        BoardPage.Map(routes);
        QualityPage.Map(routes);
        AlertsPage.Map(routes);
        CommissioningPage.Map(routes);
        routes.MapGet("/assets/{name}", Asset).OpenToAll();
        routes.MapFallback("{**path:page}", ErrorPages.NotFound).RequirePermission(Permission.UseAccount);
    }

    private static IResult Asset(string name)
    {
        var type = name switch
        {
            "pages.css" or "uplot.css" => "text/css; charset=utf-8",
            "pages.js" or "uplot.js" or "commissioning.js" => "text/javascript; charset=utf-8",
            _ => null,
        };
        return type is not null && typeof(PageEndpoints).Assembly.GetManifestResourceStream("assets/" + name) is { } stream
            ? Results.Stream(stream, type)
            : Results.NotFound();
    }
}
