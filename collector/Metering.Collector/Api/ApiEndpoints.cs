using System.Globalization;
using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Jobs;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Metering.Collector.Api;

/// <summary>The read API, <c>/api/v1</c> (docs/api.md). Errors are problem details (RFC 9457) and never name a path of this machine.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("metering").AcceptApiKeys();
        api.MapGet("/buildings", BuildingsAsync).WithSummary("Buildings that are followed.").RequirePermission(Permission.ViewBuildings);
        api.MapGet("/buildings/{id}/verification", VerificationAsync).WithSummary("Chain of custody: pulses by register, intervals, gaps.").RequirePermission(Permission.ViewQuality).ForBuilding("id");
        api.MapGet("/points", PointsAsync).WithSummary("Metering points, all or those of one building.").RequirePermission(Permission.ViewReadings);
        api.MapGet("/points/{id}/readings", ReadingsAsync).WithSummary("Readings of one channel of a point, in pages, as JSON or CSV.").RequirePermission(Permission.ViewReadings).ForPoint("id");
        api.MapGet("/points/{id}/series", SeriesAsync).WithSummary("A channel reduced to a number of steps: least, mean, greatest.").RequirePermission(Permission.ViewReadings).ForPoint("id");
        api.MapGet("/boards", Boards).WithSummary("What boards last said about themselves.").RequirePermission(Permission.ViewBoards);
    }

    private static async Task<Ok<BuildingAnswer[]>> BuildingsAsync(VisibleRegistry registry, CancellationToken cancellationToken)
    {
        var snapshot = registry.Snapshot;
        return TypedResults.Ok(snapshot.Buildings.Select(b => new BuildingAnswer(
            b.Id, b.Name, snapshot.Sites.FirstOrDefault(s => s.Id == b.SiteId)?.TimeZone ?? "UTC", b.FloorAreaM2, b.Reception, b.Simulated)).ToArray());
    }

    private static async Task<Results<Ok<PointAnswer[]>, ProblemHttpResult>> PointsAsync(string? building, VisibleRegistry registry, CancellationToken cancellationToken)
    {
        var snapshot = registry.Snapshot;
        return building is not null && snapshot.Buildings.All(b => b.Id != building)
            ? ApiProblem.NotFound("building")
            : TypedResults.Ok(snapshot.Points.Where(p => building is null || p.BuildingId == building).Select(p => new PointAnswer(
                p.Id, p.BuildingId, p.ZoneId, p.Name, p.Use.ToString(),
                [.. snapshot.Assignments.Where(a => a.PointId == p.Id).Select(a => new ChannelAnswer(
                    a.Board, a.Channel, Quantities.Symbol(a.Quantity), a.Quantity == Quantity.PulseRegister ? a.PulseWeightWh : null, a.From, a.To))])).ToArray());
    }

    private static async Task<Results<Ok<VerificationReport>, ProblemHttpResult>> VerificationAsync(
        string id, VisibleRegistry registry, IReadingStore store, Quarantine quarantine, CancellationToken cancellationToken)
    {
        var snapshot = registry.Snapshot;
        if (snapshot.Buildings.All(b => b.Id != id))
        {
            return ApiProblem.NotFound("building");
        }

        var held = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(await new Verification(store, snapshot).RunAsync(id, null, null, held, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<Results<Ok<SeriesAnswer>, ProblemHttpResult>> SeriesAsync(
        string id, string board, string channel, string? from, string? to, int? steps, VisibleRegistry registry, IReadingStore store, CancellationToken cancellationToken)
    {
        const int stepsDefault = 720;
        var snapshot = registry.Snapshot;
        if (Assignment(snapshot, id, board, channel) is not { } assignment)
        {
            return ApiProblem.NotFound("channel of the point");
        }

        var wanted = steps ?? stepsDefault;
        if (wanted is < 1 or > SeriesReader.StepsMax)
        {
            return ApiProblem.Bad("steps", $"allowed is 1 to {SeriesReader.StepsMax}");
        }

        if (!ApiInstant.TryRead(from, out var begin) || !ApiInstant.TryRead(to, out var end))
        {
            return ApiProblem.Bad("from, to", "allowed are Unix seconds or ISO 8601 instants");
        }

        if (begin is null || end is null)
        {
            var statistics = await store.StatisticsAsync(assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
            begin ??= statistics.First?.Time ?? assignment.From;
            end ??= statistics.Last?.Time.AddSeconds(1) ?? assignment.From.AddSeconds(1);
        }

        if (end <= begin)
        {
            return ApiProblem.Bad("to", "must be later than from");
        }

        var found = await SeriesReader.ReadAsync(store, assignment.Key, assignment.Quantity, begin.Value, end.Value, wanted, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new SeriesAnswer(
            Quantities.Symbol(assignment.Quantity),
            [.. found.Select(s => s.Start.ToUnixTimeSeconds())],
            [.. found.Select(s => Math.Round(s.Least, 4))],
            [.. found.Select(s => Math.Round(s.Mean, 4))],
            [.. found.Select(s => Math.Round(s.Most, 4))]));
    }

    private static async Task<IResult> ReadingsAsync(
        string id, string board, string channel, string? from, string? to, int? limit, string? format, VisibleRegistry registry, IReadingStore store, CancellationToken cancellationToken)
    {
        const int limitDefault = 1000, limitMax = 10_000;
        var snapshot = registry.Snapshot;
        if (Assignment(snapshot, id, board, channel) is not { } assignment)
        {
            return ApiProblem.NotFound("channel of the point");
        }

        var wanted = limit ?? limitDefault;
        if (wanted is < 1 or > limitMax)
        {
            return ApiProblem.Bad("limit", $"allowed is 1 to {limitMax}");
        }

        if (format is not (null or "json" or "csv"))
        {
            return ApiProblem.Bad("format", "allowed are json and csv");
        }

        if (!ApiInstant.TryRead(from, out var begin) || !ApiInstant.TryRead(to, out var end))
        {
            return ApiProblem.Bad("from, to", "allowed are Unix seconds or ISO 8601 instants");
        }

        var page = new List<ReadingAnswer>(Math.Min(wanted, limitDefault));
        DateTimeOffset? next = null;
        double scale = Quantities.Scale(assignment.Quantity);
        await foreach (var reading in store.ReadAsync(assignment.Key, begin ?? assignment.From, end ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            // A page ends between two instants, so that "next" repeats nothing and leaves nothing out.
            if (page.Count >= wanted && reading.Time > page[^1].Time)
            {
                next = reading.Time;
                break;
            }

            var missing = reading.Missing != MissingReason.None;
            page.Add(new ReadingAnswer(
                reading.Time, missing ? null : reading.Value / scale, reading.Boot, reading.Sequence, (int)reading.Clock, (int)reading.Flags,
                missing ? MissingReasonText(reading.Missing) : null));
        }

        return format == "csv"
            ? Results.Text(ReadingsCsv.Write(page), "text/csv; charset=utf-8; header=present")
            : TypedResults.Ok(new ReadingsAnswer(Quantities.Symbol(assignment.Quantity), page, next));
    }

    private static Ok<BoardAnswer[]> Boards(BoardDirectory directory, VisibleRegistry registry) =>
        TypedResults.Ok(directory.All.Where(b => registry.HasBoard(b.Board)).OrderBy(b => b.Board, StringComparer.Ordinal).Select(b => new BoardAnswer(b.Board, b.LastHeard, b.Status)).ToArray());

    private static ChannelAssignment? Assignment(RegistrySnapshot snapshot, string point, string board, string channel) =>
        snapshot.Assignments.FirstOrDefault(a => a.PointId == point && a.Board == board && a.Channel == channel);

    private static string MissingReasonText(MissingReason reason) => reason.ToString().ToLower(CultureInfo.InvariantCulture);
}
