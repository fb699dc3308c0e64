using System.Globalization;
using Metering.Core.Comfort.HeatStress;
using Metering.Core.Languages;
using Metering.Core.Psychrometrics;
using Metering.Core.Tests.Reference;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Comfort.HeatStress;

public sealed class HeatStressTests(ITestOutputHelper output)
{
    [Fact]
    public void Heat_index_agrees_with_the_published_table()
    {
        using var table = new ValidationTable("ts_heat_index");
        var agreement = new Agreement("ts_heat_index");
        foreach (var row in table.Rows)
        {
            // 25 °C is below what the polynomial was made for: the table computes it all the same, this project refuses.
            agreement.Absolute(
                row.Name, row.Output("hi")!.Value, HeatIndex.RothfuszPolynomial(row.Input("tdb"), row.Input("rh")),
                table.Tolerance("hi"));
        }

        agreement.Check(output, 2);
    }

    [Theory]
    [InlineData(28, 80, 32.1)]
    [InlineData(30, 70, 35.04)]
    [InlineData(30, 80, 37.67)]
    public void Heat_index_of_warm_rooms_agrees_with_the_independent_computation(double t, double rh, double expected) =>
        Assert.Equal(expected, HeatIndex.Rothfusz(t, rh).Value, 0.01);

    [Fact]
    public void The_two_heat_indices_differ_in_mild_air_and_say_so()
    {
        Assert.Equal(24.86, HeatIndex.Nws(25, 50).Value, 0.005);
        Assert.Same(HeatIndex.RothfuszTemperature, HeatIndex.Rothfusz(25, 50).Reason);
        Assert.Same(HeatIndex.RothfuszHumidity, HeatIndex.Rothfusz(30, 39.9).Reason);
        Assert.Same(HeatIndex.NwsTemperature, HeatIndex.Nws(19.9, 50).Reason);
    }

    [Theory]
    // Chart of the US National Weather Service, whole °F: 90 °F at 70 % reads 105 (106 in later prints), 86 at 90 % 105,
    // 100 at 40 % 109, 80 at 40 % 80.
    [InlineData(90, 70, 105.5)]
    [InlineData(86, 90, 105)]
    [InlineData(100, 40, 109)]
    [InlineData(80, 40, 80)]
    public void The_NWS_procedure_reads_like_the_NWS_chart(double fahrenheit, double rh, double expected)
    {
        var index = HeatIndex.Nws((fahrenheit - 32) * 5 / 9, rh).Value;
        Assert.Equal(expected, (index * 9 / 5) + 32, 1.0);
    }

    [Fact]
    public void Humidex_agrees_with_the_published_table_and_its_classes()
    {
        using var table = new ValidationTable("ts_humidex");
        var agreement = new Agreement("ts_humidex");
        foreach (var row in table.Rows)
        {
            var actual = Humidex.At(row.Input("tdb"), row.Input("rh")).Value;
            agreement.Absolute(row.Name, row.Output("humidex")!.Value, actual, table.Tolerance("humidex"));
            agreement.Exact(row.Name, row.OutputText("discomfort"), Capital(Humidex.Class(actual).In(Language.English)));
        }

        agreement.Check(output, 38);
    }

    [Theory]
    [InlineData(25, 50, 28.23)]
    [InlineData(28, 80, 39.21)]
    [InlineData(30, 70, 40.91)]
    [InlineData(30, 80, 43.26)]
    public void Humidex_of_warm_rooms_agrees_with_the_independent_computation(double t, double rh, double expected) =>
        Assert.Equal(expected, Humidex.At(t, rh).Value, 0.006);

    [Fact]
    public void Discomfort_index_agrees_with_the_published_table_and_its_classes()
    {
        using var table = new ValidationTable("ts_discomfort_index");
        var agreement = new Agreement("ts_discomfort_index");
        foreach (var row in table.Rows)
        {
            var actual = DiscomfortIndex.At(row.Input("tdb"), row.Input("rh")).Value;
            agreement.Absolute(row.Name, row.Output("di")!.Value, actual, table.Tolerance("di"));
            agreement.Exact(
                row.Name, row.OutputText("discomfort_condition"), Capital(DiscomfortIndex.Class(actual).In(Language.English)));
        }

        agreement.Check(output, 32);
    }

    [Fact]
    public void WBGT_agrees_with_the_published_table()
    {
        using var table = new ValidationTable("ts_wbgt");
        var agreement = new Agreement("ts_wbgt");
        foreach (var row in table.Rows)
        {
            var actual = row.Flag("with_solar_load", false)
                ? Wbgt.WithSun(row.Input("twb"), row.Input("tg"), row.Input("tdb"))
                : Wbgt.WithoutSun(row.Input("twb"), row.Input("tg"));
            agreement.Absolute(row.Name, row.Output("wbgt")!.Value, actual, table.Tolerance("wbgt"));
        }

        agreement.Check(output, 11);
    }

    [Fact]
    public void WBGT_without_a_globe_is_an_estimate_between_wet_bulb_and_air()
    {
        // 28 °C at 80 %: wet bulb 25.205 °C (independent computation), so 0.7 of it and 0.3 of 28.
        Assert.Equal((0.7 * 25.205) + (0.3 * 28), Wbgt.ShadeEstimate(28, 80, StandardAtmosphere.SeaLevelPa).Value, 0.001);
        Assert.False(Wbgt.ShadeEstimate(28, double.NaN, StandardAtmosphere.SeaLevelPa).IsApplicable);
    }

    [Fact]
    public void Felt_temperatures_refuse_what_they_were_not_made_for()
    {
        Assert.Same(Humidex.Temperature, Humidex.At(-1, 50).Reason);
        Assert.Same(Humidex.RelativeHumidity, Humidex.At(25, 101).Reason);
        Assert.Same(DiscomfortIndex.Temperature, DiscomfortIndex.At(14.4, 50).Reason);
    }

    private static string Capital(string sentence) =>
        string.Concat(sentence[..1].ToUpper(CultureInfo.InvariantCulture), sentence.AsSpan(1));
}
