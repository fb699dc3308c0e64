using System.Globalization;
using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary><c>/points</c>, <c>/channels</c>, and what a channel measured as it is stored.</summary>
internal static class PointEndpoints
{
    private const string Tag = "points";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/points", Points).RequirePermission(Permission.ViewReadings).ForBuilding("building")
            .AnswersTable<Page<PointAnswer>>(Tag, "Metering points, by building, zone or use.");
        api.MapGet("/points/{id}", One).RequirePermission(Permission.ViewReadings).ForPoint("id").Answers<PointAnswer>(Tag, "One metering point.");
        api.MapGet("/channels", Channels).RequirePermission(Permission.ViewReadings).ForPoint("point")
            .AnswersTable<Page<ChannelAnswer>>(Tag, "Which channel served which point, and since when.");
        api.MapGet("/points/{id}/readings", ReadingsAsync).RequirePermission(Permission.ViewReadings).ForPoint("id")
            .AnswersTable<ReadingsAnswer>(Tag, "Readings of one channel of a point, corrected by the ledger, in time order.");
        api.MapGet("/points/{id}/series", SeriesAsync).RequirePermission(Permission.ViewReadings).ForPoint("id")
            .Answers<SeriesAnswer>(Tag, "A channel reduced to a number of steps: least, mean, greatest.");
    }

    private static IResult Points(string? building, string? zone, string? use, string? after, int? limit, string? format, ApiCaller caller, HttpContext context)
    {
        _ = format;
        var wanted = ApiQuery.Maybe<PointUse>(use, "use");
        return building is not null && caller.Building(building) is null
            ? ApiProblem.NotFound("building")
            : ApiAnswer.List(ApiAnswer.Page(
                context,
                caller.Registry.Points.Where(p => (building is null || p.BuildingId == building) && (zone is null || p.ZoneId == zone) && (wanted is null || p.Use == wanted)),
                static p => p.Id, after, limit, p => Answer(p, caller.Registry)));
    }

    private static IResult One(string id, ApiCaller caller) =>
        caller.Point(id) is { } point ? ApiAnswer.One(Answer(point, caller.Registry)) : ApiProblem.NotFound("point");

    private static IResult Channels(string? point, string? board, string? after, int? limit, string? format, ApiCaller caller, HttpContext context)
    {
        _ = format;
        return ApiAnswer.List(ApiAnswer.Page(
            context, caller.Registry.Assignments.Where(a => (point is null || a.PointId == point) && (board is null || a.Board == board)), Key, after, limit, Channel));
    }

    private static async Task<IResult> ReadingsAsync(
        string id, string? board, string? channel, string? from, string? to, string? after, int? limit, string? format,
        ApiCaller caller, IReadingStore store, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        if (Assignment(caller.Registry, id, board, channel) is not { } assignment)
        {
            return ApiProblem.NotFound("channel of the point; name board and channel where a point has several");
        }

        var wanted = ApiQuery.Limit(limit, ApiLimits.ReadingsDefault, ApiLimits.ReadingsMax);
        var (begin, end) = ApiQuery.Period(from, to);
        var cursor = Cursor(after);
        if (cursor is { } known && (begin is null || known.Time > begin))
        {
            begin = known.Time;
        }

        // What the channel measured while it served another point is not this point's.
        var first = begin > assignment.From ? begin.Value : assignment.From;
        var last = assignment.To is { } ended && (end is null || ended < end) ? ended : end ?? DateTimeOffset.MaxValue;
        var page = new List<ReadingAnswer>();
        string? next = null;
        double scale = Quantities.Scale(assignment.Quantity);
        await foreach (var r in store.ReadAsync(assignment.Key, first, last, cancellationToken).ConfigureAwait(false))
        {
            if (cursor is { } c && (r.Time, r.Boot, r.Sequence).CompareTo(c) <= 0)
            {
                continue;
            }

            if (page.Count == wanted)
            {
                var end1 = page[^1];
                next = ApiAnswer.Next(context, "after", string.Create(CultureInfo.InvariantCulture, $"{end1.Time.ToUnixTimeSeconds()}-{end1.Boot}-{end1.Sequence}"));
                break;
            }

            var missing = r.Missing != MissingReason.None;
            page.Add(new ReadingAnswer(
                r.Time, missing ? null : r.Value / scale, r.Boot, r.Sequence, (int)r.Clock, (int)r.Flags,
                missing ? r.Missing.ToString().ToLowerInvariant() : null));
        }

        return ApiAnswer.Table(new ReadingsAnswer(assignment.Board, assignment.Channel, Quantities.Symbol(assignment.Quantity), page, next), page);
    }

    private static async Task<IResult> SeriesAsync(
        string id, string? board, string? channel, string? from, string? to, int? steps, ApiCaller caller, IReadingStore store, CancellationToken cancellationToken)
    {
        const int stepsDefault = 720;
        if (Assignment(caller.Registry, id, board, channel) is not { } assignment)
        {
            return ApiProblem.NotFound("channel of the point; name board and channel where a point has several");
        }

        var wanted = steps ?? stepsDefault;
        if (wanted is < 1 or > SeriesReader.StepsMax)
        {
            return ApiProblem.Bad("steps", $"allowed is 1 to {SeriesReader.StepsMax}");
        }

        var (begin, end) = ApiQuery.Period(from, to);
        if (begin is null || end is null)
        {
            var extent = await store.ExtentAsync(assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
            begin ??= extent?.First ?? assignment.From;
            end ??= extent?.Last.AddSeconds(1) ?? assignment.From.AddSeconds(1);
        }

        if (end <= begin)
        {
            return ApiProblem.Bad("to", "must be later than from");
        }

        var found = await SeriesReader.ReadAsync(store, assignment.Key, assignment.Quantity, begin.Value, end.Value, wanted, cancellationToken).ConfigureAwait(false);
        return ApiAnswer.One(new SeriesAnswer(
            Quantities.Symbol(assignment.Quantity),
            [.. found.Select(s => s.Start.ToUnixTimeSeconds())],
            [.. found.Select(s => Math.Round(s.Least, 4))],
            [.. found.Select(s => Math.Round(s.Mean, 4))],
            [.. found.Select(s => Math.Round(s.Most, 4))]));
    }

    private static (DateTimeOffset Time, long Boot, long Sequence)? Cursor(string? after)
    {
        if (after is null)
        {
            return null;
        }

        var parts = after.Split('-');
        return parts.Length == 3 && ApiInstant.TryRead(parts[0], out var time) && time is not null
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var boot)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? (time.Value, boot, sequence)
            : throw new ApiProblemException(ApiProblem.Bad("after", "take the address in next as it is"));
    }

    /// <summary>The assignment that is meant; without board or channel, the only one of the point.</summary>
    private static ChannelAssignment? Assignment(RegistrySnapshot registry, string point, string? board, string? channel)
    {
        var found = registry.Assignments.Where(a => a.PointId == point && (board is null || a.Board == board) && (channel is null || a.Channel == channel)).ToList();
        return board is not null && channel is not null ? found.FirstOrDefault() : found is [var only] ? only : null;
    }

    private static string Key(ChannelAssignment a) => string.Create(CultureInfo.InvariantCulture, $"{a.PointId}/{a.Board}/{a.Channel}/{a.From.ToUnixTimeSeconds():D12}");

    private static ChannelAnswer Channel(ChannelAssignment a) => new(
        a.PointId, a.Board, a.Channel, Quantities.Symbol(a.Quantity), a.Quantity == Quantity.PulseRegister ? a.PulseWeightWh : null, a.MeterSerial, a.From, a.To);

    private static PointAnswer Answer(MeteringPoint p, RegistrySnapshot registry) => new(
        p.Id, p.BuildingId, p.ZoneId, p.Name, p.Use.ToString(), p.MaxPowerW, p.MeterClass,
        [.. registry.Assignments.Where(a => a.PointId == p.Id).OrderBy(Key, StringComparer.Ordinal).Select(Channel)]);
}
