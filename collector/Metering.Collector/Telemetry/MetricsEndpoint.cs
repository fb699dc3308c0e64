namespace Metering.Collector.Telemetry;

/// <summary><c>/metrics</c>: the program's instruments as Prometheus text (docs/api.md).</summary>
internal static class MetricsEndpoint
{
    public static void AddMeteringTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<StateMetrics>();
    }

    /// <summary>Begins to count, before anything else is made that counts; then maps the address.</summary>
    public static RouteHandlerBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        _ = routes.ServiceProvider.GetRequiredService<MetricCollector>();
        return routes.MapGet("/metrics", async (MetricCollector metrics, StateMetrics state, CancellationToken cancellationToken) =>
        {
            await state.RefreshAsync(cancellationToken).ConfigureAwait(false);
            return Results.Text(PrometheusText.Write(metrics.Collect()), PrometheusText.ContentType);
        }).ExcludeFromDescription();
    }
}
