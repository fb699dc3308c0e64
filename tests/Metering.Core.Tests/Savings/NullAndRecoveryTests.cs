using System.Globalization;
using MathNet.Numerics.Distributions;
using Metering.Core.Savings;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Savings;

/// <summary>
/// One hundred seeded buildings for each case. An honest interval of confidence c contains the truth in a binomial
/// number of them; the test fails when fewer do than an honest interval would show in 999 of 1000 campaigns (80 of 100
/// at 90 %, 87 of 100 at 95 %). TEST_BUILDINGS (100 to 1000) asks for larger campaigns.
/// </summary>
public sealed class NullAndRecoveryTests(ITestOutputHelper output)
{
    private static readonly int Buildings = int.TryParse(
        Environment.GetEnvironmentVariable("TEST_BUILDINGS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
        ? Math.Clamp(asked, 100, 1000)
        : 100;

    private static int Least(double confidence)
    {
        var distribution = new Binomial(confidence, Buildings);
        var k = 0;
        while (distribution.CumulativeDistribution(k) < 0.001)
        {
            k++;
        }

        return k;
    }

    [Theory]
    [InlineData(1, 0.00, 0.0)]
    [InlineData(2, 0.00, 0.4)]
    [InlineData(3, 0.10, 0.0)]
    [InlineData(4, 0.10, 0.4)]
    [InlineData(5, 0.30, 0.4)]
    [InlineData(6, 0.35, 0.0)]
    public void The_interval_contains_the_planted_cut_as_often_as_it_claims(int campaign, double cut, double rho)
    {
        UncertaintyMethod[] methods = [UncertaintyMethod.LeastSquares, UncertaintyMethod.SunBaltazarDaily, UncertaintyMethod.Guideline14];
        double[] confidences = [0.90, 0.95];
        var contained = new int[methods.Length, confidences.Length];
        double worst = 0, bias = 0;
        for (var i = 0; i < Buildings; i++)
        {
            var building = SyntheticBuilding.Random((1000 * campaign) + i, cut, rho, heating: i % 3 == 0);
            var model = CalTrack.Daily(building.Baseline, BalancePointGrid.CalTrackCelsius).Model!;
            for (var m = 0; m < methods.Length; m++)
            {
                for (var c = 0; c < confidences.Length; c++)
                {
                    var avoided = AvoidedEnergyUse.Of(model, building.Reporting, methods[m], confidences[c]);
                    var error = avoided.SavingsKWh - building.TrueSavingsKWh;
                    contained[m, c] += Math.Abs(error) <= avoided.UncertaintyKWh ? 1 : 0;
                    if (m == 0 && c == 0)
                    {
                        worst = Math.Max(worst, Math.Abs(error) / avoided.AdjustedBaselineKWh);
                        bias += error / avoided.AdjustedBaselineKWh / Buildings;
                    }
                }
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"campaign {campaign}: cut {cut:P0}, rho {rho}; mean error {bias:P2}, worst {worst:P2} of the baseline"));
        for (var m = 0; m < methods.Length; m++)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{methods[m],-18} contained in {contained[m, 0]} (90 %) and {contained[m, 1]} (95 %) of {Buildings}"));
        }

        // Guideline 14 is printed for comparison only: its factor of 1.26 is below the 1.41 that equal periods need.
        for (var m = 0; m < 2; m++)
        {
            Assert.True(contained[m, 0] >= Least(0.90), $"{methods[m]} at 90 %: {contained[m, 0]} of {Buildings}, campaign {campaign}");
            Assert.True(contained[m, 1] >= Least(0.95), $"{methods[m]} at 95 %: {contained[m, 1]} of {Buildings}, campaign {campaign}");
        }

        Assert.InRange(bias, -0.01, 0.01);
    }
}
