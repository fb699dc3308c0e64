using Metering.Collector.Identity.Access;

namespace Metering.Collector.Api;

/// <summary>The REST API, <c>/api/v1</c> (docs/api.md, docs/openapi.json), one file a resource.</summary>
internal static class ApiEndpoints
{
    public const string Prefix = "/api/v1";

    public static void AddMeteringApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.Configure<RouteOptions>(static routing => routing.SetParameterPolicy<PagePathConstraint>("page"));
        services.AddSingleton<BoardCommands>();
        services.AddSingleton<RegistryEditor>();
        services.ConfigureHttpJsonOptions(static json => ApiJson.Configure(json.SerializerOptions));
        services.AddOpenApi("v1", ApiDescription.Configure);
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Prefix).AcceptApiKeys();
        BuildingEndpoints.Map(api);
        PointEndpoints.Map(api);
        EnergyEndpoints.Map(api);
        ClimateEndpoints.Map(api);
        QualityEndpoints.Map(api);
        BoardEndpoints.Map(api);
        CorrectionEndpoints.Map(api);
        NoteEndpoints.Map(api);
        AlertEndpoints.Map(api);
        WeatherEndpoints.Map(api);
        RegistryEndpoints.Map(api);
        routes.MapOpenApi("/openapi/{documentName}.json").AcceptApiKeys().RequirePermission(Permission.ViewReadings);
    }
}
