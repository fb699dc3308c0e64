namespace Metering.Core.Registry;

/// <summary>A place with one time zone and one climate.</summary>
public sealed record Site
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>IANA name, such as America/Guadeloupe or Europe/Paris, or a fixed offset such as +01:00 (see <see cref="SiteTime"/>).</summary>
    public required string TimeZone { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public double? Longitude { get; init; }

    /// <summary>Metres above sea level; sets the air pressure of the psychrometric formulas.</summary>
    public double AltitudeM { get; init; }

    public string? ClimateZone { get; init; }
    public string? WeatherStation { get; init; }
}
