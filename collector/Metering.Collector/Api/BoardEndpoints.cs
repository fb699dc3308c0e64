using Metering.Collector.Diagnostics;
using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary><c>/boards</c>: their health, their events, commands to them.</summary>
internal static class BoardEndpoints
{
    /// <summary>Pulse channels of a board.</summary>
    private const int ChannelMax = 8;

    /// <summary>Greatest register value of the wire format: 2^53-1.</summary>
    private const long RegisterMax = (1L << 53) - 1;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/boards", ListAsync).RequirePermission(Permission.ViewBoards).ForBuilding("building")
            .AnswersTable<Page<BoardAnswer>>("boards", "Boards: where they are, when they were last heard, what they last said about themselves.");
        api.MapGet("/boards/{board}", OneAsync).RequirePermission(Permission.ViewBoards).ForBoard("board").Answers<BoardAnswer>("boards", "One board.");
        api.MapGet("/boards/{board}/events", Events).RequirePermission(Permission.ViewBoards).ForBoard("board")
            .Answers<Page<BoardEventAnswer>>("boards", "The latest events of a board since the collector started, oldest first.");
        api.MapPost("/boards/{board}/commands", Command).RequirePermission(Permission.Commission).ForBoard("board")
            .Changes<BoardCommandAnswer>("boards", "Tell a board to identify itself, to restart, to begin or end commissioning, or to set an index.", StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(
        string? building, bool? silent, string? after, int? limit, string? format,
        ApiCaller caller, IReadingStore store, BoardDirectory directory, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var boards = new List<BoardAnswer>();
        var names = caller.Registry.Boards.Select(static b => b.Board).Concat(caller.Registry.Assignments.Select(static a => a.Board))
            .Concat(caller.SeesEverything ? directory.All.Select(static b => b.Board) : []).Distinct(StringComparer.Ordinal);
        var wanted = ApiQuery.Limit(limit);
        foreach (var name in names.Where(n => after is null || string.CompareOrdinal(n, after) > 0).Order(StringComparer.Ordinal))
        {
            var board = await AnswerAsync(name, caller, store, directory, clock, cancellationToken).ConfigureAwait(false);
            if ((building is null || board.Building == building) && (silent is null || board.Silent == silent))
            {
                boards.Add(board);
            }

            if (boards.Count > wanted)
            {
                break;
            }
        }

        return ApiAnswer.List(ApiAnswer.Page(context, boards, static b => b.Board, after, limit, static b => b));
    }

    private static async Task<IResult> OneAsync(
        string board, ApiCaller caller, IReadingStore store, BoardDirectory directory, TimeProvider clock, CancellationToken cancellationToken) =>
        Exists(board, caller, directory)
            ? ApiAnswer.One(await AnswerAsync(board, caller, store, directory, clock, cancellationToken).ConfigureAwait(false))
            : ApiProblem.NotFound("board");

    private static IResult Events(string board, ApiCaller caller, BoardDirectory directory) => Exists(board, caller, directory)
        ? ApiAnswer.One(new Page<BoardEventAnswer>([.. (directory.Find(board)?.Events ?? []).Select(static e => new BoardEventAnswer(e.Received, e.Fields))], null))
        : ApiProblem.NotFound("board");

    private static IResult Command(string board, BoardCommand command, ApiCaller caller, BoardDirectory directory, BoardCommands commands)
    {
        if (!Exists(board, caller, directory))
        {
            return ApiProblem.NotFound("board");
        }

        Dictionary<string, object> fields;
        switch (command)
        {
            case { Cmd: "identify" or "reboot", On: null, Channel: null, Value: null }:
                fields = new() { ["cmd"] = command.Cmd };
                break;
            case { Cmd: "commissioning", On: { } on, Channel: null, Value: null }:
                fields = new() { ["cmd"] = command.Cmd, ["on"] = on };
                break;
            case { Cmd: "set-index", On: null, Channel: >= 1 and <= ChannelMax, Value: >= 0 and <= RegisterMax }:
                fields = new() { ["cmd"] = command.Cmd, ["ch"] = command.Channel, ["value"] = command.Value };
                break;
            default:
                return ApiProblem.Bad("body", $"allowed are cmd identify, reboot, commissioning with on, set-index with channel 1 to {ChannelMax} and value 0 to {RegisterMax} pulses");
        }

        return commands.Send(board, fields) is { } id
            ? TypedResults.Accepted((string?)null, new BoardCommandAnswer(board, command.Cmd, id))
            : ApiProblem.Conflict("The board is not connected to this collector; a command is not kept for later.");
    }

    private static bool Exists(string board, ApiCaller caller, BoardDirectory directory) =>
        caller.Registry.Boards.Any(b => b.Board == board) || caller.Registry.Assignments.Any(a => a.Board == board)
        || (caller.SeesEverything && directory.Find(board) is not null);

    private static async Task<BoardAnswer> AnswerAsync(
        string board, ApiCaller caller, IReadingStore store, BoardDirectory directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var record = caller.Registry.Boards.FirstOrDefault(b => b.Board == board);
        var assignments = caller.Registry.Assignments.Where(a => a.Board == board).ToList();
        var state = directory.Find(board);
        var heard = state?.LastHeard;
        foreach (var assignment in heard is null ? assignments.DistinctBy(static a => a.Channel).ToList() : [])
        {
            if (await store.LatestAsync(assignment.Key, cancellationToken).ConfigureAwait(false) is { } latest && (heard is null || latest.Time > heard))
            {
                heard = latest.Time;
            }
        }

        var points = assignments.Where(static a => a.To is null).Select(static a => a.PointId).Distinct().Order(StringComparer.Ordinal).ToList();
        return new BoardAnswer(
            board, record?.BuildingId ?? (assignments.Count > 0 ? caller.Point(assignments[^1].PointId)?.BuildingId : null), record?.Model, record?.Place, record?.InstalledOn,
            heard, heard is null || clock.GetUtcNow() - heard > Doctor.SilentAfter, points, state?.Status ?? new Dictionary<string, string>());
    }
}
