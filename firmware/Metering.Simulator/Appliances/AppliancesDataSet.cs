using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Appliances;

/// <summary>
/// The data set "Appliances Energy Prediction" (Candanedo, Feldheim, Deramaix 2017, doi:10.1016/j.enbuild.2017.01.083,
/// CC BY 4.0): a real house, 19 735 steps of ten minutes.
/// </summary>
public sealed class AppliancesDataSet
{
    public const int Steps = 19_735;
    public const int Rooms = 9;
    public const int StepMinutes = 10;
    public const int PulseWeightWh = 10;

    /// <summary>Totals of the published data; a file with other totals is not this data set.</summary>
    public const long AppliancesWh = 1_928_010;
    public const long LightsWh = 75_030;

    internal AppliancesDataSet(int[] appliances, int[] lights, double[][] temperature, double[][] humidity, double[] outdoorTemperature)
    {
        AppliancesWhByStep = appliances;
        LightsWhByStep = lights;
        RoomTemperature = temperature;
        RoomHumidity = humidity;
        OutdoorTemperature = outdoorTemperature;
    }

    /// <summary>
    /// Start of the first step. The file's local time stamps run on without a step through the daylight-saving change of
    /// 27 March 2016, so they are a fixed-offset clock: Belgian winter time, UTC+1, throughout.
    /// </summary>
    public static DateTimeOffset Start { get; } = new(2016, 1, 11, 17, 0, 0, TimeSpan.FromHours(1));

    /// <summary>End of the last step.</summary>
    public static DateTimeOffset End { get; } = Start.AddMinutes(Steps * StepMinutes);

    /// <summary>Energy of each step, Wh, a multiple of 10.</summary>
    public IReadOnlyList<int> AppliancesWhByStep { get; }

    /// <inheritdoc cref="AppliancesWhByStep"/>
    public IReadOnlyList<int> LightsWhByStep { get; }

    /// <summary>Air temperature of room [r] at the beginning of step [s], degrees Celsius.</summary>
    public IReadOnlyList<IReadOnlyList<double>> RoomTemperature { get; }

    /// <summary>Relative humidity of room [r] at the beginning of step [s], %.</summary>
    public IReadOnlyList<IReadOnlyList<double>> RoomHumidity { get; }

    /// <summary>Outdoor temperature at the airport of Chièvres, degrees Celsius.</summary>
    public IReadOnlyList<double> OutdoorTemperature { get; }

    /// <summary>The copy inside this assembly.</summary>
    public static AppliancesDataSet LoadEmbedded()
    {
        const string name = "appliances_energy_10min.csv.gz";
        using var stream = typeof(AppliancesDataSet).Assembly.GetManifestResourceStream(name)
            ?? throw new ScenarioDataException(name, "resource of Metering.Simulator", "missing", "the gzip file of the data set");
        return AppliancesReader.Read(stream, name);
    }

    /// <summary>A copy on disk, .csv.gz or .csv.</summary>
    /// <exception cref="ScenarioDataException">Missing, unreadable, truncated, malformed or another data set.</exception>
    public static AppliancesDataSet Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = File.OpenRead(path);
            return AppliancesReader.Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioDataException($"{path}: cannot be read ({e.Message}); allowed: a readable copy of appliances_energy_10min.csv.gz.", e);
        }
    }
}
