using System.Globalization;
using System.Text;
using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Office;

/// <summary>
/// A typical meteorological year of a trade-wind climate: hourly air temperature, dew point and sun of Honolulu (NREL
/// TMY3, US government work; tests/ReferenceData/weather/SOURCE.md). It stands in for Guadeloupe, of which no such file
/// was found.
/// </summary>
internal sealed class TypicalYear
{
    public const int Days = 365;
    public const int HoursADay = 24;

    private const string FileName = "honolulu_tmy3_subset.csv";
    private const string Header = "month,day,hour_end_lst,tdb_c,tdp_c,rh_pct,p_hpa,wspd_ms,ghi_wm2";

    private TypicalYear(double[] celsius, double[] dewPoint, double[] sun)
    {
        Celsius = celsius;
        DewPoint = dewPoint;
        Sun = sun;
    }

    /// <summary>Air temperature by hour of the year, °C.</summary>
    public IReadOnlyList<double> Celsius { get; }

    /// <summary>Dew point by hour of the year, °C.</summary>
    public IReadOnlyList<double> DewPoint { get; }

    /// <summary>Global horizontal irradiance by hour of the year, W/m².</summary>
    public IReadOnlyList<double> Sun { get; }

    /// <summary>The copy inside this assembly.</summary>
    public static TypicalYear LoadEmbedded()
    {
        using var stream = typeof(TypicalYear).Assembly.GetManifestResourceStream(FileName)
            ?? throw new ScenarioDataException(FileName, "resource of Metering.Simulator", "missing", "the table of hours");
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return Read(reader);
    }

    private static TypicalYear Read(TextReader reader)
    {
        if (reader.ReadLine() is not Header)
        {
            throw new ScenarioDataException(FileName, "line 1", "another header", Header);
        }

        double[][] columns = [new double[Days * HoursADay], new double[Days * HoursADay], new double[Days * HoursADay]];
        for (var hour = 0; hour < Days * HoursADay; hour++)
        {
            var cells = (reader.ReadLine() ?? "").Split(',');
            if (cells.Length != 9)
            {
                throw new ScenarioDataException(FileName, $"line {hour + 2}", $"{cells.Length} columns", $"9 columns in {Days * HoursADay} lines");
            }

            columns[0][hour] = Number(cells[3], hour, -10, 50);
            columns[1][hour] = Number(cells[4], hour, -20, 40);
            columns[2][hour] = Number(cells[8], hour, 0, 1_400);
        }

        return new TypicalYear(columns[0], columns[1], columns[2]);
    }

    private static double Number(string text, int hour, double least, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new ScenarioDataException(
                FileName, $"line {hour + 2}", $"'{text}'", string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
}
