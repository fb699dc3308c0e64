using Metering.Browser.Tests.Browser;
using Metering.Browser.Tests.Site;
using Xunit;

namespace Metering.Browser.Tests;

/// <summary>What holds for every page of the house, in both languages and at both widths.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PagesTests(BrowserFixture fixture)
{
    public static TheoryData<string, string, Screen> Pages()
    {
        var pages = new TheoryData<string, string, Screen>();
        foreach (var address in new[] { "/", "/buildings/house", "/points/appliances", "/points/climate-kitchen", "/boards", "/boards/024d54fffe000001", "/quality", "/buildings/house/quality", "/alerts" })
        {
            foreach (var language in new[] { "fr", "en" })
            {
                pages.Add(address, language, Screen.Wide);
                pages.Add(address, language, Screen.Phone);
            }
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_quiet_fits_the_screen_and_passes_axe(string address, string language, Screen screen)
    {
        await using var visit = await fixture.VisitHouseAsync(language, screen);

        await visit.OpenAsync(address);

        Assert.Equal(language, await visit.Page.GetAttributeAsync("html", "lang"));
        await visit.AssertFitsAsync();
        await Axe.AssertCleanAsync(visit.Page);
        visit.AssertQuiet();
    }
}
