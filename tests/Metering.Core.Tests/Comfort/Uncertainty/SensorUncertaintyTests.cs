using Metering.Core.Comfort;
using Metering.Core.Comfort.Durations;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.HeatStress;
using Metering.Core.Comfort.Uncertainty;
using Metering.Core.Psychrometrics;

namespace Metering.Core.Tests.Comfort.Uncertainty;

public sealed class SensorUncertaintyTests
{
    [Theory]
    // Independent computation: state, accuracy, then ± of humidity ratio, dew point and humidex.
    [InlineData(28, 75, 0.2, 2, 0.54, 0.48, 0.57)]
    [InlineData(28, 75, 0.3, 3, 0.80, 0.72, 0.85)]
    [InlineData(28, 75, 0.5, 5, 1.34, 1.20, 1.42)]
    [InlineData(26, 60, 0.2, 2, 0.46, 0.56, 0.50)]
    [InlineData(26, 60, 0.3, 3, 0.68, 0.84, 0.75)]
    [InlineData(26, 60, 0.5, 5, 1.14, 1.40, 1.25)]
    [InlineData(30, 80, 0.2, 2, 0.61, 0.47, 0.63)]
    [InlineData(30, 80, 0.3, 3, 0.92, 0.70, 0.94)]
    [InlineData(30, 80, 0.5, 5, 1.54, 1.16, 1.57)]
    public void Sensor_accuracy_reaches_humidity_ratio_dew_point_and_humidex(
        double t, double rh, double kelvin, double percent, double w, double dew, double humidex)
    {
        var accuracy = new SensorAccuracy(kelvin, percent);
        Assert.Equal(w, SensorUncertainty.OfState((x, y) => HumidityRatio.At(x, y, 101325), t, rh, accuracy).Uncertainty, 0.011);
        Assert.Equal(dew, SensorUncertainty.OfState(DewPoint.At, t, rh, accuracy).Uncertainty, 0.011);
        Assert.Equal(humidex, SensorUncertainty.OfState(Humidex.At, t, rh, accuracy).Uncertainty, 0.011);
    }

    [Fact]
    public void A_vote_near_the_edge_of_its_range_has_no_uncertainty_rather_than_a_wrong_one()
    {
        var inside = SensorUncertainty.OfState(
            (t, rh) => Pmv.Iso7730(t, t, 0.1, rh, 1.2, 0.5).Vote, 25, 50, SensorAccuracy.ProjectTarget);
        Assert.InRange(inside.Uncertainty, 0.05, 0.2);
        var edge = SensorUncertainty.OfState(
            (t, rh) => Pmv.Iso7730(t, t, 0.1, rh, 1.2, 0.5).Vote, 29.9, 50, SensorAccuracy.ProjectTarget);
        Assert.True(double.IsFinite(edge.Value));
        Assert.True(double.IsNaN(edge.Uncertainty));
    }

    [Fact]
    public void A_count_over_a_year_keeps_the_error_of_its_one_sensor()
    {
        // Uniform from 26 to 30 °C: a sensor 0.3 K off moves 0.3/4 of the hours across 28 °C, however many there are.
        ClimateSample[] year =
        [
            .. Enumerable.Range(0, 8760).Select(h => new ClimateSample(26 + (4 * (h % 4000) / 4000.0), 60, TimeSpan.FromHours(1))),
        ];
        var share = SensorUncertainty.OfSeries(
            s => ThresholdHours.TemperatureAbove(s, 28, TimeSpan.FromHours(8760)).Share, year, new SensorAccuracy(0.3, 3));
        Assert.InRange(share.Uncertainty, 0.06, 0.09);
    }

    [Fact]
    public void Missing_values_stay_missing_and_humidity_stays_within_bounds_when_shifted()
    {
        ClimateSample[] samples =
        [
            new(28, 99, TimeSpan.FromHours(1)), new(double.NaN, 99, TimeSpan.FromHours(1)), new(26, double.NaN, TimeSpan.FromHours(1)),
        ];
        var valid = SensorUncertainty.OfSeries(
            s => GivoniHours.Count(s, GivoniZones.Default, TimeSpan.FromHours(3)).ValidHours, samples, new SensorAccuracy(0.3, 3));
        Assert.Equal(new UncertainValue(1, 0), valid);
    }
}
