using Metering.Core.Comfort;
using Metering.Core.Comfort.Adaptive;
using Metering.Core.Comfort.Durations;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.HeatStress;
using Metering.Core.Comfort.Mould;
using Metering.Core.Comfort.Uncertainty;
using Metering.Core.Psychrometrics;

namespace Metering.Core.Tests.Comfort.Uncertainty;

/// <summary>Every indicator of a room carries the accuracy of its sensor: more accurate sensors, less uncertainty; none, none.</summary>
public sealed class IndicatorUncertaintyTests
{
    private const int Seed = 20260305;
    private static readonly TimeSpan Period = TimeSpan.FromDays(60);

    // A humid summer of 60 days with a daily swing: 24 to 31 °C, 60 to 95 %.
    private static readonly ClimateSample[] Summer = Make();

    private static readonly (string Name, Func<IEnumerable<ClimateSample>, double> Of)[] Indicators =
    [
        ("share outside Givoni", s => GivoniHours.Count(s, GivoniZones.Default, Period).ShareOutside),
        ("share within the zone of 1 m/s", s => GivoniHours.Count(s, GivoniZones.Default, Period).ShareWithin(2)),
        ("discomfort rate", s => ThresholdHours.Count(s, Period, x => GivoniZones.Default.ExcessK(x.TemperatureC, x.RelativeHumidityPct, 2)).Share),
        ("ICT_mes", s => ThresholdHours.IctMeasured(s, 0, Period).MeanExcess),
        ("hours above 28", s => ThresholdHours.TemperatureAbove(s, 28, Period).OutsideHours),
        ("hours below 25", s => ThresholdHours.TemperatureBelow(s, 25, Period).OutsideHours),
        ("hours above 80 %", s => ThresholdHours.HumidityAbove(s, ThresholdHours.HumidPct, Period).OutsideHours),
        ("hours above 18 g/kg", s => ThresholdHours.HumidityRatioAbove(s, 18, StandardAtmosphere.SeaLevelPa, Period).OutsideHours),
        ("hours of dew point above 23", s => ThresholdHours.DewPointAbove(s, 23, Period).OutsideHours),
        ("COCO outside", s => ThresholdHours.Count(s, Period, x => CocoLimits.Classify(x.TemperatureC, x.RelativeHumidityPct) == CocoPlace.Outside ? 1 : 0).Share),
        ("adaptive EN 16798-1", s => ThresholdHours.Count(s, Period, x => x.TemperatureC - AdaptiveEn16798.Band(26, AdaptiveCategory.I).High.Value).DegreeHours),
        ("adaptive ASHRAE 55", s => ThresholdHours.Count(s, Period, x => x.TemperatureC - AdaptiveAshrae55.Band(26, 90).High.Value).DegreeHours),
        ("PMV", s => ThresholdHours.Count(s, Period, x => Math.Abs(Pmv.Ashrae55(x.TemperatureC, x.TemperatureC, 0.1, x.RelativeHumidityPct, 1.1, 0.5).Vote.Value) - 0.5).DegreeHours),
        ("humidex above 35", s => ThresholdHours.Count(s, Period, x => Humidex.At(x.TemperatureC, x.RelativeHumidityPct).Value - 35).OutsideHours),
        ("discomfort index above 24", s => ThresholdHours.Count(s, Period, x => DiscomfortIndex.At(x.TemperatureC, x.RelativeHumidityPct).Value - 24).OutsideHours),
        ("VTT index", s => MouldHistory.Run(s, MouldSensitivity.VerySensitive).Highest),
    ];

    public static TheoryData<string> Names => [.. Indicators.Select(i => i.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_indicator_grows_more_certain_with_a_better_sensor(string name)
    {
        var indicator = Indicators.Single(i => i.Name == name).Of;
        var none = SensorUncertainty.OfSeries(indicator, Summer, new SensorAccuracy(0, 0));
        var good = SensorUncertainty.OfSeries(indicator, Summer, new SensorAccuracy(0.2, 2));
        var poor = SensorUncertainty.OfSeries(indicator, Summer, new SensorAccuracy(0.5, 5));
        Assert.True(double.IsFinite(none.Value) && none.Value > 0, $"{name}: {none.Value} tells nothing");
        Assert.Equal(0, none.Uncertainty);
        Assert.Equal(none.Value, poor.Value);
        Assert.True(
            good.Uncertainty > 0 && poor.Uncertainty > good.Uncertainty,
            $"seed {Seed}, {name}: ±{good.Uncertainty} with a good sensor, ±{poor.Uncertainty} with a poor one");
    }

    private static ClimateSample[] Make()
    {
        var random = new Random(Seed);
        return
        [
            .. Enumerable.Range(0, 24 * 60).Select(hour =>
            {
                var swing = Math.Sin(2 * Math.PI * (hour % 24 - 8) / 24);
                return new ClimateSample(
                    27.5 + (2.5 * swing) + (2 * (random.NextDouble() - 0.5)),
                    77 - (12 * swing) + (10 * (random.NextDouble() - 0.5)),
                    TimeSpan.FromHours(1));
            }),
        ];
    }
}
