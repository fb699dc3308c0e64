using System.Text.Json;
using Metering.Core.Tables;

namespace Metering.Core.Weather;

/// <summary>Where outdoor temperatures come from. Carried by every result that rests on them.</summary>
/// <param name="Id">Number of the station (Météo-France: NUM_POSTE), or a name of one's own for a sensor on site.</param>
/// <param name="Name">As printed.</param>
/// <param name="Latitude">Degrees, WGS 84; NaN where unknown.</param>
/// <param name="Longitude">Degrees, WGS 84; NaN where unknown.</param>
/// <param name="AltitudeM">m above sea level; NaN where unknown.</param>
/// <param name="Source">Who publishes the data.</param>
/// <param name="Licence">Under which licence.</param>
public sealed record WeatherStation(
    string Id, string Name, double Latitude, double Longitude, double AltitudeM, string Source, string Licence)
{
    /// <summary>Beyond this distance a station is flagged: CalTRACK 2.0, 2.4.2, km.</summary>
    public const double DistanceFlaggedKm = 200;

    private const double EarthRadiusKm = 6371.0088;

    private static readonly Lazy<IReadOnlyList<WeatherStation>> Embedded = new(Load);

    /// <summary>Météo-France stations of Guadeloupe and Martinique.</summary>
    public static IReadOnlyList<WeatherStation> Antilles => Embedded.Value;

    /// <summary>The known station of that number, or null.</summary>
    public static WeatherStation? Find(string id) => Antilles.FirstOrDefault(s => s.Id == id);

    /// <summary>Great-circle distance (haversine, mean Earth radius), km; NaN where a position is unknown.</summary>
    public double DistanceKm(double latitude, double longitude)
    {
        var north = Radians(latitude - Latitude) / 2;
        var east = Radians(longitude - Longitude) / 2;
        var a = (Math.Sin(north) * Math.Sin(north))
            + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(latitude)) * Math.Sin(east) * Math.Sin(east));
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static IReadOnlyList<WeatherStation> Load()
    {
        using var document = EmbeddedTable.Open("Weather/stations.json");
        var root = document.RootElement;
        var (source, licence) = (root.GetProperty("source").GetString()!, root.GetProperty("licence").GetString()!);
        return
        [
            .. root.GetProperty("stations").EnumerateArray().Select(s => new WeatherStation(
                s[0].GetString()!, s[1].GetString()!, s[2].GetDouble(), s[3].GetDouble(), s[4].GetDouble(), source, licence)),
        ];
    }
}
