using Metering.Browser.Tests.Browser;
using Metering.Collector.Diagnostics;
using Metering.Collector.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Metering.Browser.Tests.Site;

/// <summary>One browser and one site of each demo scenario for all browser tests; made at the first use, once a run.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("metering-browser-");
    private IPlaywright? playwright;
    private IBrowser? browser;
    private DemoSite? house;
    private DemoSite? fleet;
    private DemoSite? bare;

    internal DemoSite House => house ?? throw new InvalidOperationException("The fixture has not been initialised.");

    /// <summary>A thousand buildings, one of them with two years of readings and with faults (<see cref="FleetFolder"/>).</summary>
    internal DemoSite Fleet => fleet ?? throw new InvalidOperationException("The fixture has not been initialised.");

    /// <summary>A store with nothing in it.</summary>
    internal DemoSite Bare => bare ?? throw new InvalidOperationException("The fixture has not been initialised.");

    internal IBrowser Browser => browser ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public async Task InitializeAsync()
    {
        // The browser starts while the demo runs.
        var site = DemoSite.StartAsync("house", Path.Combine(folder.FullName, "house"));
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
        var fleetFolder = Path.Combine(folder.FullName, "fleet");
        await FleetFolder.PrepareAsync(fleetFolder);
        fleet = await DemoSite.OpenAsync(fleetFolder, new PageScope(static request => request), FleetFolder.Clock);
        FleetFolder.Report(fleet.Services.GetRequiredService<BoardDirectory>());
        bare = await DemoSite.OpenAsync(Path.Combine(folder.FullName, "bare"), new PageScope(static request => request), FleetFolder.Clock);
        house = await site;
    }

    /// <summary>A person who opens the house.</summary>
    /// <param name="language">fr or en: what the browser prefers.</param>
    /// <param name="screen">How wide.</param>
    /// <param name="javaScript">Off: the pages have to be of use without.</param>
    internal Task<Visit> VisitHouseAsync(string language, Screen screen, bool javaScript = true) =>
        Visit.BeginAsync(Browser, House.Address, language, screen, javaScript);

    /// <summary>A person who opens the fleet, with a role of the demo.</summary>
    internal async Task<Visit> VisitFleetAsync(string language, Screen screen, string role = "administrator", bool javaScript = true)
    {
        var visit = await Visit.BeginAsync(Browser, Fleet.Address, language, screen, javaScript);
        await visit.TakeRoleAsync(role);
        return visit;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        foreach (var site in new[] { house, fleet, bare }.OfType<DemoSite>())
        {
            await site.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}

/// <summary>Tests of one browser run one after the other: they share it, and a machine has few cores.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
