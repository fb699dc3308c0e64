using Metering.Collector.Identity.Access;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Storage.Weather;

namespace Metering.Collector.Api;

/// <summary><c>/weather</c>: hours of stations, as imported.</summary>
internal static class WeatherEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/weather", StationsAsync).RequirePermission(Permission.ViewReadings).Answers<Page<string>>("weather", "Stations that have weather.");
        api.MapGet("/weather/{station}", HoursAsync).RequirePermission(Permission.ViewReadings)
            .AnswersTable<Page<WeatherAnswer>>("weather", "Hours of a station.");
    }

    private static async Task<IResult> StationsAsync(SqliteDatabase database, CancellationToken cancellationToken) =>
        ApiAnswer.One(new Page<string>(await new WeatherStore(database).StationsAsync(cancellationToken).ConfigureAwait(false), null));

    private static async Task<IResult> HoursAsync(
        string station, string? from, string? to, int? limit, string? format, SqliteDatabase database, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var wanted = ApiQuery.Limit(limit, ApiLimits.ReadingsDefault, ApiLimits.ReadingsMax);
        var (begin, end) = ApiQuery.Period(from, to);
        var weather = new WeatherStore(database);
        if (!(await weather.StationsAsync(cancellationToken).ConfigureAwait(false)).Contains(station, StringComparer.Ordinal))
        {
            return ApiProblem.NotFound("station");
        }

        var hours = await weather.ReadAsync(station, begin ?? DateTimeOffset.MinValue, end ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
        var next = hours.Count > wanted
            ? ApiAnswer.Next(context, "from", hours[wanted].Time.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))
            : null;
        return ApiAnswer.List(new Page<WeatherAnswer>(
            [.. hours.Take(wanted).Select(static h => new WeatherAnswer(h.Time, h.TemperatureC, h.HumidityPercent, h.PressureHPa, h.WindMs, h.RadiationWm2, h.RainMm))], next));
    }
}
