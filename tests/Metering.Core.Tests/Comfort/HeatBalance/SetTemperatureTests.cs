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

    /// <summary>
    /// The values of ASHRAE 55-2017, as listed in ts_set.json of FedericoTartarini/validation-data-comfort-models (MIT):
    /// air, radiant, RH, speed, met, clo, SET*. Its tolerance is 0.1 K. The row in °F is converted (77 °F, 0.328 ft/s).
    /// </summary>
    private static readonly (double Air, double Radiant, double Humidity, double Speed, double Met, double Clo, double Set)[] Published =
    [
        (25, 25, 10, 0.15, 1, 0.5, 23.3), (0, 25, 50, 0.15, 1, 0.5, 12.1), (10, 25, 50, 0.15, 1, 0.5, 16.8),
        (15, 25, 50, 0.15, 1, 0.5, 19.2), (20, 25, 50, 0.15, 1, 0.5, 21.5), (30, 25, 50, 0.15, 1, 0.5, 26.4),
        (40, 25, 50, 0.15, 1, 0.5, 34.3), (25, 25, 90, 0.15, 1, 0.5, 24.9), (25, 25, 50, 0.1, 1, 0.5, 24.0),
        (25, 25, 50, 0.6, 1, 0.5, 21.3), (25, 25, 50, 1.1, 1, 0.5, 20.2), (25, 25, 50, 3, 1, 0.5, 18.6),
        (25, 10, 50, 0.15, 1, 0.5, 15.3), (25, 40, 50, 0.15, 1, 0.5, 31.6), (25, 25, 50, 0.15, 1, 0.1, 20.7),
        (25, 25, 50, 0.15, 1, 1, 27.2), (25, 25, 50, 0.15, 1, 2, 32.4), (25, 25, 50, 0.15, 1, 4, 37.6),
        (25, 25, 50, 0.15, 0.8, 0.5, 23.3), (25, 25, 50, 0.15, 2, 0.5, 25.9), (25, 25, 50, 0.15, 4, 0.5, 30.5),
        (25, 25, 50, 0.15, 1, 0.5, 23.8), (25, 25, 50, 1.1, 2, 0.5, 24.0), (25, 25, 50, 1.1, 3, 0.5, 27.4),
        (25, 25, 50, 1.1, 4, 0.5, 30.3), (25, 25, 50, 1.1, 1.5, 0.5, 22.3), (25, 25, 50, 1.1, 1.5, 0.75, 24.8),
        (25, 25, 50, 1.1, 1.5, 0.1, 17.6), (29, 25, 50, 1.1, 1.5, 0.5, 25.0), (27, 25, 50, 1.1, 1.5, 0.75, 26.2),
        (20, 25, 50, 1.1, 1.5, 0.1, 13.3), (25, 27, 50, 1.1, 1.5, 0.5, 22.9), (25, 29, 50, 1.1, 1.5, 0.5, 23.5),
        (25, 31, 50, 1.1, 1.5, 0.5, 24.0), (25, 27, 50, 1.3, 1.5, 0.5, 22.5), (25, 29, 50, 1.5, 1.5, 0.5, 22.8),
        (25, 31, 50, 1.7, 1.5, 0.5, 23.1),
        (25, 25, 50, 0.09997, 1.2, 0.5, (75.8 - 32) / 1.8),
    ];

    /// <summary>Rows of the same list without the body's own movement: what the cooling effect compares.</summary>
    private static readonly (double Air, double Radiant, double Humidity, double Speed, double Met, double Clo, double Set)[] WithoutMovement =
    [
        (25, 25, 50, 1.1, 2, 0.5, 20.5), (25, 25, 50, 1.1, 3, 0.5, 20.9), (25, 25, 50, 1.1, 1.5, 0.5, 20.5),
        (25, 25, 50, 1.1, 1.5, 0.75, 23.1), (25, 25, 50, 1.1, 1.5, 0.1, 15.6), (29, 25, 50, 1.1, 1.5, 0.5, 23.3),
        (27, 25, 50, 1.1, 1.5, 0.75, 24.5), (20, 25, 50, 1.1, 1.5, 0.1, 11.2), (25, 27, 50, 1.1, 1.5, 0.5, 21.1),
        (25, 29, 50, 1.1, 1.5, 0.5, 21.7), (25, 31, 50, 1.1, 1.5, 0.5, 22.3), (25, 27, 50, 1.3, 1.5, 0.5, 20.8),
        (25, 29, 50, 1.5, 1.5, 0.5, 21.0), (25, 31, 50, 1.7, 1.5, 0.5, 21.3),
    ];

    [Fact]
    public void SET_agrees_with_the_published_values()
    {
        var agreement = new Agreement("SET*, ASHRAE 55-2017");
        foreach (var (rows, withMovement) in new[] { (Published, true), (WithoutMovement, false) })
        {
            foreach (var (air, radiant, rh, speed, met, clo, expected) in rows)
            {
                // The rows go beyond the range of the standard (0 °C, 4 clo, 3 m/s): the bare model is compared.
                agreement.Absolute(
                    FormattableString.Invariant($"{air} {radiant} {rh} {speed} {met} {clo}"), expected,
                    SetTemperature.Celsius(air, radiant, speed, rh, met, clo, withMovement), 0.1);
            }
        }

        agreement.Check(output, 52);
    }

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
                        SetTemperature.Celsius(t, t, v, rh, 1.1, 0.5, withMovement: false),
                        SetTemperature.Celsius(t - effect, t - effect, CoolingEffect.StillAir, rh, 1.1, 0.5, withMovement: false),
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
