using Metering.Core.Comfort.HeatBalance;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Comfort.HeatBalance;

public sealed class DeclaredOccupantTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    [Theory]
    [InlineData(0.1, 1.2, 0.5)]
    [InlineData(0.8, 1.0, 0.36)]
    [InlineData(0.5, 1.2, 0.5)]
    [InlineData(1.5, 1.4, 0.3)]
    [InlineData(0.2, 1.1, 1.0)]
    public void Between_the_corners_the_lattice_stays_with_the_model(double speed, double met, double clo)
    {
        var occupant = new DeclaredOccupant(speed, met, clo);
        var random = new Random(Seed);
        double worstSet = 0, worstEffect = 0, worstVote = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var (t, rh) = (15 + (20 * random.NextDouble()), 20 + (79 * random.NextDouble()));
            worstSet = Math.Max(worstSet, Math.Abs(occupant.SetAt(t, rh).Value - SetTemperature.At(t, t, speed, rh, met, clo).Value));
            worstEffect = Math.Max(worstEffect, Math.Abs(occupant.CoolingEffectAt(t, rh).Value - CoolingEffect.At(t, t, speed, rh, met, clo).Value));
            worstVote = Math.Max(worstVote, Math.Abs(occupant.VoteAt(t, rh).Vote.Value - Pmv.Ashrae55(t, t, speed, rh, met, clo).Vote.Value));
        }

        output.WriteLine(FormattableString.Invariant($"seed {Seed}: SET* {worstSet:F5} K, cooling effect {worstEffect:F5} K, PMV {worstVote:F5}"));
        Assert.True(worstSet < 0.03, $"SET* {worstSet}");
        Assert.True(worstEffect < 0.03, $"cooling effect {worstEffect}");
        Assert.True(worstVote < 0.01, $"PMV {worstVote}");
    }

    [Fact]
    public void The_ends_of_the_range_are_within_it_and_beyond_is_refused()
    {
        var occupant = new DeclaredOccupant(0.5, 1.2, 0.5);
        foreach (var (t, rh) in new[] { (10.0, 0.0), (10, 100), (40, 0), (40, 100) })
        {
            Assert.Equal(SetTemperature.At(t, t, 0.5, rh, 1.2, 0.5).Value, occupant.SetAt(t, rh).Value, 1e-9);
        }

        Assert.Same(PmvLimits.AshraeTemperature, occupant.SetAt(9.99, 50).Reason);
        Assert.Same(PmvLimits.AshraeTemperature, occupant.VoteAt(double.NaN, 50).Vote.Reason);
        Assert.Same(PmvLimits.RelativeHumidity, occupant.CoolingEffectAt(25, double.NaN).Reason);
        Assert.Equal(0, DeclaredOccupant.Office.CoolingEffectAt(25, 50).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeclaredOccupant(2.1, 1.2, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeclaredOccupant(0.1, 0.9, 0.5));
    }
}
