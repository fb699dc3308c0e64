using Metering.Core.Comfort.Adaptive;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Tests.Reference;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Comfort.Adaptive;

public sealed class AdaptiveTests(ITestOutputHelper output)
{
    [Fact]
    public void EN_16798_agrees_with_the_published_table()
    {
        using var table = new ValidationTable("ts_adaptive_en");
        var agreement = new Agreement("ts_adaptive_en");
        var tolerance = table.Tolerance("tmp_cmf");
        foreach (var row in table.Rows)
        {
            var mean = row.Input("t_running_mean");
            var operative = OperativeTemperature.Celsius(row.Input("tdb"), row.Input("tr"), row.Input("v"));
            foreach (var (category, key) in new[] { (AdaptiveCategory.I, "i"), (AdaptiveCategory.II, "ii"), (AdaptiveCategory.III, "iii") })
            {
                var band = AdaptiveEn16798.Band(mean, category);
                agreement.Exact(row.Name, row.OutputFlag("acceptability_cat_" + key), AdaptiveEn16798.Accepts(operative, row.Input("v"), mean, category));
                Compare(agreement, row, "tmp_cmf", band.Comfort, tolerance);
                Compare(agreement, row, $"tmp_cmf_cat_{key}_low", band.Low, tolerance);
                Compare(agreement, row, $"tmp_cmf_cat_{key}_up", band.High, tolerance);
            }
        }

        agreement.Check(output, 6 * 12);
    }

    [Fact]
    public void ASHRAE_55_agrees_with_the_published_table_in_both_unit_systems()
    {
        using var table = new ValidationTable("ts_adaptive_ashrae");
        var agreement = new Agreement("ts_adaptive_ashrae");
        foreach (var row in table.Rows)
        {
            var mean = row.Celsius("t_running_mean");
            var operative = OperativeTemperature.Celsius(row.Celsius("tdb"), row.Celsius("tr"), row.MetresPerSecond("v"));
            foreach (var acceptability in new[] { 80, 90 })
            {
                var band = AdaptiveAshrae55.Band(mean, acceptability);
                if (row.HasOutput($"acceptability_{acceptability}"))
                {
                    agreement.Exact(
                        row.Name, row.OutputFlag($"acceptability_{acceptability}"),
                        AdaptiveAshrae55.Accepts(operative, row.MetresPerSecond("v"), mean, acceptability));
                }

                Compare(agreement, row, "tmp_cmf", band.Comfort, table.Tolerance("tmp_cmf"));
                Compare(agreement, row, $"tmp_cmf_{acceptability}_low", band.Low, table.Tolerance("tmp_cmf"));
                Compare(agreement, row, $"tmp_cmf_{acceptability}_up", band.High, table.Tolerance("tmp_cmf"));
            }
        }

        agreement.Check(output, 13 * 2);
    }

    [Fact]
    public void Limits_of_the_two_models_differ_and_each_is_named()
    {
        Assert.True(AdaptiveEn16798.Band(30, AdaptiveCategory.II).Comfort.IsApplicable);
        Assert.Same(AdaptiveEn16798.RunningMean, AdaptiveEn16798.Band(30.01, AdaptiveCategory.II).Comfort.Reason);
        Assert.True(AdaptiveAshrae55.Band(33.5, 80).Comfort.IsApplicable);
        Assert.Same(AdaptiveAshrae55.PrevailingMean, AdaptiveAshrae55.Band(33.51, 80).High.Reason);
        Assert.False(AdaptiveEn16798.Band(double.NaN, AdaptiveCategory.I).Accepts(25));
    }

    [Fact]
    public void Moving_air_raises_the_upper_bound_only_from_25_degrees()
    {
        // Trm 20: category I up to 27.4 °C.
        Assert.False(AdaptiveEn16798.Accepts(28, 0.5, 20, AdaptiveCategory.I));
        Assert.True(AdaptiveEn16798.Accepts(28, 0.6, 20, AdaptiveCategory.I));
        Assert.False(AdaptiveEn16798.Accepts(29.7, 1.2, 20, AdaptiveCategory.I));
        // Trm 10: category I ends at 24.1 °C, where moving air does not count.
        Assert.False(AdaptiveEn16798.Accepts(24.5, 1.2, 10, AdaptiveCategory.I));
    }

    [Theory]
    [InlineData(0.1, 25)]
    [InlineData(0.3, 24.8)]
    [InlineData(0.8, 24.6)]
    public void Operative_temperature_leans_to_the_air_as_it_moves(double speed, double expected) =>
        Assert.Equal(expected, OperativeTemperature.Celsius(24, 26, speed), 1e-12);

    private static void Compare(
        Agreement agreement, ValidationRow row, string key, Metering.Core.Applicability.ModelValue actual, double tolerance)
    {
        if (!row.HasOutput(key))
        {
            return;
        }

        var expected = row.Output(key);
        agreement.Exact(row.Name + " " + key, expected.HasValue, actual.IsApplicable);
        if (expected.HasValue && actual.IsApplicable)
        {
            var celsius = row.IsImperial ? (expected.Value - 32) * 5 / 9 : expected.Value;
            agreement.Absolute(row.Name + " " + key, celsius, actual.Value, tolerance);
        }
    }
}
