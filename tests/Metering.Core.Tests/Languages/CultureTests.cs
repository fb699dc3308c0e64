using System.Globalization;
using Metering.Core.Applicability;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Conversion;
using Metering.Core.Languages;
using Metering.Core.Obligations;
using Metering.Core.Psychrometrics;
using Metering.Core.Weather;

namespace Metering.Core.Tests.Languages;

/// <summary>The culture of the machine must not reach a number, a sentence or a table.</summary>
public sealed class CultureTests
{
    [Theory]
    [InlineData("fr-FR")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("")]
    public void Tables_and_sentences_are_the_same_on_every_machine(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var refused = WetBulb.Stull(50.5, 50);
            Assert.Equal(
                "Non applicable\u00A0: température 50,5 °C, hors du domaine -20 à 50 °C (Stull 2011).", refused.Sentence(Language.French));
            Assert.Equal(
                "Not applicable: temperature 50.5 °C, outside the range -20 to 50 °C (Stull 2011).", refused.Sentence(Language.English));
            Assert.Equal("0.5", ModelValue.Of(0.5).ToString());
            Assert.Equal(0.771m, FactorTable.Embedded.Get("co2.electricity.gp.orec-2023").Value);
            Assert.Equal("short", CallRules.Get("cd2e").PriorityOf('f')!.Key);
            Assert.Equal(16.264, WeatherStation.Find("97101015")!.Latitude);
            Assert.Equal(GivoniPlace.Zone, GivoniZones.Default.Classify(24, 50).Place);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(1234.5678, 2, "1234,57", "1234.57")]
    [InlineData(-0.0001, 2, "0", "0")]
    [InlineData(2.50, 2, "2,5", "2.5")]
    [InlineData(3, 0, "3", "3")]
    [InlineData(double.NaN, 1, "non mesuré", "not measured")]
    public void Numbers_have_a_comma_in_French_and_a_point_in_English(double value, int decimals, string french, string english)
    {
        Assert.Equal(french, LocalNumber.Format(value, decimals, Language.French));
        Assert.Equal(english, LocalNumber.Format(value, decimals, Language.English));
    }

    /// <summary>tests/run.sh runs this whole suite a second time as a French machine and sets TEST_CULTURE: then it must be one.</summary>
    [Fact]
    public void The_second_run_is_that_of_a_French_machine_with_daylight_saving()
    {
        if (Environment.GetEnvironmentVariable("TEST_CULTURE") is not { Length: > 0 } culture)
        {
            Assert.Null(Environment.GetEnvironmentVariable("TEST_CULTURE"));
            return;
        }

        Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
        Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));
        Assert.True(TimeZoneInfo.Local.SupportsDaylightSavingTime);
        Assert.Equal(2, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc)).TotalHours);
    }

    [Fact]
    public void An_unknown_language_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BilingualText("a", "b").In((Language)2));
}
