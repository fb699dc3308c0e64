using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace Metering.Collector.Tests.Api;

/// <summary>Answers over real HTTP; the figures follow from the host's data by hand: 3 pulses of 10 Wh each ten minutes.</summary>
public sealed class ReadApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("", 2)]
    [InlineData("?q=RÉSIDENCE", 1)]
    [InlineData("?label=f", 1)]
    [InlineData("?label=G", 0)]
    [InlineData("?use=AirConditionedOffice", 1)]
    [InlineData("?site=elsewhere", 0)]
    [InlineData("?limit=1", 1)]
    public async Task Buildings_are_found_by_what_they_are(string query, int count) =>
        Assert.Equal(count, (await host.JsonAsync("api/v1/buildings" + query)).GetProperty("items").GetArrayLength());

    [Fact]
    public async Task A_list_is_read_to_its_end_by_following_next()
    {
        var names = new List<string?>();
        var address = "api/v1/buildings?limit=1";
        while (true)
        {
            var page = await host.JsonAsync(address);
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(b => b.GetProperty("id").GetString()));
            if (page.GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            address = next;
        }

        Assert.Equal(["b1", "b2"], names);
    }

    [Fact]
    public async Task Readings_come_in_pages_that_repeat_nothing_and_leave_nothing_out()
    {
        var times = new List<long>();
        var address = "api/v1/points/meter/readings?limit=500";
        var pages = 0;
        for (; ; pages++)
        {
            var page = await host.JsonAsync(address);
            times.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("time").GetDateTimeOffset().ToUnixTimeSeconds()));
            if (page.GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            address = next;
        }

        Assert.Equal(2, pages);
        Assert.Equal(Enumerable.Range(0, ApiHost.SampleCount).Select(i => ApiHost.T0.ToUnixTimeSeconds() + (600L * i)), times);
    }

    [Fact]
    public async Task Intervals_and_profiles_hold_the_energy_that_was_counted()
    {
        var intervals = (await host.JsonAsync("api/v1/points/meter/intervals?limit=10000")).GetProperty("items");
        Assert.Equal(ApiHost.SampleCount - 1, intervals.GetArrayLength());
        Assert.All(intervals.EnumerateArray(), i => Assert.Equal(30m, i.GetProperty("energyWh").GetDecimal()));

        // Midnight to midnight in Guadeloupe (UTC-4): 144 intervals of 30 Wh.
        var days = (await host.JsonAsync("api/v1/points/meter/profile?from=2026-03-02T04:00:00Z&to=2026-03-05T04:00:00Z")).GetProperty("items");
        Assert.Equal(3, days.GetArrayLength());
        Assert.All(days.EnumerateArray(), d => Assert.Equal(4320m, d.GetProperty("energyWh").GetDecimal()));
        Assert.Equal("2026-03-02T00:00:00-04:00", days[0].GetProperty("start").GetString());
        Assert.Equal(180m, days[0].GetProperty("meanPowerW").GetDecimal());

        var hours = await host.JsonAsync("api/v1/points/meter/profile?resolution=hour&from=2026-03-02T04:00:00Z&to=2026-03-03T04:00:00Z&limit=20");
        Assert.Equal(20, hours.GetProperty("items").GetArrayLength());
        var rest = await host.JsonAsync(hours.GetProperty("next").GetString()!);
        Assert.Equal(4, rest.GetProperty("items").GetArrayLength());
        Assert.Equal(180m, rest.GetProperty("items")[3].GetProperty("energyWh").GetDecimal());

        var consumption = (await host.JsonAsync("api/v1/buildings/b1/consumption")).GetProperty("items");
        Assert.Equal((ApiHost.SampleCount - 1) * 0.03m, Assert.Single(consumption.EnumerateArray()).GetProperty("energyKwh").GetDecimal());
    }

    [Fact]
    public async Task Comfort_counts_the_hours_of_the_room()
    {
        // 27.00 °C at 00:00 UTC and 0.01 K more each ten minutes until midnight: no hour mean reaches 28 before 16:40, hence 17:00 to 23:00, seven hours a day.
        var room = Assert.Single((await host.JsonAsync("api/v1/buildings/b1/comfort?from=2026-03-01T00:00:00Z&to=2026-03-11T00:00:00Z")).GetProperty("items").EnumerateArray());
        Assert.Equal(240, room.GetProperty("hoursValid").GetInt32());
        Assert.Equal(70, room.GetProperty("hoursAbove28").GetInt32());
        Assert.Equal(70, room.GetProperty("humidityMean").GetDouble());
        Assert.Equal(240, room.GetProperty("hoursByZone").EnumerateArray().Sum(z => z.GetProperty("hours").GetInt32()));
    }

    [Fact]
    public async Task Completeness_names_each_unit_and_quality_each_flag()
    {
        var days = (await host.JsonAsync("api/v1/points/room/completeness?from=2026-03-01T04:00:00Z&to=2026-03-11T04:00:00Z")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(20, days.Count);
        Assert.Equal(120, days[^1].GetProperty("valid").GetInt32());
        Assert.Equal(144, days[^1].GetProperty("expected").GetInt32());

        // Humidity never moves: STUCK (docs/formulas.md), while the temperature goes in steps of 0.01 K.
        var quality = (await host.JsonAsync("api/v1/points/room/quality")).GetProperty("items").EnumerateArray().ToDictionary(q => q.GetProperty("channel").GetString()!, q => q.GetProperty("flags"));
        Assert.Equal(ApiHost.SampleCount, quality["rh1"].GetProperty("STUCK").GetInt64());
        Assert.Empty(quality["t1"].EnumerateObject());
    }

    [Theory]
    [InlineData("api/v1/buildings/b1")]
    [InlineData("api/v1/buildings/b1/verification")]
    [InlineData("api/v1/zones?building=b1")]
    [InlineData("api/v1/points?building=b1&use=Total")]
    [InlineData("api/v1/points/meter")]
    [InlineData("api/v1/channels?point=room")]
    [InlineData("api/v1/points/room/series?board=0024befffe804ff1&channel=t1&steps=10")]
    [InlineData("api/v1/points/room/comfort?zones=G1")]
    [InlineData("api/v1/boards?silent=true")]
    [InlineData("api/v1/boards/0024befffe804ff1")]
    [InlineData("api/v1/boards/0024befffe804ff1/events")]
    [InlineData("api/v1/quarantine")]
    [InlineData("api/v1/quarantine/1")]
    [InlineData("api/v1/corrections")]
    [InlineData("api/v1/notes")]
    [InlineData("api/v1/notes/reopened")]
    [InlineData("api/v1/alerts?open=true&lang=fr")]
    [InlineData("api/v1/alerts/1")]
    [InlineData("api/v1/weather")]
    [InlineData("api/v1/weather/97101001?limit=24")]
    [InlineData("api/v1/registry")]
    [InlineData("api/v1/registry?asOf=2020-01-01")]
    [InlineData("api/v1/registry/history")]
    public async Task Every_address_answers_with_a_tag_by_which_it_is_not_sent_again(string address)
    {
        using var first = await host.Http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.True(first.StatusCode == HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("api/v1/points/room/readings?channel=t1", "time,value,boot,sequence,clock,flags,missing", "2026-03-01T00:00:00Z,27,1,1,2,0,")]
    [InlineData("api/v1/points/meter/profile?from=2026-03-02T04:00:00Z&to=2026-03-03T04:00:00Z", "start,end,pulses,energyWh,meanPowerW,completeness,flags", "2026-03-02T04:00:00Z,2026-03-03T04:00:00Z,432,4320,180,1,SIMULATED")]
    [InlineData("api/v1/weather/97101001", "time,temperatureC,humidityPercent,pressureHPa,windMs,radiationWm2,rainMm", "2026-03-01T00:00:00Z,25,80,1014,3,0,0")]
    public async Task A_table_is_csv_when_the_header_or_the_address_asks_for_it(string address, string header, string row)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await host.Http.SendAsync(request);
        var byHeader = await answer.Content.ReadAsStringAsync();
        using var second = await host.Http.GetAsync(new Uri(address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "format=csv", UriKind.Relative));

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(header, byHeader.Split("\r\n")[0]);
        Assert.Equal(row, byHeader.Split("\r\n")[1]);
        Assert.Equal(byHeader, await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "application/json")]
    [InlineData("text/csv;q=0.5, application/json", "application/json")]
    [InlineData("text/csv, application/json;q=0.5", "text/csv")]
    public async Task The_header_accept_is_weighed(string accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/buildings");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("api/v1/nothing", 404)]
    [InlineData("api/v1/points/none", 404)]
    [InlineData("api/v1/points/none/readings", 404)]
    [InlineData("api/v1/points/room/readings", 404)]
    [InlineData("api/v1/points/room/profile", 404)]
    [InlineData("api/v1/points/meter/comfort", 404)]
    [InlineData("api/v1/zones?building=none", 404)]
    [InlineData("api/v1/boards/none", 404)]
    [InlineData("api/v1/alerts/99", 404)]
    [InlineData("api/v1/alerts/x", 404)]
    [InlineData("api/v1/alerts?lang=de", 400)]
    [InlineData("api/v1/weather/none", 404)]
    [InlineData("api/v1/buildings?limit=0", 400)]
    [InlineData("api/v1/buildings?limit=1001", 400)]
    [InlineData("api/v1/buildings?limit=x", 400)]
    [InlineData("api/v1/buildings?use=castle", 400)]
    [InlineData("api/v1/buildings?format=xml", 400)]
    [InlineData("api/v1/buildings/b1?format=csv", 400)]
    [InlineData("api/v1/points/meter/readings?from=yesterday", 400)]
    [InlineData("api/v1/points/meter/readings?from=99999999999999", 400)]
    [InlineData("api/v1/points/meter/readings?from=2026-03-02&to=2026-03-01", 400)]
    [InlineData("api/v1/points/meter/readings?after=1-2", 400)]
    [InlineData("api/v1/points/meter/profile?resolution=fortnight", 400)]
    [InlineData("api/v1/points/room/comfort?zones=Atlantis", 400)]
    [InlineData("api/v1/points/meter/series?steps=2001", 400)]
    [InlineData("api/v1/corrections?board=x", 400)]
    public async Task A_mistake_is_a_problem_that_names_it(string address, int status)
    {
        var problem = await host.JsonAsync(address, status);

        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.DoesNotContain("   at ", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath().TrimEnd('/') + "/", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_a_problem_that_says_which_is()
    {
        using var answer = await host.Http.DeleteAsync(new Uri("api/v1/buildings", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Metrics_are_prometheus_text_and_count_what_this_host_has_done()
    {
        using var answer = await host.Http.GetAsync(new Uri("metrics", UriKind.Relative));
        var samples = Telemetry.ExpositionGrammar.Read(await answer.Content.ReadAsStringAsync());

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(1, samples["metering_quarantine_messages"]);
        Assert.True(samples.ContainsKey("metering_alerts{kind=\"silent-board\"}"));
        Assert.True(samples.ContainsKey("mqtt_server_sessions"));
        Assert.Equal(0, samples["metering_boards"]);
    }

    [Fact]
    public async Task The_checked_in_description_is_the_one_that_is_served()
    {
        var served = Indented(await host.Http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative)));
        var file = Path.Combine(DocsFolder.Path, "openapi.json");
        if (Environment.GetEnvironmentVariable("METERING_WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        Assert.StartsWith("3.1", JsonDocument.Parse(served).RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(served == await File.ReadAllTextAsync(file), "docs/openapi.json is not what is served; write it anew with METERING_WRITE_OPENAPI=1 and read the difference.");
    }

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Readable).ReplaceLineEndings("\n") + "\n";
    }
}
