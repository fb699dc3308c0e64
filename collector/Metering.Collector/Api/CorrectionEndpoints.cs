using Metering.Collector.Identity.Access;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Api;

/// <summary><c>/corrections</c>: the ledger, read and written.</summary>
internal static class CorrectionEndpoints
{
    private const string Tag = "corrections";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/corrections", ListAsync).RequirePermission(Permission.ViewQuality)
            .AnswersTable<Page<CorrectionAnswer>>(Tag, "Every entry of the ledger, revoked ones too, of all channels or of one.");
        api.MapPost("/corrections", AddAsync).RequirePermission(Permission.CorrectReadings)
            .Changes<CorrectionAnswer>(Tag, "Take readings out, or add an amount to them; raw readings stay.", StatusCodes.Status201Created);
        api.MapPost("/corrections/{id:long}/revocation", RevokeAsync).RequirePermission(Permission.CorrectReadings)
            .Changes<CorrectionAnswer>(Tag, "Take a correction back; the entry stays.");
    }

    private static async Task<IResult> ListAsync(
        string? board, string? channel, long? after, int? limit, string? format, ApiCaller caller, SqliteDatabase database, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var wanted = ApiQuery.Limit(limit);
        if (board is null != channel is null)
        {
            return ApiProblem.Bad("board, channel", "give both or neither");
        }

        var key = board is null ? (ChannelKey?)null : new ChannelKey(board, channel!);
        var found = (await new CorrectionLedger(database).ListAsync(key, cancellationToken).ConfigureAwait(false))
            .Where(c => caller.Sees(c.What.Channel) && c.Id > (after ?? 0)).Take(wanted + 1).ToList();
        var next = found.Count > wanted ? ApiAnswer.Next(context, "after", found[wanted - 1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;
        return ApiAnswer.List(new Page<CorrectionAnswer>([.. found.Take(wanted).Select(c => Answer(c, caller))], next));
    }

    private static async Task<IResult> AddAsync(CorrectionOrder order, ApiCaller caller, SqliteDatabase database, CancellationToken cancellationToken)
    {
        var kind = ApiQuery.One<CorrectionKind>(order.Kind ?? "", "kind");
        var reason = ApiQuery.Text(order.Reason, "reason");
        var (from, to) = ApiQuery.Period(order.From, order.To);
        if (from is null || to is null)
        {
            return ApiProblem.Bad("from, to", "both are needed");
        }

        var key = new ChannelKey(order.Board ?? "", order.Channel ?? "");
        if (Quantities.OfChannel(key.Channel) is not { } quantity || !caller.Registry.Assignments.Any(a => a.Key == key))
        {
            return ApiProblem.NotFound("channel");
        }

        long? amount = null;
        if (order.Amount is { } given)
        {
            var scaled = given * Quantities.Scale(quantity);
            if (scaled != decimal.Truncate(scaled) || Math.Abs(scaled) > long.MaxValue / 4)
            {
                return ApiProblem.Bad("amount", Quantities.Scale(quantity) == 1 ? "a whole number is needed" : "at most two decimals are allowed");
            }

            amount = (long)scaled;
        }

        try
        {
            var made = await new CorrectionLedger(database).AddAsync(
                new CorrectionRequest(kind, key, from.Value, to.Value, amount), caller.Actor, reason, new SqliteReadingStore(database), cancellationToken).ConfigureAwait(false);
            return TypedResults.Created((string?)null, Answer(made, caller));
        }
        catch (ArgumentException fault)
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, "Bad request", fault.Message);
        }
    }

    private static async Task<IResult> RevokeAsync(long id, ReasonOrder order, ApiCaller caller, SqliteDatabase database, CancellationToken cancellationToken)
    {
        var reason = ApiQuery.Text(order.Reason, "reason");
        var ledger = new CorrectionLedger(database);
        var known = (await ledger.ListAsync(null, cancellationToken).ConfigureAwait(false)).FirstOrDefault(c => c.Id == id && caller.Sees(c.What.Channel));
        if (known is null)
        {
            return ApiProblem.NotFound("correction");
        }

        return await ledger.RevokeAsync(id, caller.Actor, reason, cancellationToken).ConfigureAwait(false)
            ? TypedResults.Ok(Answer((await ledger.ListAsync(known.What.Channel, cancellationToken).ConfigureAwait(false)).First(c => c.Id == id), caller))
            : ApiProblem.Conflict("The correction is revoked already.");
    }

    /// <summary>Analysts see what was corrected and not the words that people wrote: those may name somebody.</summary>
    private static CorrectionAnswer Answer(Correction c, ApiCaller caller) => new(
        c.Id, c.Made, caller.IsPseudonymised ? null : c.Author, caller.IsPseudonymised ? null : c.Reason, c.What.Kind.ToString(),
        c.What.Channel.Board, c.What.Channel.Channel, c.What.From, c.What.To,
        c.What.Amount / (double)Quantities.Scale(Quantities.OfChannel(c.What.Channel.Channel) ?? Quantity.PulseRegister), c.Before.Readings,
        c.Revoked?.At, caller.IsPseudonymised ? null : c.Revoked?.Author, caller.IsPseudonymised ? null : c.Revoked?.Reason);
}
