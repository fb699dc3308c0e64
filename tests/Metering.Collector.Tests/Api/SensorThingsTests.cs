using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Metering.Collector.Tests.Api;

/// <summary>
/// Shapes that OGC 18-088 (SensorThings API Part 1: Sensing, 1.1) asks for, restated from its clauses 8 (entities: tables 4 to 17)
/// and 9 (service interface), over real HTTP.
/// </summary>
public sealed class SensorThingsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Root = "sensorthings/v1.1";
    private const string Meter = "meter~0024befffe804ff1~ch1~1772323200";

    /// <summary>Mandatory properties and navigation properties by entity, tables 4 to 17 of the standard.</summary>
    public static TheoryData<string, string[], string[]> Entities => new()
    {
        { "Things", ["name", "description"], ["Locations", "HistoricalLocations", "Datastreams"] },
        { "Locations", ["name", "description", "encodingType", "location"], ["Things", "HistoricalLocations"] },
        { "Datastreams", ["name", "description", "unitOfMeasurement", "observationType"], ["Thing", "Sensor", "ObservedProperty", "Observations"] },
        { "Sensors", ["name", "description", "encodingType", "metadata"], ["Datastreams"] },
        { "ObservedProperties", ["name", "definition", "description"], ["Datastreams"] },
        { "Observations", ["phenomenonTime", "result", "resultTime"], ["Datastream", "FeatureOfInterest"] },
        { "FeaturesOfInterest", ["name", "description", "encodingType", "feature"], ["Observations"] },
    };

    [Fact]
    public async Task The_service_root_lists_the_sets_and_what_it_conforms_to()
    {
        var root = await host.JsonAsync(Root);
        var sets = root.GetProperty("value").EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("url").GetString()!);

        Assert.Equal(
            ["Datastreams", "FeaturesOfInterest", "HistoricalLocations", "Locations", "Observations", "ObservedProperties", "Sensors", "Things"],
            sets.Keys.Order(StringComparer.Ordinal));
        Assert.All(sets, s => Assert.Equal(new Uri(host.Http.BaseAddress!, $"{Root}/{s.Key}").ToString(), s.Value));
        Assert.Contains(
            "http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel",
            root.GetProperty("serverSettings").GetProperty("conformance").EnumerateArray().Select(c => c.GetString()));
        Assert.Empty((await host.JsonAsync($"{Root}/HistoricalLocations")).GetProperty("value").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_entity_has_its_mandatory_properties_and_links_that_lead_somewhere(string set, string[] properties, string[] navigation)
    {
        var entity = (await host.JsonAsync($"{Root}/{set}?$top=1")).GetProperty("value")[0];
        Assert.All(properties, p => Assert.True(entity.TryGetProperty(p, out _), p));
        Assert.Equal(entity.GetRawText(), (await host.JsonAsync(entity.GetProperty("@iot.selfLink").GetString()!)).GetRawText());
        var id = entity.GetProperty("@iot.id").GetString()!;
        Assert.Contains(id, Uri.UnescapeDataString(entity.GetProperty("@iot.selfLink").GetString()!), StringComparison.Ordinal);
        foreach (var name in navigation)
        {
            var there = await host.JsonAsync(entity.GetProperty(name + "@iot.navigationLink").GetString()! + (name == "Observations" ? "?$top=1" : ""));
            Assert.True(there.TryGetProperty("value", out _) || there.TryGetProperty("@iot.id", out _), name);
        }
    }

    [Fact]
    public async Task Observations_are_exact_and_say_their_quality()
    {
        var first = (await host.JsonAsync($"{Root}/Datastreams('{Meter}')/Observations?$top=1")).GetProperty("value")[0];

        // Register 1000 at 10 Wh a pulse.
        Assert.Equal(10_000m, first.GetProperty("result").GetDecimal());
        Assert.Equal("2026-03-01T00:00:00.000Z", first.GetProperty("phenomenonTime").GetString());
        Assert.Equal("Synchronised", first.GetProperty("resultQuality").GetProperty("clock").GetString());
        var stream = await host.JsonAsync($"{Root}/Datastreams('{Meter}')");
        Assert.Equal("Wh", stream.GetProperty("unitOfMeasurement").GetProperty("symbol").GetString());
        Assert.Equal("http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement", stream.GetProperty("observationType").GetString());
    }

    [Fact]
    public async Task Next_links_lead_through_all_observations_once_forwards_and_backwards()
    {
        foreach (var order in new[] { "", "&$orderby=phenomenonTime desc" })
        {
            var times = new List<DateTimeOffset>();
            var address = $"{Root}/Datastreams('{Meter}')/Observations?$top=400&$count=true{order}";
            for (var pages = 1; ; pages++)
            {
                var page = await host.JsonAsync(address);
                Assert.Equal(ApiHost.SampleCount, page.GetProperty("@iot.count").GetInt32());
                times.AddRange(page.GetProperty("value").EnumerateArray().Select(o => o.GetProperty("phenomenonTime").GetDateTimeOffset()));
                if (!page.TryGetProperty("@iot.nextLink", out var next))
                {
                    Assert.Equal(4, pages);
                    break;
                }

                address = next.GetString()!;
            }

            var expected = Enumerable.Range(0, ApiHost.SampleCount).Select(i => ApiHost.T0.AddMinutes(10 * i)).ToList();
            if (order.Length > 0)
            {
                expected.Reverse();
            }

            Assert.Equal(expected, times);
        }
    }

    [Theory]
    [InlineData("phenomenonTime ge 2026-03-02T00:00:00Z and phenomenonTime lt 2026-03-03T00:00:00Z", 144)]
    [InlineData("phenomenonTime gt 2026-03-02T00:00:00Z and phenomenonTime le 2026-03-03T00:00:00Z", 144)]
    [InlineData("phenomenonTime eq 2026-03-02T00:10:00Z", 1)]
    [InlineData("phenomenonTime eq 2026-03-02T00:10:00.5Z", 0)]
    [InlineData("phenomenonTime ge 2026-03-01T20:00:00-04:00 and phenomenonTime lt 2026-03-02T01:00:00Z", 6)]
    [InlineData("phenomenonTime lt 2020-01-01T00:00:00Z", 0)]
    [InlineData("id eq 'meter~0024befffe804ff1~ch1~1772323200~1772323800~1~2'", 1)]
    [InlineData("id eq 'nothing'", 0)]
    public async Task Observations_are_filtered_by_time_and_id(string filter, int count) =>
        Assert.Equal(count, (await host.JsonAsync($"{Root}/Datastreams('{Meter}')/Observations?$top=1000&$filter={Uri.EscapeDataString(filter)}")).GetProperty("value").GetArrayLength());

    [Fact]
    public async Task The_newest_observation_of_each_datastream_comes_by_expansion()
    {
        var things = await host.JsonAsync($"{Root}/Things?$filter=id eq 'b1'&$expand=Locations,Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc),ObservedProperty)");
        var thing = Assert.Single(things.GetProperty("value").EnumerateArray());

        Assert.Equal([-61.53, 16.24], thing.GetProperty("Locations")[0].GetProperty("location").GetProperty("coordinates").EnumerateArray().Select(c => c.GetDouble()));
        var streams = thing.GetProperty("Datastreams").EnumerateArray().ToList();
        Assert.Equal(3, streams.Count);
        Assert.All(streams, s =>
        {
            var newest = Assert.Single(s.GetProperty("Observations").EnumerateArray());
            Assert.Equal(ApiHost.T0.AddMinutes(10 * (ApiHost.SampleCount - 1)), newest.GetProperty("phenomenonTime").GetDateTimeOffset());
            Assert.False(s.TryGetProperty("Observations@iot.navigationLink", out _));
        });
        Assert.Equal(["Active energy", "Air temperature", "Relative humidity"], streams.Select(s => s.GetProperty("ObservedProperty").GetProperty("name").GetString()).Order());
        var next = streams[0].GetProperty("Observations@iot.nextLink").GetString()!;
        Assert.Equal(
            ApiHost.T0.AddMinutes(10 * (ApiHost.SampleCount - 2)),
            (await host.JsonAsync(next)).GetProperty("value")[0].GetProperty("phenomenonTime").GetDateTimeOffset());
    }

    [Fact]
    public async Task Select_top_skip_count_and_orderby_do_what_they_say()
    {
        var page = await host.JsonAsync($"{Root}/Datastreams?$select=id,name&$orderby=name desc&$skip=1&$top=1&$count=true");

        Assert.Equal(3, page.GetProperty("@iot.count").GetInt32());
        var only = Assert.Single(page.GetProperty("value").EnumerateArray());
        Assert.Equal(["@iot.id", "@iot.selfLink", "name"], only.EnumerateObject().Select(p => p.Name));
        Assert.Equal("Séjour", only.GetProperty("name").GetString());
        Assert.Equal("Main meter", (await host.JsonAsync(page.GetProperty("@iot.nextLink").GetString()!)).GetProperty("value")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Properties_values_and_references_have_addresses()
    {
        Assert.Equal("Résidence A", (await host.JsonAsync($"{Root}/Things('b1')/name")).GetProperty("name").GetString());
        Assert.Equal("Résidence A", await host.Http.GetStringAsync(new Uri($"{Root}/Things('b1')/name/$value", UriKind.Relative)));
        Assert.Equal("b1", (await host.JsonAsync($"{Root}/Datastreams('{Meter}')/Thing")).GetProperty("@iot.id").GetString());
        Assert.Equal("Pointe-à-Pitre", (await host.JsonAsync($"{Root}/Things('b1')/Locations('pap')/name")).GetProperty("name").GetString());
        var references = (await host.JsonAsync($"{Root}/Things('b1')/Datastreams/$ref")).GetProperty("value").EnumerateArray().ToList();
        Assert.Equal(3, references.Count);
        Assert.All(references, r => Assert.Equal(["@iot.selfLink"], r.EnumerateObject().Select(p => p.Name)));
    }

    [Theory]
    [InlineData("Chairs", 404)]
    [InlineData("Things('none')", 404)]
    [InlineData("Things(1)", 404)]
    [InlineData("Things('b1'", 404)]
    [InlineData("Things('b1')/Chairs", 404)]
    [InlineData("Things('b1')/name/length", 404)]
    [InlineData("Observations('x')", 404)]
    [InlineData("Things?$top=-1", 400)]
    [InlineData("Things?$top=10001", 400)]
    [InlineData("Things?$count=maybe", 400)]
    [InlineData("Things?$expand=Chairs", 400)]
    [InlineData("Things?$expand=Datastreams($top=1", 400)]
    [InlineData("Things?$filter=name eq 'open", 400)]
    [InlineData("Datastreams('meter~0024befffe804ff1~ch1~1772323200')/Observations?$filter=phenomenonTime gt yesterday", 400)]
    [InlineData("Datastreams('meter~0024befffe804ff1~ch1~1772323200')/Observations?$skiptoken=x", 400)]
    [InlineData("Things?$filter=startswith(name,'a')", 501)]
    [InlineData("Things?$filter=description eq 'x'", 501)]
    [InlineData("Things?$orderby=description", 501)]
    [InlineData("Things?$search=a", 501)]
    [InlineData("Observations?$count=true", 501)]
    [InlineData("Observations?$filter=result gt 5", 501)]
    [InlineData("Observations?$resultFormat=dataArray", 501)]
    [InlineData("Things?$expand=Datastreams/Observations/Datastream/Thing", 501)]
    public async Task What_is_malformed_missing_or_not_done_is_told_apart_and_explained(string resource, int status)
    {
        var problem = await host.JsonAsync($"{Root}/{resource}", status);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Nothing_is_written_through_it()
    {
        using var answer = await host.Http.PostAsync(new Uri($"{Root}/Things", UriKind.Relative), new StringContent("{}"));
        Assert.Equal(405, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Observations_of_all_datastreams_come_one_datastream_after_the_other()
    {
        var ids = new List<string>();
        for (var address = $"{Root}/Observations?$top=4000&$select=id"; address is not null;)
        {
            var page = await host.JsonAsync(address);
            ids.AddRange(page.GetProperty("value").EnumerateArray().Select(o => o.GetProperty("@iot.id").GetString()!));
            address = page.TryGetProperty("@iot.nextLink", out var next) ? next.GetString()! : null!;
        }

        Assert.Equal(3 * ApiHost.SampleCount, ids.Distinct().Count());
        Assert.Equal(3 * ApiHost.SampleCount, ids.Count);
        Assert.Equal(ApiHost.T0.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Meter.Split('~')[^1]);
    }
}
