using Metering.Core.Languages;
using Metering.Core.Psychrometrics;

namespace Metering.Core.Tests.Psychrometrics;

public sealed class ApplicabilityTests
{
    [Theory]
    [InlineData(double.NaN, 50)]
    [InlineData(25, double.NaN)]
    [InlineData(25, -0.1)]
    [InlineData(25, 100.1)]
    [InlineData(-100.1, 50)]
    [InlineData(200.1, 50)]
    [InlineData(double.PositiveInfinity, 50)]
    public void Air_outside_the_formulas_gets_a_reason_and_no_number(double t, double rh)
    {
        Assert.False(VapourPressure.At(t, rh).IsApplicable);
        Assert.False(HumidityRatio.At(t, rh, 101325).IsApplicable);
        Assert.False(DewPoint.At(t, rh).IsApplicable);
        Assert.False(WetBulb.At(t, rh, 101325).IsApplicable);
        Assert.False(Enthalpy.At(t, rh, 101325).IsApplicable);
        Assert.False(AbsoluteHumidity.At(t, rh).IsApplicable);
        Assert.NotEmpty(DewPoint.At(t, rh).Sentence(Language.French));
    }

    [Fact]
    public void Dry_air_has_no_dew_point()
    {
        Assert.Same(PsychrometricLimits.VapourPressure, DewPoint.At(25, 0).Reason);
        Assert.Same(PsychrometricLimits.RelativeHumidity, DewPoint.Magnus(25, 0).Reason);
    }

    [Fact]
    public void Steam_at_boiling_has_no_humidity_ratio() =>
        Assert.Same(PsychrometricLimits.Boiling, HumidityRatio.At(110, 100, 101325).Reason);

    [Fact]
    public void A_wet_bulb_that_no_air_can_have_is_refused_and_not_clamped()
    {
        Assert.Same(PsychrometricLimits.WetBulbTooHigh, HumidityRatio.FromWetBulb(25, 25.1, 101325).Reason);
        // Dry air of 40 °C has a wet bulb of about 13.5 °C.
        Assert.Same(PsychrometricLimits.WetBulbTooLow, HumidityRatio.FromWetBulb(40, 5, 101325).Reason);
        Assert.Equal(0, HumidityRatio.FromWetBulb(40, WetBulb.At(40, 0, 101325).Value + 1e-6, 101325).Value, 1e-4);
    }

    [Fact]
    public void Stull_refuses_air_outside_the_range_of_its_fit()
    {
        Assert.Same(PsychrometricLimits.StullRelativeHumidity, WetBulb.Stull(25, 4.9).Reason);
        Assert.Same(PsychrometricLimits.StullTemperature, WetBulb.Stull(50.1, 50).Reason);
        Assert.Same(PsychrometricLimits.Altitude, StandardAtmosphere.PressurePa(12000).Reason);
    }

    [Fact]
    public void A_refusal_reads_as_a_sentence_in_both_languages()
    {
        var refused = WetBulb.Stull(50.5, 50);
        Assert.Equal("Non applicable\u00A0: température 50,5 °C, hors du domaine -20 à 50 °C (Stull 2011).", refused.Sentence(Language.French));
        Assert.Equal("Not applicable: temperature 50.5 °C, outside the range -20 to 50 °C (Stull 2011).", refused.Sentence(Language.English));
        Assert.Contains("50.5 °C", Assert.Throws<InvalidOperationException>(() => refused.Value).Message, StringComparison.Ordinal);
    }
}
