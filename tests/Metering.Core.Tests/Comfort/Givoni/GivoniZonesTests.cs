using System.Globalization;
using Metering.Core.Comfort;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Tests.Reference;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Comfort.Givoni;

public sealed class GivoniZonesTests(ITestOutputHelper output)
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public void Default_zones_are_variant_G1_with_the_published_corners()
    {
        var zones = GivoniZones.Default;
        Assert.Equal("G1", zones.Name);
        Assert.Contains("fd7d5f3d", zones.Source, StringComparison.Ordinal);
        using var document = ReferenceFile.Json("givoni/givoni_zones.json");
        var agreement = new Agreement("Givoni G1 corners, w at 101 325 Pa");
        foreach (var expected in document.RootElement.GetProperty("zones").EnumerateObject())
        {
            var speed = double.Parse(expected.Name, CultureInfo.InvariantCulture);
            var zone = Assert.Single(zones.Zones, z => z.AirSpeed == speed);
            Assert.Equal(expected.Value.GetArrayLength(), zone.Vertices.Count);
            foreach (var (corner, vertex) in expected.Value.EnumerateArray().Zip(zone.Vertices))
            {
                Assert.Equal(corner.GetProperty("t_c").GetDouble(), vertex.TemperatureC);
                Assert.Equal(corner.GetProperty("rh_pct").GetDouble(), vertex.RelativeHumidityPct);
                agreement.Absolute(
                    $"v={expected.Name}", corner.GetProperty("w_g_kg").GetDouble(), vertex.HumidityRatio, 0.0006);
            }
        }

        agreement.Check(output, 20);
    }

    [Theory]
    [InlineData(GivoniInterpolation.HumidityRatio)]
    [InlineData(GivoniInterpolation.RelativeHumidity)]
    public void Every_corner_belongs_to_its_zone_or_a_smaller_one(GivoniInterpolation interpolation)
    {
        var zones = GivoniZones.Default.With(interpolation);
        for (var i = 0; i < zones.Zones.Count; i++)
        {
            foreach (var vertex in zones.Zones[i].Vertices)
            {
                var place = zones.Classify(vertex.TemperatureC, vertex.RelativeHumidityPct);
                Assert.Equal(GivoniPlace.Zone, place.Place);
                Assert.InRange(place.ZoneIndex, 0, i);
            }
        }
    }

    [Theory]
    // Still air up to 27 °C at 50 %; each further kelvin asks for more wind, until none is enough.
    [InlineData(24, 50, GivoniPlace.Zone, 0)]
    [InlineData(27, 50, GivoniPlace.Zone, 0)]
    [InlineData(27.01, 50, GivoniPlace.Zone, 1)]
    [InlineData(30, 50, GivoniPlace.Zone, 1)]
    [InlineData(32, 50, GivoniPlace.Zone, 2)]
    [InlineData(33, 50, GivoniPlace.Zone, 3)]
    [InlineData(33.01, 50, GivoniPlace.Outside, -1)]
    [InlineData(28, 98, GivoniPlace.Outside, -1)]
    [InlineData(24, 10, GivoniPlace.Outside, -1)]
    [InlineData(20, 50, GivoniPlace.Zone, 0)]
    [InlineData(19.99, 50, GivoniPlace.TooCold, -1)]
    [InlineData(90, 90, GivoniPlace.Outside, -1)]
    [InlineData(double.NaN, 50, GivoniPlace.NotMeasured, -1)]
    [InlineData(25, 101, GivoniPlace.NotMeasured, -1)]
    public void A_point_gets_the_lowest_air_speed_that_is_enough(double t, double rh, GivoniPlace place, int zone)
    {
        var actual = GivoniZones.Default.Classify(t, rh);
        Assert.Equal((place, zone), (actual.Place, actual.ZoneIndex));
    }

    [Fact]
    public void The_interpolation_matters_between_corners_and_is_a_setting()
    {
        // Middle of the edge (25, 80 %) - (27, 50 %): straight in humidity it is 26 °C at 65 %; on the chart the edge passes at
        // w = (15.962 + 11.144) / 2 = 13.553 g/kg, which is 64.2 % at 26 °C.
        var chart = GivoniZones.Default;
        Assert.Equal(GivoniInterpolation.HumidityRatio, chart.Interpolation);
        Assert.Equal(0, chart.Classify(26, 64.1).ZoneIndex);
        Assert.Equal(1, chart.Classify(26, 64.4).ZoneIndex);
        Assert.Equal(0, chart.With(GivoniInterpolation.RelativeHumidity).Classify(26, 65).ZoneIndex);
        Assert.Equal(1, chart.With(GivoniInterpolation.RelativeHumidity).Classify(26, 65.1).ZoneIndex);
    }

    [Fact]
    public void An_unknown_variant_is_refused_with_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => GivoniZones.Variant("G9"));
        Assert.Contains("G1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_are_counted_by_zone_with_n_and_completeness()
    {
        ClimateSample[] samples =
        [
            .. Enumerable.Repeat(new ClimateSample(26, 50, TenMinutes), 12),
            .. Enumerable.Repeat(new ClimateSample(29, 50, TenMinutes), 6),
            .. Enumerable.Repeat(new ClimateSample(18, 50, TenMinutes), 3),
            .. Enumerable.Repeat(new ClimateSample(36, 60, TenMinutes), 3),
            .. Enumerable.Repeat(new ClimateSample(double.NaN, 60, TenMinutes), 24),
        ];
        var hours = GivoniHours.Count(samples, GivoniZones.Default, TimeSpan.FromHours(8));
        Assert.Equal([2.0, 1, 0, 0], hours.HoursByZone);
        Assert.Equal(0.5, hours.TooColdHours);
        Assert.Equal(0.5, hours.OutsideHours);
        Assert.Equal(4, hours.ValidHours);
        Assert.Equal(24, hours.SampleCount);
        Assert.Equal(0.5, hours.Completeness);
        Assert.Equal(0.75, hours.ShareWithin(3));
        Assert.Equal(0.25, hours.ShareOutside);
    }

    [Fact]
    public void No_samples_give_no_hours_and_no_share()
    {
        var hours = GivoniHours.Count([], GivoniZones.Default, TimeSpan.FromHours(8));
        Assert.Equal(0, hours.Completeness);
        Assert.True(double.IsNaN(hours.ShareOutside));
    }
}
