using System.Globalization;
using Metering.Core.Comfort;
using Metering.Core.Comfort.Durations;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Tests.Reference;

namespace Metering.Core.Tests.Comfort.Givoni;

public sealed class GivoniVariantTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Three_variants_are_known_and_each_names_its_source()
    {
        Assert.Equal(["G1", "G2", "G3"], GivoniZones.All.Select(v => v.Name));
        Assert.All(GivoniZones.All, v => Assert.NotEmpty(v.Source));
        Assert.All(GivoniZones.All, v => Assert.Equal([0, 0.5, 1, 1.5], v.Zones.Select(z => z.AirSpeed)));
    }

    [Fact]
    public void Variant_G2_reaches_the_temperatures_of_its_published_formula()
    {
        using var document = ReferenceFile.Json("givoni/givoni_zones.json");
        var source = document.RootElement.GetProperty("alternatives").GetProperty("pleiades_like_szokolay");
        var base0 = source.GetProperty("t_max_v0").GetDouble();
        var g2 = GivoniZones.Variant("G2");
        Assert.Equal(source.GetProperty("t_min").GetDouble(), g2.TooColdBelowC);
        foreach (var zone in g2.Zones)
        {
            var expected = base0 + (6 * zone.AirSpeed) - (1.6 * zone.AirSpeed * zone.AirSpeed);
            Assert.Equal(expected, zone.Vertices.Max(v => v.TemperatureC), 0.01);
            Assert.Equal(source.GetProperty("w_min").GetDouble(), zone.Vertices.Min(v => v.HumidityRatio), 1e-9);
            Assert.Equal(source.GetProperty("w_max").GetDouble(), zone.Vertices.Max(v => v.HumidityRatio), 1e-9);
        }
    }

    [Fact]
    public void Variant_G3_has_the_published_dry_and_humid_ends()
    {
        using var document = ReferenceFile.Json("givoni/givoni_zones.json");
        var source = document.RootElement.GetProperty("alternatives").GetProperty("dashboard_27_29_31_33");
        var dry = source.GetProperty("t_max_dry").EnumerateArray().Select(t => t.GetDouble()).ToArray();
        var less = source.GetProperty("humid_reduction_K").GetDouble();
        var zones = GivoniZones.Variant("G3").Zones;
        for (var i = 0; i < zones.Count; i++)
        {
            Assert.Equal(dry[i], zones[i].Vertices.Where(v => v.HumidityRatio < 5).Max(v => v.TemperatureC));
            Assert.Equal(dry[i] - less, zones[i].Vertices.Where(v => v.HumidityRatio > 11).Max(v => v.TemperatureC));
        }
    }

    [Fact]
    public void The_variant_decides_a_usual_room_of_Guadeloupe()
    {
        // 28 °C at 65 % is about 15.5 g/kg: by G1 some air speed is enough; the 12 g/kg of G2 and G3 exclude it whatever the wind.
        Assert.Equal(1, GivoniZones.Variant("G1").Classify(28, 65).ZoneIndex);
        Assert.Equal(GivoniPlace.Outside, GivoniZones.Variant("G2").Classify(28, 65).Place);
        Assert.Equal(GivoniPlace.Outside, GivoniZones.Variant("G3").Classify(28, 65).Place);
    }

    [Fact]
    public void Zones_are_nested_but_for_the_dry_corner_of_the_chart()
    {
        const int Seed = 20260131;
        var random = new Random(Seed);
        foreach (var variant in GivoniZones.All)
        {
            for (var n = 0; n < 20_000; n++)
            {
                var (t, rh) = (15 + (25 * random.NextDouble()), 25 + (75 * random.NextDouble()));
                var place = variant.Classify(t, rh);
                if (place.Place == GivoniPlace.Zone)
                {
                    for (var larger = place.ZoneIndex; larger < variant.Zones.Count; larger++)
                    {
                        Assert.True(variant.ExcessK(t, rh, larger) == 0, $"seed {Seed}: {variant.Name} {t} °C {rh} % zone {larger}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_zone_is_convex_in_the_plane_in_which_it_is_drawn()
    {
        // The test of membership rests on it.
        foreach (var zone in GivoniZones.All.SelectMany(v => v.Zones))
        {
            foreach (var y in new Func<GivoniVertex, double>[] { v => v.HumidityRatio, v => v.RelativeHumidityPct })
            {
                var n = zone.Vertices.Count;
                var turns = Enumerable.Range(0, n).Select(i =>
                {
                    var (a, b, c) = (zone.Vertices[i], zone.Vertices[(i + 1) % n], zone.Vertices[(i + 2) % n]);
                    return Math.Sign(
                        ((b.TemperatureC - a.TemperatureC) * (y(c) - y(b))) - ((y(b) - y(a)) * (c.TemperatureC - b.TemperatureC)));
                }).Where(turn => turn != 0).Distinct();
                Assert.Single(turns);
            }
        }
    }

    [Theory]
    // At 11.144 g/kg zone 0 ends at its corner of 27 °C; 30 °C with that humidity (42.1 %) is 3 K too hot.
    [InlineData(27, 50, 0, 0)]
    [InlineData(30, 42.08, 0, 3)]
    [InlineData(24, 50, 0, 0)]
    [InlineData(28, 98, 3, double.PositiveInfinity)]
    [InlineData(18, 50, 3, double.PositiveInfinity)]
    [InlineData(double.NaN, 50, 3, double.NaN)]
    public void Depth_is_the_cooling_at_constant_humidity_that_would_bring_the_room_into_the_zone(
        double t, double rh, int zone, double expected) =>
        Assert.Equal(expected, GivoniZones.Default.ExcessK(t, rh, zone), 0.01);

    [Fact]
    public void Cooling_by_the_depth_brings_the_room_to_the_edge()
    {
        var zones = GivoniZones.Default;
        for (var t = 27.5; t < 36; t += 0.5)
        {
            for (var rh = 30.0; rh < 75; rh += 5)
            {
                for (var zone = 0; zone < 4; zone++)
                {
                    var excess = zones.ExcessK(t, rh, zone);
                    if (excess is > 0 and < double.PositiveInfinity)
                    {
                        // The same vapour at the cooler temperature.
                        var pv = Metering.Core.Psychrometrics.VapourPressure.At(t, rh).Value;
                        var cooler = 100 * pv / Metering.Core.Psychrometrics.SaturationPressure.At(t - excess).Value;
                        Assert.True(
                            zones.ExcessK(t - excess - 1e-6, Math.Min(100, cooler), zone) < 1e-5,
                            string.Create(CultureInfo.InvariantCulture, $"{t} °C {rh} % zone {zone} excess {excess}"));
                    }
                }
            }
        }
    }

    [Fact]
    public void Discomfort_rate_counts_unknown_depth_without_inventing_it()
    {
        ClimateSample[] samples = [new(25, 50, Hour), new(30, 42.08, Hour), new(28, 98, Hour), new(28, 98, Hour)];
        var rate = ThresholdHours.Count(
            samples, 4 * Hour, s => GivoniZones.Default.ExcessK(s.TemperatureC, s.RelativeHumidityPct, 0));
        Assert.Equal(0.75, rate.Share);
        Assert.Equal(1, rate.DepthHours);
        Assert.Equal(3, rate.MeanDepth, 0.01);
        Assert.Equal(3, rate.LongestRunHours);
    }

    [Theory]
    [InlineData(28, 80, CocoPlace.StillAir)]
    [InlineData(28.1, 75, CocoPlace.Fan)]
    [InlineData(31, 75, CocoPlace.Fan)]
    [InlineData(31, 75.1, CocoPlace.Outside)]
    [InlineData(31.1, 70, CocoPlace.Outside)]
    [InlineData(28, 80.1, CocoPlace.Outside)]
    [InlineData(22, 50, CocoPlace.StillAir)]
    [InlineData(28, double.NaN, CocoPlace.NotMeasured)]
    public void COCO_limits_are_inclusive(double t, double rh, CocoPlace expected) =>
        Assert.Equal(expected, CocoLimits.Classify(t, rh));
}
