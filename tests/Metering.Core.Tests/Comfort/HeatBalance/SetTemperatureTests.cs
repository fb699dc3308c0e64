using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Tests.Reference;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Comfort.HeatBalance;

public sealed class SetTemperatureTests(ITestOutputHelper output)
{
    [Fact]
    public void Cooling_effect_agrees_with_the_published_table()
    {
        using var table = new ValidationTable("ts_cooling_effect");
        var agreement = new Agreement("ts_cooling_effect");
        foreach (var row in table.Rows)
        {
            // The table goes up to 3.1 m/s and 80 °C, beyond ASHRAE 55: the bare model is compared.
            var expected = row.IsImperial ? row.Output("ce")!.Value * 5 / 9 : row.Output("ce")!.Value;
            var actual = CoolingEffect.Kelvin(
                row.Celsius("tdb"), row.Celsius("tr"), row.MetresPerSecond("vr"), row.Input("rh"), row.Input("met"), row.Input("clo"));
            agreement.Absolute(row.Name, expected, actual, table.Tolerance("ce"));
        }

        agreement.Check(output, 54);
    }

    [Theory]
    // Three values of ts_set.json (not at hand as a file): base case, dry air, warm air; its tolerance is 0.5 K.
    [InlineData(25, 25, 50, 23.8)]
    [InlineData(25, 25, 10, 23.3)]
    [InlineData(30, 25, 50, 26.4)]
    public void SET_agrees_with_the_three_published_values(double air, double radiant, double rh, double expected) =>
        Assert.Equal(expected, SetTemperature.At(air, radiant, 0.15, rh, 1, 0.5).Value, 0.5);

    [Fact]
    public void Cooling_effect_is_what_still_air_must_be_cooler_for_the_same_SET()
    {
        foreach (var t in new[] { 22.0, 26, 30 })
        {
            foreach (var v in new[] { 0.2, 0.5, 1, 2 })
            {
                foreach (var rh in new[] { 20.0, 50, 80 })
                {
                    var effect = CoolingEffect.At(t, t, v, rh, 1.1, 0.5).Value;
                    Assert.True(effect > 0);
                    Assert.Equal(
                        SetTemperature.Celsius(t, t, v, rh, 1.1, 0.5),
                        SetTemperature.Celsius(t - effect, t - effect, CoolingEffect.StillAir, rh, 1.1, 0.5),
                        1e-3);
                }
            }
        }
    }

    [Fact]
    public void Still_air_does_not_cool_and_air_beyond_the_standard_is_refused()
    {
        Assert.Equal(0, CoolingEffect.At(28, 28, 0.1, 75, 1, 0.5).Value);
        Assert.Same(PmvLimits.AshraeAirSpeed, CoolingEffect.At(28, 28, 2.01, 75, 1, 0.5).Reason);
        Assert.Same(PmvLimits.AshraeMetabolicRate, SetTemperature.At(28, 28, 0.5, 75, 0.9, 0.5).Reason);
    }
}
