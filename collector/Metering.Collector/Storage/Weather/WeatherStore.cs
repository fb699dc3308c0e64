using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Storage.Weather;

/// <summary>Weather of one hour at a station; null where it was not measured or is doubtful.</summary>
/// <param name="Time">Instant of the observation; rain and radiation are those of the hour that ends here.</param>
/// <param name="TemperatureC">Air temperature, °C.</param>
/// <param name="HumidityPercent">Relative humidity, %.</param>
/// <param name="PressureHPa">Air pressure at the station, hPa.</param>
/// <param name="WindMs">Mean wind speed, m/s.</param>
/// <param name="RadiationWm2">Global horizontal radiation, mean of the hour, W/m².</param>
/// <param name="RainMm">Rain, mm.</param>
public sealed record WeatherHour(
    DateTimeOffset Time,
    decimal? TemperatureC,
    decimal? HumidityPercent,
    decimal? PressureHPa,
    decimal? WindMs,
    decimal? RadiationWm2,
    decimal? RainMm);

/// <summary>What adding weather did.</summary>
/// <param name="Stored">Hours that are new.</param>
/// <param name="Changed">Hours that the publisher has revised since.</param>
/// <param name="Same">Hours that were there already.</param>
public readonly record struct WeatherResult(int Stored, int Changed, int Same);

/// <summary>
/// Weather of stations, by hour. Unlike readings, published weather is revised by its publisher: a later value takes the
/// place of an earlier one and is counted.
/// </summary>
public sealed class WeatherStore(SqliteDatabase database)
{
    private const decimal Hundredths = 100m;

    private const string Columns = "temperature, humidity, pressure, wind, radiation, rain";

    /// <summary>Adds hours; durable when the task completes.</summary>
    /// <param name="station">Number or name of the station, as in <c>Site.WeatherStation</c>.</param>
    /// <param name="hours">Hours, each once.</param>
    /// <param name="source">File they come from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<WeatherResult> AddAsync(string station, IReadOnlyList<WeatherHour> hours, string source, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(station);
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentNullException.ThrowIfNull(source);
        return database.Writer.WriteAsync(session => Add(session, station, hours, source), cancellationToken);
    }

    /// <summary>Hours of a station in [from, to), ordered by time.</summary>
    public Task<IReadOnlyList<WeatherHour>> ReadAsync(string station, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<WeatherHour>>(
            session =>
            {
                var query = session.Prepare(
                    $"SELECT time, {Columns} FROM weather WHERE station_id = (SELECT id FROM weather_station WHERE name = ?) AND time >= ? AND time < ? ORDER BY time")
                    .Bind(1, station).Bind(2, from.ToUnixTimeSeconds()).Bind(3, to.ToUnixTimeSeconds());
                var hours = new List<WeatherHour>();
                while (query.Step())
                {
                    hours.Add(new WeatherHour(
                        DateTimeOffset.FromUnixTimeSeconds(query.Int64(0)),
                        Value(query, 1), Value(query, 2), Value(query, 3), Value(query, 4), Value(query, 5), Value(query, 6)));
                }

                return hours;
            },
            cancellationToken);

    /// <summary>Stations that have weather.</summary>
    public Task<IReadOnlyList<string>> StationsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            static session =>
            {
                var query = session.Prepare("SELECT name FROM weather_station ORDER BY name");
                var stations = new List<string>();
                while (query.Step())
                {
                    stations.Add(query.Text(0));
                }

                return stations;
            },
            cancellationToken);

    private static WeatherResult Add(SqliteSession session, string station, IReadOnlyList<WeatherHour> hours, string source)
    {
        session.Prepare("INSERT INTO weather_station (name) VALUES (?) ON CONFLICT DO NOTHING").Bind(1, station).Execute();
        var id = session.Prepare("SELECT id FROM weather_station WHERE name = ?").Bind(1, station);
        id.Step();
        var stationId = id.Int64(0);
        id.Reset();
        var (stored, changed, same) = (0, 0, 0);
        foreach (var hour in hours)
        {
            if (Bind(session.Prepare(
                $"INSERT INTO weather (station_id, time, {Columns}, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING"),
                stationId, hour, source).Execute() > 0)
            {
                stored++;
            }
            else if (Bind(session.Prepare(
                $"UPDATE weather SET ({Columns}, source) = (?3, ?4, ?5, ?6, ?7, ?8, ?9) WHERE station_id = ?1 AND time = ?2 AND ({Columns}) IS NOT (?3, ?4, ?5, ?6, ?7, ?8)"),
                stationId, hour, source).Execute() > 0)
            {
                changed++;
            }
            else
            {
                same++;
            }
        }

        return new WeatherResult(stored, changed, same);
    }

    private static SqliteStatement Bind(SqliteStatement statement, long station, WeatherHour hour, string source) => statement
        .Bind(1, station).Bind(2, hour.Time.ToUnixTimeSeconds())
        .Bind(3, Scaled(hour.TemperatureC)).Bind(4, Scaled(hour.HumidityPercent)).Bind(5, Scaled(hour.PressureHPa))
        .Bind(6, Scaled(hour.WindMs)).Bind(7, Scaled(hour.RadiationWm2)).Bind(8, Scaled(hour.RainMm)).Bind(9, source);

    private static long? Scaled(decimal? value) => value is { } number ? (long)decimal.Round(number * Hundredths) : null;

    private static decimal? Value(SqliteStatement row, int column) => row.Int64OrNull(column) is { } scaled ? scaled / Hundredths : null;
}
