using Metering.Collector.Identity.Access;
using Metering.Collector.Ingest;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary>Completeness, flags, quarantine.</summary>
internal static class QualityEndpoints
{
    private const string Tag = "quality";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/points/{id}/completeness", CompletenessAsync).RequirePermission(Permission.ViewQuality).ForPoint("id")
            .AnswersTable<Page<CompletenessAnswer>>(Tag, "Samples that are there and that should be, by local hour, day, month or year (resolution).");
        api.MapGet("/points/{id}/quality", QualityAsync).RequirePermission(Permission.ViewQuality).ForPoint("id")
            .Answers<Page<QualityAnswer>>(Tag, "How many readings of each channel of a point carry each flag.");
        api.MapGet("/quarantine", ListAsync).RequirePermission(Permission.ViewQuality)
            .AnswersTable<Page<QuarantineAnswer>>(Tag, "Messages that could not be read, with the reason.");
        api.MapGet("/quarantine/{id:long}", ShowAsync).RequirePermission(Permission.ViewQuality).Answers<QuarantineAnswer>(Tag, "One message in quarantine.");
    }

    private static async Task<IResult> CompletenessAsync(
        string id, string? resolution, string? from, string? to, int? limit, string? format,
        ApiCaller caller, IReadingStore store, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var wanted = ApiQuery.Limit(limit, ApiLimits.ReadingsDefault, ApiLimits.ReadingsMax);
        var unit = ApiQuery.Resolution(resolution, ProfileResolution.Day);
        if (caller.Point(id) is not { } point)
        {
            return ApiProblem.NotFound("point");
        }

        var zone = caller.Building(point.BuildingId) is { } building ? caller.Zone(building) : TimeZoneInfo.Utc;
        var answers = new List<CompletenessAnswer>();
        if (await PointReadings.PeriodAsync(caller, store, [point], from, to, zone, cancellationToken).ConfigureAwait(false) is { } period)
        {
            foreach (var channel in await PointReadings.ReadAsync(caller, store, point, static _ => true, period, cancellationToken).ConfigureAwait(false))
            {
                var key = channel.Assignment.Key;
                answers.AddRange(Completeness.Of(Completeness.ValidInstants(channel.Readings), NoteBuilder.Step, period.From, period.To, unit, zone)
                    .Select(v => new CompletenessAnswer(id, key.Board, key.Channel, v.Start, v.End, v.Expected, v.Valid, Math.Round(v.SampleShare, 6), v.IsComplete)));
            }
        }

        // Channels side by side, so that a page ends between two units.
        var ordered = answers.OrderBy(static a => a.Start).ThenBy(static a => a.Board, StringComparer.Ordinal).ThenBy(static a => a.Channel, StringComparer.Ordinal).ToList();
        if (ordered.Count <= wanted)
        {
            return ApiAnswer.List(new Page<CompletenessAnswer>(ordered, null));
        }

        var cut = ordered[wanted].Start;
        var page = ordered.TakeWhile(a => a.Start < cut).ToList();
        return page.Count == 0
            ? ApiProblem.Bad("limit", "must be at least the number of channels of the point")
            : ApiAnswer.List(new Page<CompletenessAnswer>(
                page, ApiAnswer.Next(context, "from", cut.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static async Task<IResult> QualityAsync(
        string id, string? from, string? to, ApiCaller caller, IReadingStore store, CancellationToken cancellationToken)
    {
        if (caller.Point(id) is not { } point)
        {
            return ApiProblem.NotFound("point");
        }

        var building = caller.Building(point.BuildingId);
        var zone = building is null ? TimeZoneInfo.Utc : caller.Zone(building);
        var answers = new List<QualityAnswer>();
        if (await PointReadings.PeriodAsync(caller, store, [point], from, to, zone, cancellationToken).ConfigureAwait(false) is { } period)
        {
            foreach (var channel in await PointReadings.ReadAsync(caller, store, point, static _ => true, period, cancellationToken).ConfigureAwait(false))
            {
                var flags = Flags(point, building, channel);
                answers.Add(new QualityAnswer(
                    id, channel.Assignment.Board, channel.Assignment.Channel,
                    channel.Readings.Count > 0 ? channel.Readings[0].Time : null, channel.Readings.Count > 0 ? channel.Readings[^1].Time : null,
                    channel.Readings.Count, channel.Readings.LongCount(static r => r.Missing != MissingReason.None),
                    flags.SelectMany(static f => FlagNames.Of(f)).GroupBy(static n => n, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal)
                        .ToDictionary(static g => g.Key, static g => g.LongCount())));
            }
        }

        return ApiAnswer.One(new Page<QualityAnswer>(answers, null));
    }

    /// <summary>Flags of the readings of a sensor, or of the intervals of a register.</summary>
    private static IEnumerable<QualityFlags> Flags(MeteringPoint point, Building? building, AssignedReadings channel) =>
        channel.Assignment.Quantity == Quantity.PulseRegister
            ? IntervalBuilder.Build(point.Id, [channel], IntervalOptions.Of(point, building)).Intervals.Select(static i => i.Flags)
            : SpotRules.Of(channel.Assignment.Quantity, point.Use) is { } rules ? SpotQuality.Check(channel.Readings, channel.Assignment.Quantity, rules) : [];

    private static async Task<IResult> ListAsync(
        long? after, int? limit, string? format, ApiCaller caller, Quarantine quarantine, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var wanted = ApiQuery.Limit(limit);
        var page = new List<QuarantineAnswer>();
        var cursor = after ?? 0;
        var more = true;
        while (more && page.Count <= wanted)
        {
            var held = await quarantine.ListAsync(cursor, ApiLimits.PageDefault, cancellationToken).ConfigureAwait(false);
            more = held.Count > 0;
            foreach (var entry in held)
            {
                cursor = entry.Id;
                if (Sees(caller, entry))
                {
                    page.Add(Answer(entry));
                }
            }
        }

        var shown = page.Take(wanted).ToList();
        var next = page.Count > wanted ? ApiAnswer.Next(context, "after", shown[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;
        return ApiAnswer.List(new Page<QuarantineAnswer>(shown, next));
    }

    private static async Task<IResult> ShowAsync(long id, ApiCaller caller, Quarantine quarantine, CancellationToken cancellationToken) =>
        await quarantine.ShowAsync(id, cancellationToken).ConfigureAwait(false) is { } entry && Sees(caller, entry)
            ? ApiAnswer.One(Answer(entry))
            : ApiProblem.NotFound("message in quarantine");

    /// <summary>A message of nobody's board is shown to those who see everything.</summary>
    private static bool Sees(ApiCaller caller, QuarantineEntry entry) =>
        caller.SeesEverything || (!caller.IsPseudonymised && TopicName.TryParse(entry.Message.Topic, out var board, out _) && caller.SeesBoard(board));

    private static QuarantineAnswer Answer(QuarantineEntry e) => new(
        e.Id, e.Message.Source, e.Message.Topic, e.Message.Reason, e.FirstReceived, e.LastReceived, e.Times, Convert.ToBase64String(e.Message.Payload.Span));
}
