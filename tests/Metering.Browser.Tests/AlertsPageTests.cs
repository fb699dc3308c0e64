using Metering.Browser.Tests.Browser;
using Metering.Browser.Tests.Site;
using Metering.Collector.Alerts;
using Metering.Core.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Browser.Tests;

/// <summary>A person reads an alert and takes care of it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AlertsPageTests(BrowserFixture fixture)
{
    [Fact]
    public async Task A_person_takes_care_of_an_alert_and_the_page_says_who()
    {
        var ledger = fixture.House.Services.GetRequiredService<AlertLedger>();
        var key = new AlertKey(AlertKind.IndexDrift, "appliances");
        await ledger.SaveAsync([new AlertChange(key, IsRaised: true, 3.4)], [], DateTimeOffset.UnixEpoch.AddDays(16_000), default);
        await using var visit = await fixture.VisitHouseAsync("en", Screen.Phone);
        await visit.OpenAsync("/alerts");
        var card = visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Article, new() { NameString = "Point appliances: the energy counted and the meter's display differ by 3.4 %." });

        await card.GetByLabel("What is done about it").FillAsync("the index is read again <b>tomorrow</b>");
        await card.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { NameString = "I take care of it" }).ClickAsync();

        await Microsoft.Playwright.Assertions.Expect(card).ToContainTextAsync("Taken care of by demo:administrator");
        await Microsoft.Playwright.Assertions.Expect(card).ToContainTextAsync("the index is read again <b>tomorrow</b>");
        await visit.AssertFitsAsync();
        await Axe.AssertCleanAsync(visit.Page);
        visit.AssertQuiet();
    }
}
