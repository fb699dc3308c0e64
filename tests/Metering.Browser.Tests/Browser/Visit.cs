using System.Collections.Concurrent;
using Metering.Collector.Identity.Sessions;
using Microsoft.Playwright;
using Xunit;

namespace Metering.Browser.Tests.Browser;

/// <summary>How wide the screen is.</summary>
public enum Screen
{
    /// <summary>A desk's screen, 1280 by 800.</summary>
    Wide = 1280,

    /// <summary>A small phone, 360 by 740.</summary>
    Phone = 360,
}

/// <summary>
/// One person's browser on the pages: a language, a width, and a record of what must never happen: an error in the console,
/// a request to another host, an answer that failed.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>The most that a curve may take to be drawn on a loaded machine, ms: a bound, not a measure.</summary>
    private const float LoadMs = 60_000;

    private readonly IBrowserContext context;
    private readonly Uri site;
    private readonly ConcurrentQueue<string> complaints = new();

    private Visit(IBrowserContext context, IPage page, Uri site)
    {
        this.context = context;
        this.site = site;
        Page = page;
    }

    internal IPage Page { get; }

    internal static async Task<Visit> BeginAsync(
        IBrowser browser, Uri site, string language, Screen screen, bool javaScript = true, string? storageState = null)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            Locale = language == "fr" ? "fr-FR" : "en-GB",
            TimezoneId = "Europe/Paris",
            ViewportSize = new ViewportSize { Width = (int)screen, Height = screen == Screen.Phone ? 740 : 800 },
            JavaScriptEnabled = javaScript,
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = storageState,
        });
        var visit = new Visit(context, await context.NewPageAsync(), site);
        visit.Watch();
        return visit;
    }

    /// <summary>Opens an address of the site and waits until it is loaded and nothing on it is busy.</summary>
    internal async Task<IResponse> OpenAsync(string address, int status = 200)
    {
        var answer = await Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load })
            ?? throw new InvalidOperationException($"{address} gave no answer.");
        Assert.Equal(status, answer.Status);
        await SettledAsync();
        return answer;
    }

    /// <summary>Looks with the eyes of a role of the demo from the next page on.</summary>
    internal Task TakeRoleAsync(string role) => context.AddCookiesAsync([new Cookie { Name = DemoAuthenticator.RoleCookie, Value = role, Url = site.ToString() }]);

    /// <summary>Waits until no part of the page says that it is loading.</summary>
    internal Task SettledAsync() => Assertions.Expect(Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = LoadMs });

    /// <summary>Fails when the page is wider than the screen: nobody should have to scroll sideways to read.</summary>
    internal async Task AssertFitsAsync()
    {
        var excess = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(excess <= 0, $"{Page.Url}: {excess} px wider than the screen.");
    }

    /// <summary>Fails on anything in the console, a request elsewhere, or a failed answer since the beginning of the visit.</summary>
    internal void AssertQuiet() => Assert.True(complaints.IsEmpty, $"{Page.Url}:\n{string.Join('\n', complaints)}");

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            // The browser itself reports the status of an error page that a test asks for; those are asserted by status.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                complaints.Enqueue($"console {message.Type}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => complaints.Enqueue($"script: {error}");
        Page.Request += (_, request) =>
        {
            var uri = new Uri(request.Url);
            if (uri.Scheme is not ("data" or "blob" or "about") && uri.Authority != site.Authority)
            {
                complaints.Enqueue($"request to another host: {request.Url}");
            }
        };
        Page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
            {
                complaints.Enqueue($"answer {response.Status}: {response.Url}");
            }
        };
    }
}
