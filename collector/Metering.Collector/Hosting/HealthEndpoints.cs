using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;

namespace Metering.Collector.Hosting;

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: the store answers. Neither needs a login, neither says more.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication application)
    {
        application.MapGet("/health/live", () => Results.Text("live\n")).OpenToAll();
        application.MapGet("/health/ready", async (IReadingStore store, CancellationToken cancellationToken) =>
        {
            try
            {
                await store.ChannelsAsync(cancellationToken).ConfigureAwait(false);
                return Results.Text("ready\n");
            }
            catch (StoreUnavailableException)
            {
                return Results.Text("the store does not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).OpenToAll();
    }
}
