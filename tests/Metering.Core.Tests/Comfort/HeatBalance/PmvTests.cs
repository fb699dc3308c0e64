using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Tests.Reference;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Comfort.HeatBalance;

public sealed class PmvTests(ITestOutputHelper output)
{
    [Fact]
    public void Table_D1_of_ISO_7730_is_reproduced()
    {
        using var table = new ValidationTable("ts_pmv_ppd");
        var agreement = new Agreement("ts_pmv_ppd, ISO 7730:2005 table D.1");
        var ppd = new Agreement("ts_pmv_ppd, ISO 7730:2005 table D.1, PPD");
        foreach (var row in table.Rows.Where(r => r.Source == "ISO 7730 2005"))
        {
            var result = Iso(row);
            agreement.Absolute(row.Name, row.Output("pmv")!.Value, result.Vote.Value, table.Tolerance("pmv"));
            ppd.Absolute(row.Name, row.Output("ppd")!.Value, result.Dissatisfied.Value, table.Tolerance("ppd"));
        }

        agreement.Check(output, 12);
        ppd.Check(output, 12);
    }

    [Fact]
    public void ASHRAE_55_rows_in_both_unit_systems_are_reproduced()
    {
        using var table = new ValidationTable("ts_pmv_ppd");
        var agreement = new Agreement("ts_pmv_ppd, ASHRAE 55-2017");
        var ppd = new Agreement("ts_pmv_ppd, ASHRAE 55-2017, PPD");
        foreach (var row in table.Rows.Where(r => r.Source == "ASHRAE 55 2017"))
        {
            var result = Ashrae(row);
            agreement.Absolute(row.Name, row.Output("pmv")!.Value, result.Vote.Value, table.Tolerance("pmv"));
            ppd.Absolute(row.Name, row.Output("ppd")!.Value, result.Dissatisfied.Value, table.Tolerance("ppd"));
        }

        agreement.Check(output, 16);
        ppd.Check(output, 16);
    }

    [Fact]
    public void Every_other_row_of_the_table_is_reproduced_or_refused_as_the_table_says()
    {
        using var table = new ValidationTable("ts_pmv_ppd");
        var agreement = new Agreement("ts_pmv_ppd, rows without source");
        foreach (var row in table.Rows.Where(r => r.Source.Length == 0))
        {
            // Rows without a standard are pythermalcomfort's default, ISO 7730.
            var iso = row.Text("standard") is null or "ISO";
            var expected = row.Output("pmv");
            if (!row.Flag("limit_inputs", true))
            {
                var vote = iso ? Equation(row) : Pmv.EquationWithCoolingEffect(
                    row.Celsius("tdb"), row.Celsius("tr"), row.MetresPerSecond("vr"), row.Input("rh"), row.Input("met"), row.Input("clo"));
                agreement.Absolute(row.Name, expected!.Value, vote, table.Tolerance("pmv"));
                agreement.Absolute(row.Name, row.Output("ppd")!.Value, Pmv.Ppd(vote), table.Tolerance("ppd"));
                continue;
            }

            var result = iso ? Iso(row) : Ashrae(row);
            agreement.Exact(row.Name, expected.HasValue, result.Vote.IsApplicable);
            if (expected.HasValue && result.Vote.IsApplicable)
            {
                agreement.Absolute(row.Name, expected.Value, result.Vote.Value, table.Tolerance("pmv"));
                agreement.Absolute(row.Name, row.Output("ppd")!.Value, result.Dissatisfied.Value, table.Tolerance("ppd"));
            }
        }

        agreement.Check(output, 30);
    }

    [Theory]
    [InlineData(24, 0.1, 50, 1.2, 0.5, -0.213, 5.94)]
    [InlineData(26, 0.1, 60, 1.2, 0.5, 0.459, 9.39)]
    [InlineData(22, 0.1, 55, 1.2, 0.5, -0.782, 17.88)]
    [InlineData(28, 0.1, 75, 1.0, 0.36, 0.73, 16.2)]
    [InlineData(28, 0.8, 75, 1.0, 0.36, -0.311, 7.0)]
    public void Rooms_of_the_tropics_agree_with_the_independent_computation(
        double t, double v, double rh, double met, double clo, double vote, double ppd)
    {
        var actual = Pmv.Equation(t, t, v, rh, met, clo);
        Assert.Equal(vote, actual, 0.002);
        Assert.Equal(ppd, Pmv.Ppd(actual), 0.06);
    }

    [Fact]
    public void A_naturally_ventilated_tropical_room_is_too_humid_for_ISO_7730()
    {
        // 28 °C and 75 %: 2 837 Pa, above the 2 700 Pa of the standard.
        var result = Pmv.Iso7730(28, 28, 0.1, 75, 1.0, 0.36);
        Assert.Same(PmvLimits.IsoVapourPressure, result.Vote.Reason);
        Assert.Same(PmvLimits.IsoVapourPressure, result.Dissatisfied.Reason);
    }

    [Fact]
    public void Each_limit_of_ISO_7730_refuses_on_its_own()
    {
        Assert.Same(PmvLimits.IsoAirTemperature, Pmv.Iso7730(30.01, 25, 0.1, 50, 1.2, 0.5).Vote.Reason);
        Assert.Same(PmvLimits.IsoRadiantTemperature, Pmv.Iso7730(25, 9.99, 0.1, 50, 1.2, 0.5).Vote.Reason);
        Assert.Same(PmvLimits.IsoAirSpeed, Pmv.Iso7730(25, 25, 1.01, 50, 1.2, 0.5).Vote.Reason);
        Assert.Same(PmvLimits.RelativeHumidity, Pmv.Iso7730(25, 25, 0.1, double.NaN, 1.2, 0.5).Vote.Reason);
        Assert.Same(PmvLimits.IsoMetabolicRate, Pmv.Iso7730(25, 25, 0.1, 50, 0.79, 0.5).Vote.Reason);
        Assert.Same(PmvLimits.IsoClothing, Pmv.Iso7730(25, 25, 0.1, 50, 1.2, 2.01).Vote.Reason);
        Assert.Same(PmvLimits.IsoVote, Pmv.Iso7730(10, 10, 1, 50, 0.8, 0).Vote.Reason);
    }

    [Fact]
    public void Clothing_surface_converges_over_the_whole_range_of_ISO_7730()
    {
        // The vote must be smooth: a step that jumps betrays an iteration that stopped early.
        foreach (var v in new[] { 0.0, 0.05, 0.1, 0.3, 1 })
        {
            foreach (var met in new[] { 0.8, 1.2, 2, 4 })
            {
                foreach (var clo in new[] { 0, 0.05, 0.5, 1, 2 })
                {
                    var before = Pmv.Equation(10, 10, v, 50, met, clo);
                    for (var t = 10.01; t <= 30; t += 0.01)
                    {
                        var now = Pmv.Equation(t, t, v, 50, met, clo);
                        Assert.True(now > before && now - before < 0.02, $"v {v} met {met} clo {clo} at {t}: {before} -> {now}");
                        before = now;
                    }
                }
            }
        }
    }

    [Fact]
    public void Warmer_radiation_raises_the_vote_by_about_a_tenth_a_kelvin_in_still_air()
    {
        var change = Pmv.Equation(26, 27, 0.1, 60, 1.2, 0.5) - Pmv.Equation(26, 26, 0.1, 60, 1.2, 0.5);
        Assert.InRange(change, 0.1, 0.15);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.5, 10.2)]
    [InlineData(-0.5, 10.2)]
    [InlineData(1, 26.1)]
    [InlineData(2, 76.8)]
    public void PPD_has_the_values_of_the_standard(double vote, double ppd) => Assert.Equal(ppd, Pmv.Ppd(vote), 0.05);

    [Theory]
    [InlineData(0.19, ThermalCategory.I)]
    [InlineData(-0.2, ThermalCategory.II)]
    [InlineData(0.5, ThermalCategory.III)]
    [InlineData(0.7, ThermalCategory.IV)]
    [InlineData(-1, ThermalCategory.None)]
    public void Categories_have_open_bounds(double vote, ThermalCategory category) =>
        Assert.Equal(category, ThermalCategories.OfVote(vote));

    [Fact]
    public void Votes_allocate_nothing()
    {
        var sum = 0.0;
        _ = Pmv.Iso7730(24, 24, 0.1, 50, 1.2, 0.5);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            var result = Pmv.Iso7730(20 + (i % 10), 24, 0.1, 50, 1.2, 0.5);
            sum += result.Vote.IsApplicable ? result.Vote.Value : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sum));
    }

    private static PmvResult Iso(ValidationRow row) => Pmv.Iso7730(
        row.Celsius("tdb"), row.Celsius("tr"), row.MetresPerSecond("vr"), row.Input("rh"), row.Input("met"), row.Input("clo"));

    private static PmvResult Ashrae(ValidationRow row) => Pmv.Ashrae55(
        row.Celsius("tdb"), row.Celsius("tr"), row.MetresPerSecond("vr"), row.Input("rh"), row.Input("met"), row.Input("clo"),
        row.Flag("airspeed_control", true));

    private static double Equation(ValidationRow row) => Pmv.Equation(
        row.Celsius("tdb"), row.Celsius("tr"), row.MetresPerSecond("vr"), row.Input("rh"), row.Input("met"), row.Input("clo"));
}
