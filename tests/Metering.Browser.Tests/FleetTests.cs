using System.Diagnostics;
using System.Globalization;
using Metering.Browser.Tests.Browser;
using Metering.Browser.Tests.Site;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Metering.Browser.Tests;

/// <summary>A portfolio of a thousand buildings, and two years of one point. What was measured is printed, not asserted.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FleetTests(BrowserFixture fixture, ITestOutputHelper output)
{
    [Fact]
    public async Task A_thousand_buildings_are_listed_filtered_sorted_and_paged()
    {
        await using var visit = await fixture.VisitFleetAsync("en", Screen.Wide);
        var page = visit.Page;
        await visit.OpenAsync("/");
        var rows = page.Locator("table tbody tr");
        var status = page.Locator("#results [role=status]").First;

        await Expect(status).ToHaveTextAsync("1,001 buildings.");
        await Expect(rows).ToHaveCountAsync(50);

        await page.GetByText("Filter", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("F", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("with a silent board").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Apply" }).ClickAsync();
        // Class F: numbers 1, 5, 9, ...; silent: 10, 20, ...: no number is both. Class G: 2, 6, 10, ...: every 20th from 10 on.
        await Expect(page.GetByText("No building matches.")).ToBeVisibleAsync();
        await page.GetByLabel("F", new() { Exact = true }).UncheckAsync();
        await page.GetByLabel("G", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Apply" }).ClickAsync();
        await Expect(status).ToHaveTextAsync("50 buildings of 1,001.");

        await visit.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { NameString = "Energy, kWh" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameString = "Energy, kWh" }).ClickAsync();
        await Expect(rows.First).ToContainTextAsync("Deux années");
        await page.GetByRole(AriaRole.Link, new() { NameString = "Next page" }).ClickAsync();
        await Expect(page.Locator(".pager")).ToContainTextAsync("Page 2 / 21");

        await visit.OpenAsync("/?q=residence%20b0123");
        await Expect(status).ToHaveTextAsync("1 building of 1,001.");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_thousand_buildings_open_in_time()
    {
        await using var visit = await fixture.VisitFleetAsync("fr", Screen.Wide);
        await visit.OpenAsync("/");
        var milliseconds = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await visit.OpenAsync("/?sort=completeness");
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"1,001 buildings, request to loaded, ms: {string.Join(", ", milliseconds.Select(m => m.ToString("0", CultureInfo.InvariantCulture)))}"));
        await Expect(visit.Page.Locator("table tbody tr")).ToHaveCountAsync(50);
    }

    [Fact]
    public async Task Two_years_of_a_point_are_drawn_without_loading_them_all_and_zoomed()
    {
        await using var visit = await fixture.VisitFleetAsync("fr", Screen.Wide);
        var chart = visit.Page.Locator("section.chart").First;
        var milliseconds = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await visit.Page.GotoAsync("/points/long-meter");
            await Expect(chart).ToHaveAttributeAsync("data-drawn", "1", new() { Timeout = 60_000 });
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"two years of one point, request to drawn, ms: {string.Join(", ", milliseconds.Select(m => m.ToString("0", CultureInfo.InvariantCulture)))}"));
        // No more steps than pixels, and one hole: the lost day.
        Assert.InRange(int.Parse((await chart.GetAttributeAsync("data-values"))!, CultureInfo.InvariantCulture), 500, 2001);
        await Expect(chart.Locator(".range")).ToContainTextAsync("104\u202f975 valeurs");
        await Expect(chart.Locator(".range")).ToContainTextAsync("minimum 120 W");
        await Expect(chart.Locator(".range")).ToContainTextAsync("maximum 480 W");

        await chart.GetByRole(AriaRole.Button, new() { NameString = "7 jours" }).ClickAsync();
        await Expect(chart).ToHaveAttributeAsync("data-drawn", "2", new() { Timeout = 60_000 });
        await Expect(chart.Locator(".range")).ToContainTextAsync("1\u202f007 valeurs");

        var plot = (await chart.Locator(".u-over").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(plot.X + (plot.Width / 4), plot.Y + 50);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(plot.X + (plot.Width / 2), plot.Y + 50, new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();
        await Expect(chart).ToHaveAttributeAsync("data-drawn", "3", new() { Timeout = 60_000 });
        await Expect(chart.Locator(".u-legend .u-value").First).Not.ToHaveTextAsync("—");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Without_JavaScript_the_server_draws_the_curve()
    {
        await using var visit = await fixture.VisitFleetAsync("fr", Screen.Phone, javaScript: false);

        await visit.OpenAsync("/points/long-room");

        var figures = visit.Page.Locator("section.chart img");
        await Expect(figures).ToHaveCountAsync(2);
        Assert.StartsWith("Température de l’air, °C, ", await figures.First.GetAttributeAsync("alt"), StringComparison.Ordinal);
        var picture = await visit.Page.APIRequest.GetAsync(fixture.Fleet.Address + (await figures.First.GetAttributeAsync("src"))!.TrimStart('/'));
        Assert.Equal("image/svg+xml; charset=utf-8", picture.Headers["content-type"]);
        Assert.Contains("<path", await picture.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "144 échantillons absents de la base", "Données simulées")]
    [InlineData("en", "144 samples are not in the store", "Simulated data")]
    public async Task The_account_of_a_building_names_each_gap_and_who_corrected_what(string language, string cause, string simulated)
    {
        await using var visit = await fixture.VisitFleetAsync(language, Screen.Phone);

        await visit.OpenAsync("/buildings/long/quality");

        await Expect(visit.Page.GetByRole(AriaRole.Cell, new() { NameString = cause }).First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("A. Martin")).ToContainTextAsync("sonde <b>débranchée</b>");
        await Expect(visit.Page.GetByText(simulated, new() { Exact = true }).First).ToBeVisibleAsync();
        await visit.AssertFitsAsync();
        await Axe.AssertCleanAsync(visit.Page);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_message_in_quarantine_is_shown_as_text_and_never_as_a_page()
    {
        await using var visit = await fixture.VisitFleetAsync("en", Screen.Wide);

        await visit.OpenAsync("/quality");

        await Expect(visit.Page.Locator(".payload")).ToHaveTextAsync("<script>document.title='broken'</script>");
        Assert.Equal("Data quality · Metering", await visit.Page.TitleAsync());
        await Axe.AssertCleanAsync(visit.Page);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_board_that_complains_comes_first_and_says_why()
    {
        await using var visit = await fixture.VisitFleetAsync("en", Screen.Wide);
        await visit.OpenAsync("/boards?look=1");
        // Every tenth of a thousand is silent, and one drops samples.
        await Expect(visit.Page.Locator("[role=status]").First).ToContainTextAsync("1,001 boards, 100 silent");

        await visit.OpenAsync("/boards/" + FleetFolder.LongBoard);

        var page = visit.Page.Locator("main");
        await Expect(page).ToContainTextAsync("brownout");
        await Expect(page).ToContainTextAsync("estimated");
        await Expect(page.GetByRole(AriaRole.Row, new() { NameString = "Samples dropped by the journal" })).ToContainTextAsync("3");
        await Expect(page.GetByRole(AriaRole.Row, new() { NameString = "Wi-Fi signal" })).ToContainTextAsync("86");
        await Axe.AssertCleanAsync(visit.Page);
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("docx", "note-long-fr.docx")]
    [InlineData("csv", "note-long-fr.zip")]
    public async Task The_note_is_downloaded_in_the_chosen_format(string format, string file)
    {
        await using var visit = await fixture.VisitFleetAsync("fr", Screen.Wide);
        await visit.OpenAsync("/buildings/long");
        await visit.Page.GetByLabel("Format").SelectOptionAsync(format);

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Télécharger" }).ClickAsync());

        Assert.Equal(file, download.SuggestedFilename);
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.Equal("PK"u8.ToArray(), bytes[..2]);
    }

    [Theory]
    [InlineData("administrator", "200 200 200 200 200")]
    [InlineData("technician", "200 200 200 200 200")]
    [InlineData("landlord", "200 404 200 404 200")]
    [InlineData("analyst", "200 200 403 200 200")]
    [InlineData("occupant", "200 403 403 403 403")]
    public async Task Each_role_meets_the_pages_that_are_theirs(string role, string expected)
    {
        await using var visit = await fixture.VisitFleetAsync("fr", Screen.Phone, role);
        var statuses = new List<int>();
        foreach (var address in new[] { "/", "/buildings/long", "/boards", "/buildings/long/quality", "/quality" })
        {
            var answer = (await visit.Page.GotoAsync(address))!;
            statuses.Add(answer.Status);
            await visit.AssertFitsAsync();
            await Axe.AssertCleanAsync(visit.Page);
        }

        Assert.Equal(expected, string.Join(' ', statuses));
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("/", "Aucun bâtiment n’est encore déclaré.")]
    [InlineData("/boards", "Aucune carte ne s’est encore annoncée.")]
    [InlineData("/quality", "Aucun message en quarantaine.")]
    public async Task An_empty_store_says_what_to_do(string address, string sentence)
    {
        await using var visit = await Visit.BeginAsync(fixture.Browser, fixture.Bare.Address, "fr", Screen.Phone);

        await visit.OpenAsync(address);

        await Expect(visit.Page.GetByText(sentence)).ToBeVisibleAsync();
        await visit.AssertFitsAsync();
        await Axe.AssertCleanAsync(visit.Page);
        visit.AssertQuiet();
    }
}
