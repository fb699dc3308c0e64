using Metering.Core.Comfort.Mould;

namespace Metering.Core.Tests.Comfort.Mould;

public sealed class MouldTests
{
    [Theory]
    // Constant conditions from a clean surface, hourly steps; independent computation, days and index.
    [InlineData(MouldSensitivity.VerySensitive, 25, 90, 0.277, 0.554, 1.214, 3.326, 3.987, 3.996)]
    [InlineData(MouldSensitivity.VerySensitive, 25, 97, 0.785, 2.134, 5.073, 5.504, 5.504, 5.504)]
    [InlineData(MouldSensitivity.VerySensitive, 28, 85, 0.135, 0.269, 0.538, 1.139, 2.087, 2.625)]
    [InlineData(MouldSensitivity.Sensitive, 25, 90, 0.160, 0.320, 0.639, 1.183, 1.601, 3.045)]
    [InlineData(MouldSensitivity.Sensitive, 25, 97, 0.453, 0.907, 1.544, 2.750, 3.889, 4.676)]
    [InlineData(MouldSensitivity.MediumResistant, 25, 90, 0.019, 0.039, 0.077, 0.153, 0.229, 0.921)]
    public void Growth_at_constant_conditions_agrees_with_the_independent_computation(
        MouldSensitivity sensitivity, double t, double rh, double week1, double week2, double week4, double week8,
        double week12, double year)
    {
        var expected = new Dictionary<int, double>
        {
            [7] = week1, [14] = week2, [28] = week4, [56] = week8, [84] = week12, [365] = year,
        };
        var state = new MouldState(0, 0);
        for (var hour = 1; hour <= 365 * 24; hour++)
        {
            VttMouldIndex.Step(state, t, rh, 1, sensitivity, 1, out state);
            if (hour % 24 == 0 && expected.TryGetValue(hour / 24, out var index))
            {
                Assert.Equal(index, state.Index, 0.0011);
            }
        }
    }

    [Fact]
    public void Dry_air_lets_growth_die_back_in_three_phases()
    {
        var state = new MouldState(1, 0);
        double At(int hours)
        {
            var s = state;
            for (var i = 0; i < hours; i++)
            {
                VttMouldIndex.Step(s, 22, 50, 1, MouldSensitivity.Sensitive, 1, out s);
            }

            return s.Index;
        }

        Assert.Equal(1 - (0.032 / 24 * 6), At(6), 1e-9);
        Assert.Equal(At(6), At(24), 1e-9);
        Assert.Equal(At(24) - (0.016 / 24 * 24), At(48), 1e-9);
        Assert.Equal(0, At(24 * 365));
    }

    [Fact]
    public void The_index_never_leaves_0_to_6_whatever_the_weather()
    {
        const int Seed = 20260117;
        var random = new Random(Seed);
        foreach (var sensitivity in Enum.GetValues<MouldSensitivity>())
        {
            var state = new MouldState(0, 0);
            for (var i = 0; i < 20_000; i++)
            {
                VttMouldIndex.Step(state, 50 * random.NextDouble(), 60 + (40 * random.NextDouble()), 1, sensitivity, 0.5, out state);
                Assert.True(state.Index is >= 0 and <= 6, $"seed {Seed}, step {i}, {sensitivity}: {state.Index}");
            }
        }
    }

    [Fact]
    public void Conditions_outside_the_experiments_change_nothing_and_say_why()
    {
        var state = new MouldState(2, 3);
        Assert.Same(VttMouldIndex.Temperature, VttMouldIndex.Step(state, 50.1, 90, 1, MouldSensitivity.Sensitive, 1, out var hot).Reason);
        Assert.Equal(state, hot);
        Assert.Same(VttMouldIndex.RelativeHumidity, VttMouldIndex.Step(state, 25, double.NaN, 1, MouldSensitivity.Sensitive, 1, out var unknown).Reason);
        Assert.Equal(state, unknown);
        Assert.Throws<ArgumentOutOfRangeException>(() => VttMouldIndex.Step(state, 25, 90, 24, MouldSensitivity.Sensitive, 1, out _));
    }

    [Theory]
    [InlineData(26, 70, 23.77)]
    [InlineData(28, 75, 26.90)]
    [InlineData(28, 80, 28.00)]
    public void Surfaces_colder_than_the_computed_temperature_pass_80_percent(double air, double rh, double expected)
    {
        var surface = SurfaceHumidity.TemperatureAt(air, rh, SurfaceHumidity.CriticalPct).Value;
        Assert.Equal(expected, surface, 0.01);
        Assert.Equal(SurfaceHumidity.CriticalPct, SurfaceHumidity.At(air, rh, surface).Value, 1e-6);
    }

    [Fact]
    public void A_partition_cooled_by_the_neighbour_is_at_risk()
    {
        Assert.Equal(89.5, SurfaceHumidity.At(28, 75, 25).Value, 0.05);
        Assert.Equal(100, SurfaceHumidity.At(28, 75, 15).Value);
        Assert.False(SurfaceHumidity.TemperatureAt(28, 75, 0).IsApplicable);
    }
}
