using System.Globalization;
using Metering.Core.Conversion;
using Metering.Core.Tests.Reference;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Conversion;

/// <summary>The network of Lens (SCET-Egis, 28/07/2017): every figure the study derives from its own table.</summary>
public sealed class HeatNetworkTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Year> Years = Read();

    [Fact]
    public void Rigour_sales_at_reference_climate_efficiency_and_price_are_reproduced()
    {
        var reference = Years["CEP2016"];
        var agreement = new Agreement("heatnet, Lens");
        // Sales at reference climate, MWh, and mean price, EUR/MWh: computed from the study's figures by another hand.
        foreach (var (year, corrected, price) in new[] { ("2014", 52353.0, 64.73), ("2015", 47796, 60.88), ("2016", 45662, 55.35) })
        {
            var y = Years[year];
            agreement.Absolute(year + " rigour", y.Rigour, HeatNetwork.Rigour(y.DegreeDays, reference.DegreeDays).Value, 0.005);
            agreement.Absolute(
                year + " sales", corrected,
                HeatNetwork.AtReferenceClimate(y.Sold, 0, y.DegreeDays, reference.DegreeDays).Value, 1);
            agreement.Absolute(year + " efficiency", y.Efficiency, HeatNetwork.Efficiency(y.Sold, y.Sent).Value, 0.005);
            agreement.Absolute(
                year + " price", price,
                HeatNetwork.MeanPrice(1000 * y.R1, 1000 * y.R2, y.Sold).Value, 0.01);
        }

        // Printed by the study for 2016: 55.36.
        agreement.Absolute("2016 price printed", 55.36, HeatNetwork.MeanPrice(1756000, 637400, 43241).Value, 0.011);
        agreement.Absolute("CEP efficiency", 0.8703, HeatNetwork.Efficiency(reference.Sold, reference.Sent).Value, 0.0001);
        agreement.Check(output, 14);
    }

    [Fact]
    public void Raw_sales_rise_while_sales_at_reference_climate_fall()
    {
        var (first, last, reference) = (Years["2014"], Years["2016"], Years["CEP2016"]);
        Assert.Equal(0.043, (last.Sold / first.Sold) - 1, 0.0005);
        var corrected = HeatNetwork.AtReferenceClimate(last.Sold, 0, last.DegreeDays, reference.DegreeDays).Value
            / HeatNetwork.AtReferenceClimate(first.Sold, 0, first.DegreeDays, reference.DegreeDays).Value;
        Assert.Equal(-0.128, corrected - 1, 0.0005);
    }

    [Fact]
    public void Prices_R1_and_R2_of_2016_add_up()
    {
        Assert.Equal(41.74, 40.951 + 0.157 + 0.632, 0.001);
        Assert.Equal(26.67, 3.166 + 11.367 + 2.341 + 8.87 + 0.926, 0.001);
        // Substation 17: 162.04 MWh and 105 kW at those prices.
        Assert.Equal((41.74 * 162.04) + (26.67 * 105), HeatNetwork.Bill(41.74, 162.04, 26.67, 105), 1e-9);
    }

    [Fact]
    public void Column_sums_of_the_substations_show_what_the_study_prints_wrongly()
    {
        var rows = Csv("heatnet/lens_substations.csv");
        Assert.Equal(37, rows.Count);
        double Sum(string column) => rows.Sum(r => Number(r, column));
        // 2013: printed 53 158 MWh and 27 387 kW; the columns sum to 50 175 and 25 598. 2016 agrees.
        Assert.Equal(50175, Sum("need_2013_mwh"), 0.5);
        Assert.Equal(25598, Sum("subscribed_2013_kw"), 0.5);
        Assert.Equal(43240.91, Sum("need_2016_mwh"), 0.005);
        Assert.Equal(23992, Sum("subscribed_2016_kw"), 0.5);
        // "-11 %" of subscribed power from 2014 to 2016 is -6.6 %.
        Assert.Equal(-0.066, (23992.0 / 25684) - 1, 0.0005);
    }

    [Fact]
    public void Only_the_part_that_follows_the_weather_is_corrected()
    {
        Assert.Equal(100 + 30, HeatNetwork.AtReferenceClimate(80, 30, 2000, 2500).Value, 1e-9);
        Assert.Same(HeatNetwork.NoDenominator, HeatNetwork.AtReferenceClimate(80, 30, 0, 2500).Reason);
        Assert.Same(HeatNetwork.NoDenominator, HeatNetwork.MeanPrice(1, 1, 0).Reason);
    }

    private static Dictionary<string, Year> Read() => Csv("heatnet/lens_network_years.csv").ToDictionary(
        r => r["year"],
        r => new Year(
            Number(r, "heat_sold_mwh"), Number(r, "climate_severity_coef"), Number(r, "dju_base18"),
            Number(r, "heat_consumed_by_network_mwh"), Number(r, "efficiency"), Number(r, "r1_revenue_keur"),
            Number(r, "r2_revenue_keur")));

    private static double Number(Dictionary<string, string> row, string column) =>
        double.Parse(row[column], CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Csv(string path)
    {
        var lines = File.ReadAllLines(ReferenceFile.Path(path));
        var header = Cells(lines[0]);
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => header.Zip(Cells(l)).ToDictionary(p => p.First, p => p.Second))];
    }

    // Quoted cells hold commas.
    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var quoted = false;
        var start = 0;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                cells.Add(line[start..i].Trim('"'));
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return cells;
    }

    private sealed record Year(
        double Sold, double Rigour, double DegreeDays, double Sent, double Efficiency, double R1, double R2);
}
