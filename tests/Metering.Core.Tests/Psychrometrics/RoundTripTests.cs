using Metering.Core.Psychrometrics;

namespace Metering.Core.Tests.Psychrometrics;

/// <summary>Inverses and iterations, over grids that include the corners: freezing, near dry, saturated, high altitude.</summary>
public sealed class RoundTripTests
{
    private static readonly double[] Humidities = [0.1, 1, 5, 20, 50, 80, 95, 99.9, 100];
    private static readonly double[] Pressures = [101325, 95461, 61640];

    [Fact]
    public void Dew_point_is_the_inverse_of_the_vapour_pressure_over_the_whole_range()
    {
        for (var t = -60.0; t <= 120; t += 0.37)
        {
            foreach (var rh in Humidities)
            {
                var pv = VapourPressure.At(t, rh).Value;
                var dew = DewPoint.At(t, rh);
                if (!dew.IsApplicable)
                {
                    Assert.True(pv < PsychrometricLimits.VapourPressure.Minimum);
                    continue;
                }

                Assert.Equal(pv, SaturationPressure.At(dew.Value).Value, pv * 1e-6);
                Assert.True(dew.Value <= t + 1e-6);
            }
        }
    }

    [Fact]
    public void Dew_point_at_saturation_is_the_air_temperature_also_at_the_kink_of_freezing()
    {
        foreach (var t in new[] { -100, -40, -1e-6, 0, 1e-6, 0.01, 25, 200 })
        {
            Assert.Equal(t, DewPoint.FromVapourPressure(SaturationPressure.At(t).Value).Value, 1e-6);
        }
    }

    [Fact]
    public void Wet_bulb_is_the_inverse_of_the_humidity_ratio_and_lies_between_dew_point_and_air()
    {
        foreach (var p in Pressures)
        {
            for (var t = -20.0; t <= 60; t += 0.73)
            {
                foreach (var rh in Humidities)
                {
                    var w = HumidityRatio.At(t, rh, p).Value;
                    var wet = WetBulb.At(t, rh, p).Value;
                    Assert.True(wet <= t + 1e-6);
                    // Between water and ice the two equations do not meet: no wet bulb fits a ratio inside that step.
                    if (Math.Abs(wet) > 1e-5)
                    {
                        Assert.Equal(w, HumidityRatio.FromWetBulb(t, wet, p).Value, 1e-4);
                    }

                    if (wet > 0.1 && DewPoint.At(t, rh).TryGetValue(out var dew))
                    {
                        // The fits of enthalpy and saturation agree to a few hundredths of a kelvin.
                        Assert.True(wet >= dew - 0.05, $"T {t} RH {rh} p {p}: wet bulb {wet} below dew point {dew}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Magnus_dew_point_is_the_inverse_of_the_Magnus_curve()
    {
        for (var t = -45.0; t <= 60; t += 0.5)
        {
            Assert.Equal(t, DewPoint.Magnus(t, 100).Value, 1e-9);
        }
    }

    [Fact]
    public void Saturation_curves_over_ice_and_water_meet_at_freezing()
    {
        // Handbook: both branches describe the triple point region; they meet within 0.03 %.
        var ice = SaturationPressure.At(-1e-9).Value;
        var water = SaturationPressure.At(0).Value;
        Assert.Equal(water, ice, water * 3e-4);
    }
}
