using Metering.Collector.Cli;
using Metering.Collector.Hosting;
using Metering.Collector.Jobs.Demo;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Web;
using Metering.Collector.Web.Summaries;
using Microsoft.Extensions.DependencyInjection;

namespace Metering.Browser.Tests.Site;

/// <summary>The pages of a demo, hosted on a loopback port over a folder that the demo itself prepared.</summary>
internal sealed class DemoSite : IAsyncDisposable
{
    private readonly SqliteDatabase database;
    private readonly CollectorHost host;

    private DemoSite(SqliteDatabase database, CollectorHost host)
    {
        this.database = database;
        this.host = host;
    }

    /// <summary>Address of the pages.</summary>
    internal Uri Address => new($"http://127.0.0.1:{host.Http!.Port}/");

    /// <summary>What the collector is made of.</summary>
    internal IServiceProvider Services => host.Services;

    /// <summary>Runs a scenario into a folder, then opens its pages.</summary>
    internal static async Task<DemoSite> StartAsync(string scenario, string folder)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Verbs.RunAsync(["demo", "--once", "--scenario", scenario, "--out", folder], output, error, CancellationToken.None);
        if (code != ExitCode.Done)
        {
            throw new InvalidOperationException($"demo --scenario {scenario} ended with {code}: {error}");
        }

        return await OpenAsync(folder, new PageScope(DemoPlan.Load(scenario, null, 1).Complete), TimeProvider.System);
    }

    /// <summary>Opens the pages over a folder, with the list of buildings summed up.</summary>
    internal static async Task<DemoSite> OpenAsync(string folder, PageScope scope, TimeProvider clock)
    {
        var settings = new CollectorSettings { Mqtt = new MqttSettings { Port = -1, Anonymous = true }, Http = new HttpSettings { Port = 0 } };
        var database = await SqliteDatabase.OpenAsync(folder, clock, CancellationToken.None);
        var host = CollectorHost.Create(settings, database, clock, scope);
        await host.StartAsync(CancellationToken.None);
        await host.Services.GetRequiredService<SummaryKeeper>().RefreshAllAsync(CancellationToken.None);
        return new DemoSite(database, host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        await database.DisposeAsync();
    }
}
