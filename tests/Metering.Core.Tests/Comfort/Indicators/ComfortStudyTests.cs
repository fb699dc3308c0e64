using Metering.Core.Comfort;
using Metering.Core.Comfort.Durations;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.Indicators;
using Metering.Core.Comfort.Uncertainty;
using Metering.Core.Registry;

namespace Metering.Core.Tests.Comfort.Indicators;

/// <summary>Whole rooms by the rule of their building; the expected counts follow from how the hours were made.</summary>
public sealed class ComfortStudyTests
{
    private const int Days = 30;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Period = TimeSpan.FromDays(Days);

    private static RoomHour[] Room(
        Func<int, double> temperature, Func<int, double> humidity, double outdoor = 27, Func<int, bool?>? cooling = null, int month = 7) =>
    [
        .. Enumerable.Range(0, 24 * Days).Select(i => new RoomHour(
            new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.FromHours(-4)).AddHours(i),
            new ClimateSample(temperature(i % 24), humidity(i % 24), Hour), cooling?.Invoke(i % 24), outdoor, outdoor, outdoor)),
    ];

    private static IndicatorResult Get(ComfortStudy study, ComfortIndicator indicator, bool? on = null)
    {
        var result = study.Find(indicator, on);
        Assert.NotNull(result);
        return result;
    }

    [Fact]
    public void A_naturally_ventilated_dwelling_is_judged_by_Givoni_COCO_and_its_hot_hours()
    {
        // 27 °C and 60 % by day, 30 °C and 60 % from 18 to 24 h: 6 hours of 24, 2 of them by night.
        var hours = Room(h => h >= 18 ? 30 : 27, _ => 60);
        var study = ComfortStudy.Of(
            BuildingUse.NaturallyVentilatedTropicalDwelling, hours, new RoomConditions { Occupant = new DeclaredOccupant(0.5, 1, 0.36) }, Period);

        // 30 °C and 60 % is beyond the zone of 0.5 m/s (50 % at 30 °C) and within that of 1 m/s.
        Assert.Equal(0, Get(study, ComfortIndicator.GivoniZones).Value);
        var rate = Get(study, ComfortIndicator.DiscomfortRate);
        Assert.Equal(25, rate.Value, 9);
        Assert.Equal(6, rate.Exceedance!.LongestRunHours);
        Assert.True(rate.Exceedance.MeanDepth > 0);
        Assert.Equal(0, Get(study, ComfortIndicator.CocoLimits).Value);
        Assert.Equal(0.5, Get(study, ComfortIndicator.IctMeasured).Value, 9);
        var nights = Get(study, ComfortIndicator.HotNights);
        Assert.Equal(2 * Days, nights.Value);
        Assert.Equal(1, nights.Exceedance!.Completeness, 9);
        Assert.Equal(PmvPpdReason(study), Get(study, ComfortIndicator.PmvPpd).Reason!.Code);
        Assert.Same(Re2020DegreeHours.MetropolitanOnly, Get(study, ComfortIndicator.Re2020DegreeHours).Reason);
        var set = (18 * SetTemperature.At(27, 27, 0.5, 60, 1, 0.36).Value) + (6 * SetTemperature.At(30, 30, 0.5, 60, 1, 0.36).Value);
        Assert.Equal(set / 24, Get(study, ComfortIndicator.SetTemperature).Value, 0.03);
    }

    private static string PmvPpdReason(ComfortStudy study) =>
        IndicatorRules.Refusal(ComfortIndicator.PmvPpd, study.Use)!.Code;

    [Fact]
    public void Without_a_fan_COCO_allows_28_degrees_and_no_more()
    {
        var hours = Room(h => h >= 18 ? 30 : 27, _ => 70);
        var study = ComfortStudy.Of(
            BuildingUse.NaturallyVentilatedTropicalDwelling, hours, new RoomConditions { Occupant = new DeclaredOccupant(0.1, 1, 0.36) }, Period);

        Assert.Equal(25, Get(study, ComfortIndicator.CocoLimits).Value, 9);
    }

    [Fact]
    public void An_office_is_judged_by_PMV_ranges_overcooling_and_moisture()
    {
        // 22.5 °C in the morning, 25 °C at noon, 26 °C from 16 h on; cooling runs all day.
        var hours = Room(h => h < 8 ? 22.5 : h < 16 ? 25 : 26, _ => 62, cooling: _ => true);
        var study = ComfortStudy.Of(BuildingUse.AirConditionedOffice, hours, new RoomConditions(), Period);

        var range = Get(study, ComfortIndicator.ConditionedRange);
        Assert.Equal(100.0 / 3, range.Value, 9); // 22.5 is beyond 23 to 26
        Assert.Equal(0.5, range.Exceedance!.MeanDepth, 9);
        Assert.Equal(8, range.Exceedance.LongestRunHours);
        Assert.Equal(100, Get(study, ComfortIndicator.ConditionedHumidity).Value, 9);
        Assert.Equal(8 * Days, Get(study, ComfortIndicator.Overcooling).Value);
        Assert.Equal(24 * Days, Get(study, ComfortIndicator.CoolingBelow26).Value);

        // 62 % is 10.6 g/kg at 22.5 °C, 12.3 at 25 °C and 13.1 at 26 °C.
        Assert.Equal(16 * Days, Get(study, ComfortIndicator.HumidityRatioLimit).Value);
        var methods = Get(study, ComfortIndicator.ExceedanceMethods);
        Assert.Equal(range.Value, methods.Value);
        Assert.Equal(0.5 * 8 * Days, methods.Exceedance!.DegreeHours, 9);
        Assert.True(Get(study, ComfortIndicator.ExceedanceMethodC).Value > 8 * Days);
        Assert.Equal(100.0 / 3, Get(study, ComfortIndicator.PmvPpd).Value, 9);
        Assert.False(Get(study, ComfortIndicator.AdaptiveEn16798).IsApplicable);
    }

    [Fact]
    public void An_air_conditioned_dwelling_is_judged_apart_while_its_cooling_runs()
    {
        // Cooled to 22 °C from 20 h to 6 h, 30 °C the rest of the day.
        bool On(int h) => h is >= 20 or < 6;
        var hours = Room(h => On(h) ? 22 : 30, h => On(h) ? 55 : 70, cooling: h => On(h));
        var study = ComfortStudy.Of(BuildingUse.AirConditionedDwelling, hours, new RoomConditions(), Period);

        Assert.Equal(10 * Days, Get(study, ComfortIndicator.Overcooling, true).Value);
        Assert.Equal(10, Get(study, ComfortIndicator.Overcooling, true).Exceedance!.LongestRunHours);
        Assert.Equal(100, Get(study, ComfortIndicator.PmvPpd, true).Value, 9);
        Assert.Equal(100, Get(study, ComfortIndicator.DiscomfortRate, false).Value, 9);
        Assert.Equal(14 * Days, Get(study, ComfortIndicator.DiscomfortRate, false).Exceedance!.ValidHours);
        Assert.Null(study.Find(ComfortIndicator.DiscomfortRate, true));
        Assert.False(Get(study, ComfortIndicator.DiscomfortRate).IsApplicable);
        Assert.Equal(1, Get(study, ComfortIndicator.DiscomfortRate, false).Exceedance!.Completeness, 9);
    }

    [Fact]
    public void A_metropolitan_dwelling_is_judged_by_EN_16798_cold_hours_and_its_surfaces()
    {
        // January: 18 °C by night (22 to 6 h), 20 °C by day, 60 %; 5 °C outside, running mean 12 °C.
        var hours = Room(h => h is >= 22 or < 6 ? 18 : 20, _ => 60, outdoor: 12, month: 1).Select(h => h with { OutdoorC = 5 }).ToArray();
        var study = ComfortStudy.Of(
            BuildingUse.MetropolitanDwelling, hours, new RoomConditions { TemperatureFactor = 0.7 }, Period);

        // Comfort 22.76 °C, category II from 18.76 °C.
        Assert.Equal(100.0 / 3, Get(study, ComfortIndicator.AdaptiveEn16798).Value, 9);
        Assert.Equal(0.76, Get(study, ComfortIndicator.AdaptiveEn16798).Exceedance!.MeanDepth, 9);
        Assert.Equal(100.0 / 3, Get(study, ComfortIndicator.DiscomfortRate).Value, 9);
        Assert.Equal(8 * Days, Get(study, ComfortIndicator.ColdHours).Value);
        Assert.Equal(0, Get(study, ComfortIndicator.Re2020DegreeHours).Value);

        // Surfaces 14.1 and 15.5 °C: 60 % of 2063 over 1608 Pa is 77.0 %, of 2338 over 1760 Pa 79.7 % (steam tables).
        Assert.Equal((77.0 / 3) + (2 * 79.7 / 3), Get(study, ComfortIndicator.SurfaceHumidity).Value, 0.2);
        Assert.Equal(
            "indicator.surface-unknown",
            Get(ComfortStudy.Of(BuildingUse.MetropolitanDwelling, hours, new RoomConditions(), Period), ComfortIndicator.SurfaceHumidity).Reason!.Code);
        Assert.False(Get(study, ComfortIndicator.GivoniZones).IsApplicable);
    }

    [Fact]
    public void Every_indicator_that_is_printed_has_a_value_a_unit_and_an_uncertainty_that_grows_with_the_sensor()
    {
        var random = new Random(20261122);
        var noise = Enumerable.Range(0, 24 * Days).Select(_ => random.NextDouble()).ToArray();
        RoomHour[] hours =
        [
            .. Room(h => 26 + (4 * Math.Sin(2 * Math.PI * (h - 9) / 24)), h => 72 - (10 * Math.Sin(2 * Math.PI * (h - 9) / 24)), cooling: h => h < 8, month: 5)
                .Select((h, i) => h with
                {
                    Climate = h.Climate with
                    {
                        TemperatureC = h.Climate.TemperatureC + (2 * noise[i]) - 1, RelativeHumidityPct = h.Climate.RelativeHumidityPct + (8 * noise[^(i + 1)]),
                    },
                    OutdoorC = 20,
                }),
        ];
        foreach (var use in Enum.GetValues<BuildingUse>())
        {
            ComfortStudy Study(double k, double pct) => ComfortStudy.Of(
                use, hours, new RoomConditions { Accuracy = new SensorAccuracy(k, pct), TemperatureFactor = 0.7 }, Period);
            var (none, good, poor) = (Study(0, 0), Study(0.2, 2), Study(0.5, 5));
            var growing = 0;
            foreach (var result in poor.Results)
            {
                var name = $"{use}, {result.Indicator}, cooling {result.CoolingOn}: {result.Reason?.Code}";
                Assert.True((result.Role == IndicatorRole.Avoid) == !result.IsApplicable, name);
                if (!result.IsApplicable)
                {
                    continue;
                }

                Assert.True(double.IsFinite(result.Value) && double.IsFinite(result.Uncertainty), name);
                Assert.Equal(0, none.Find(result.Indicator, result.CoolingOn)!.Uncertainty);
                var better = good.Find(result.Indicator, result.CoolingOn)!.Uncertainty;
                Assert.True(better <= result.Uncertainty, name);
                growing += result.Uncertainty > better && better > 0 ? 1 : 0;
            }

            Assert.True(growing >= 2, $"{use}: only {growing} indicators feel the sensor");
        }
    }

    [Fact]
    public void What_was_not_measured_is_a_reason_and_not_a_number()
    {
        var silent = Room(_ => double.NaN, _ => double.NaN);
        Assert.All(
            ComfortStudy.Of(BuildingUse.NaturallyVentilatedTropicalDwelling, silent, new RoomConditions(), Period).Results,
            r => Assert.False(r.IsApplicable, $"{r.Indicator}"));
        var unknown = ComfortStudy.Of(BuildingUse.AirConditionedOffice, Room(_ => 25, _ => 50), new RoomConditions(), Period);
        Assert.Equal("indicator.cooling-unknown", Get(unknown, ComfortIndicator.CoolingBelow26).Reason!.Code);
        var humid = ComfortStudy.Of(BuildingUse.AirConditionedOffice, Room(_ => 28, _ => 90), new RoomConditions(), Period);
        Assert.Same(PmvLimits.IsoVapourPressure, Get(humid, ComfortIndicator.PmvPpd).Reason);
        Assert.All(ComfortStudy.Of(BuildingUse.Other, [], new RoomConditions(), Period).Results, r => Assert.False(r.IsApplicable));
    }
}
