using Metering.Browser.Tests.Browser;
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

    internal DemoSite House => house ?? throw new InvalidOperationException("The fixture has not been initialised.");

    internal IBrowser Browser => browser ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public async Task InitializeAsync()
    {
        // The browser starts while the demo runs.
        var site = DemoSite.StartAsync("house", Path.Combine(folder.FullName, "house"));
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
        house = await site;
    }

    /// <summary>A person who opens the house.</summary>
    /// <param name="language">fr or en: what the browser prefers.</param>
    /// <param name="screen">How wide.</param>
    /// <param name="javaScript">Off: the pages have to be of use without.</param>
    internal Task<Visit> VisitHouseAsync(string language, Screen screen, bool javaScript = true) =>
        Visit.BeginAsync(Browser, House.Address, language, screen, javaScript);

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (house is not null)
        {
            await house.DisposeAsync();
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
