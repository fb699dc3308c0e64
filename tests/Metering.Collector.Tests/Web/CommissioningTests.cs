using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Mqtt.Boards;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Virtual;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Web;

/// <summary>A technician takes a board into service: the page, the board's real firmware over real TCP, a meter that counts.</summary>
public sealed partial class CommissioningTests
{
    [Fact]
    public async Task Technician_sees_pulses_sets_the_index_and_signs_a_sheet_that_the_registry_remembers()
    {
        await using var test = await BoardOnTcp.StartAsync(pages: true);
        test.Board.Pins.Attach(BoardPinOfChannel1, new OnePulseEvery(TimeSpan.FromSeconds(18), BoardOnTcp.StartUs - 55_000_000));
        await RegisterAsync(test);
        test.RunUntilStatus();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{test.Host.Http}/") };
        var page = "commissioning/" + test.Board.Eui64;

        Assert.Contains("The board is not in commissioning mode.", await GetAsync(http, page), StringComparison.Ordinal);
        await PostAsync(http, page, "mode", ("on", "true"));
        await test.ReceiveAsync("command");
        test.RunFor(TimeSpan.FromSeconds(60));
        var live = await LiveAsync(http, page);
        Assert.True(live.GetProperty("on").GetBoolean());
        Assert.InRange(int.Parse(live.GetProperty("channels")[0].GetProperty("pulses").GetString()!, CultureInfo.InvariantCulture), 3, 4);

        // 456.78 kWh at 10 Wh a pulse.
        await PostAsync(http, page, "index", ("channel", "ch1"), ("display", "456,78"));
        await test.ReceiveAsync("command", times: 2);
        test.RunFor(TimeSpan.FromSeconds(5));
        Assert.InRange((await LiveAsync(http, page)).GetProperty("channels")[0].GetProperty("register").GetInt64(), 45_678, 45_679);

        var sheet = await PostAsync(http, page, "acceptances", ("display-ch1", "456,79"), ("electrician", "A. Martin"), ("remarks", "<b>label</b> on the door"));
        Assert.Contains("""<p class="verdict">passed</p>""", sheet, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;label&lt;/b&gt; on the door", sheet, StringComparison.Ordinal);
        var registry = await test.Host.Services.GetRequiredService<RegistryStore>().SnapshotAsync(null, default);
        var visit = Assert.Single(registry.IndexVisits);
        Assert.Equal(("meter", 456.79m, "A. Martin"), (visit.PointId, visit.IndexKwh, visit.Author));
    }

    [Theory]
    [InlineData("4x6", "A. Martin", "Display of ch1: a number of kWh")]
    [InlineData("-1", "A. Martin", "Display of ch1: a number of kWh")]
    [InlineData("", "A. Martin", "Read at least one display.")]
    [InlineData("1.00", " ", "Name and remarks: 1 to 1000 characters.")]
    public async Task Sheet_that_is_not_filled_in_is_refused_with_what_is_allowed_and_keeps_what_was_typed(string display, string name, string fault)
    {
        await using var test = await BoardOnTcp.StartAsync(pages: true);
        await RegisterAsync(test);
        test.RunUntilStatus();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{test.Host.Http}/") };
        var page = "commissioning/" + test.Board.Eui64;
        await GetAsync(http, page);
        await PostAsync(http, page, "mode", ("on", "true"));
        await test.ReceiveAsync("command");

        var answer = await PostAsync(http, page, "acceptances", ("display-ch1", display), ("electrician", name), ("remarks", "kept"));

        Assert.Contains(fault, answer, StringComparison.Ordinal);
        Assert.Contains("value=\"kept\"", answer, StringComparison.Ordinal);
        Assert.Contains("None.", answer, StringComparison.Ordinal);
    }

    private const int BoardPinOfChannel1 = 34;

    private static Task<RegistryVersion> RegisterAsync(BoardOnTcp test) => test.Host.Services.GetRequiredService<RegistryStore>().SaveAsync(
        new RegistrySnapshot
        {
            Sites = [new Site { Id = "s", Name = "Site", TimeZone = "Europe/Paris" }],
            Buildings = [new Building { Id = "b", SiteId = "s", Name = "School" }],
            Boards = [new BoardRecord { Board = test.Board.Eui64, BuildingId = "b", Place = "panel" }],
            Points = [new MeteringPoint { Id = "meter", BuildingId = "b", Name = "Cooling", Use = PointUse.Cooling }],
            Assignments =
            [
                new ChannelAssignment { PointId = "meter", Board = test.Board.Eui64, Channel = "ch1", Quantity = Quantity.PulseRegister, From = DateTimeOffset.UnixEpoch },
            ],
        },
        "test", "test", default);

    private static Task<string> GetAsync(HttpClient http, string page) => http.GetStringAsync(new Uri(page + "?lang=en", UriKind.Relative));

    private static async Task<JsonElement> LiveAsync(HttpClient http, string page)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri(page + "/live?lang=en", UriKind.Relative)));
        return document.RootElement.Clone();
    }

    private static async Task<string> PostAsync(HttpClient http, string page, string what, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await GetAsync(http, page)).Groups[1].Value;
        using var body = new FormUrlEncodedContent(fields.Select(static f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("form-token", token)));
        using var answer = await http.PostAsync(new Uri($"{page}/{what}", UriKind.Relative), body);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("name=\"form-token\" (?:content|value)=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex FormToken();

    /// <summary>A contact that closes for 100 ms again and again.</summary>
    private sealed class OnePulseEvery(TimeSpan period, long firstUs) : IContactSource
    {
        private long _edges;

        public bool TryNext(out ContactEdge edge)
        {
            var pulse = _edges / 2;
            var closed = _edges++ % 2 == 0;
            var atUs = firstUs + (long)(pulse * period.TotalMicroseconds) + (closed ? 0 : 100_000);
            edge = new ContactEdge(atUs, closed, pulse + 1);
            return true;
        }
    }
}
