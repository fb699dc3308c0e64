using System.Globalization;
using System.Text.Json.Nodes;
using Metering.Collector.Api;
using Metering.Collector.Storage;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.SensorThings;

/// <summary>An observation: a reading of a datastream. Its id is the datastream's, its instant, boot and sequence.</summary>
internal readonly record struct StaObservation(string Stream, ChannelAssignment Assignment, Reading Reading)
{
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Stream}~{Reading.Time.ToUnixTimeSeconds()}~{Reading.Boot}~{Reading.Sequence}");

    /// <summary>A value that is missing is null, and resultQuality says why.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Properties()
    {
        var missing = Reading.Missing != MissingReason.None;
        var flags = Reading.Flags;
        return new Dictionary<string, JsonNode?>
        {
            ["phenomenonTime"] = Text(Reading.Time),
            ["result"] = missing ? null : Reading.Value * StaModel.Factor(Assignment),
            ["resultTime"] = Text(Reading.Time),
            ["resultQuality"] = new JsonObject
            {
                ["clock"] = Reading.Clock.ToString(),
                ["flags"] = new JsonArray([.. Enum.GetValues<SampleFlags>().Where(f => f != SampleFlags.None && flags.HasFlag(f)).Select(static f => (JsonNode)f.ToString())]),
                ["missing"] = missing ? Reading.Missing.ToString() : null,
            },
        };
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A page of observations, and the token of the next one.</summary>
internal sealed record StaObservationPage(IReadOnlyList<StaObservation> Items, string? NextToken, long? Count);

/// <summary>Observations of datastreams, without holding more of them than a page.</summary>
internal sealed class StaObservations(StaModel model, IReadingStore store)
{
    /// <summary>One observation, or null.</summary>
    public async Task<StaObservation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var parts = id.Split('~');
        if (parts.Length != 7 || model.Stream(string.Join('~', parts[..4])) is not { } assignment
            || !ApiInstant.TryRead(parts[4], out var time) || time is null
            || !long.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var boot)
            || !long.TryParse(parts[6], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return null;
        }

        await foreach (var reading in store.ReadAsync(assignment.Key, time.Value, time.Value.AddSeconds(1), cancellationToken).ConfigureAwait(false))
        {
            if (reading.Boot == boot && reading.Sequence == sequence && Within(reading.Time, assignment))
            {
                return new StaObservation(string.Join('~', parts[..4]), assignment, reading);
            }
        }

        return null;
    }

    /// <summary>A page of the observations of datastreams, one after the other, each in the order of time or, of one datastream, backwards.</summary>
    public async Task<StaObservationPage> PageAsync(IReadOnlyList<string> streams, StaQuery query, CancellationToken cancellationToken)
    {
        if (query.Order is { Property: not ("phenomenonTime" or "resultTime") })
        {
            throw StaException.NotDone("$orderby: observations are ordered by phenomenonTime.");
        }

        if (streams.Count > 1 && (query.Order is not null || query.Count))
        {
            throw StaException.NotDone("$orderby and $count of observations are done for one datastream: Datastreams('ID')/Observations.");
        }

        var (from, to, id) = Bounds(query.Filter);
        long? count = query.Count ? await CountAsync(streams, from, to, cancellationToken).ConfigureAwait(false) : null;
        if (id is not null)
        {
            var one = await FindAsync(id, cancellationToken).ConfigureAwait(false);
            return new StaObservationPage(one is { } found && streams.Contains(found.Stream) ? [found] : [], null, count);
        }

        if (query.Order is { Descending: true })
        {
            return await BackwardsAsync(streams, query, from, to, count, cancellationToken).ConfigureAwait(false);
        }

        var after = Token(query.SkipToken, model);
        var page = new List<StaObservation>();
        var skip = query.Skip;
        foreach (var stream in streams.Where(s => after is not { } a || string.CompareOrdinal(s, a.Stream) >= 0))
        {
            var assignment = model.Stream(stream)!;
            var resume = after is { } token && token.Stream == stream ? token : (((string, DateTimeOffset Time, long Boot, long Sequence)?)null);
            await foreach (var reading in ReadAsync(assignment, resume?.Time > from ? resume.Value.Time : from, to, cancellationToken).ConfigureAwait(false))
            {
                if (resume is { } r && (reading.Time, reading.Boot, reading.Sequence).CompareTo((r.Time, r.Boot, r.Sequence)) <= 0)
                {
                    continue;
                }

                if (skip-- > 0)
                {
                    continue;
                }

                if (page.Count == query.Top)
                {
                    return new StaObservationPage(page, page.Count == 0 ? null : page[^1].Id, count);
                }

                page.Add(new StaObservation(stream, assignment, reading));
            }
        }

        return new StaObservationPage(page, null, count);
    }

    /// <summary>The last ones first: the range is read once, only what the page needs is kept.</summary>
    private async Task<StaObservationPage> BackwardsAsync(
        IReadOnlyList<string> streams, StaQuery query, DateTimeOffset from, DateTimeOffset to, long? count, CancellationToken cancellationToken)
    {
        if (streams.Count == 0 || query.Top == 0)
        {
            return new StaObservationPage([], null, count);
        }

        var stream = streams[0];
        var assignment = model.Stream(stream)!;
        var token = Token(query.SkipToken, model);
        if (token is { } before)
        {
            // The token is the first reading that was not given; those of its second that were are left out below.
            to = before.Time.AddSeconds(1) < to ? before.Time.AddSeconds(1) : to;
        }

        if (query is { Top: 1, Skip: 0 } && from == DateTimeOffset.MinValue && to == DateTimeOffset.MaxValue
            && await store.LatestAsync(assignment.Key, cancellationToken).ConfigureAwait(false) is { } latest && Within(latest.Time, assignment))
        {
            // What comes before it was not read: the next page begins there, and may turn out to be empty.
            var earlier = latest with { Sequence = Math.Max(0, latest.Sequence - 1) };
            return new StaObservationPage([new StaObservation(stream, assignment, latest)], new StaObservation(stream, assignment, earlier).Id, count);
        }

        var kept = new Queue<Reading>();
        var wanted = query.Skip + query.Top + 1;
        await foreach (var reading in ReadAsync(assignment, from, to, cancellationToken).ConfigureAwait(false))
        {
            if (token is { } first && (reading.Time, reading.Boot, reading.Sequence).CompareTo((first.Time, first.Boot, first.Sequence)) > 0)
            {
                continue;
            }

            kept.Enqueue(reading);
            if (kept.Count > wanted)
            {
                kept.Dequeue();
            }
        }

        var ordered = kept.Reverse().Skip(query.Skip).ToList();
        var page = ordered.Take(query.Top).Select(r => new StaObservation(stream, assignment, r)).ToList();
        return new StaObservationPage(page, ordered.Count > query.Top ? new StaObservation(stream, assignment, ordered[query.Top]).Id : null, count);
    }

    private async Task<long> CountAsync(IReadOnlyList<string> streams, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (var stream in streams)
        {
            await foreach (var reading in ReadAsync(model.Stream(stream)!, from, to, cancellationToken).ConfigureAwait(false))
            {
                count++;
            }
        }

        return count;
    }

    private IAsyncEnumerable<Reading> ReadAsync(ChannelAssignment assignment, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var begin = from > assignment.From ? from : assignment.From;
        var end = assignment.To is { } closed && closed < to ? closed : to;
        return begin < end ? store.ReadAsync(assignment.Key, begin, end, cancellationToken) : AsyncEnumerable.Empty<Reading>();
    }

    private static bool Within(DateTimeOffset time, ChannelAssignment assignment) => time >= assignment.From && (assignment.To is null || time < assignment.To);

    /// <summary>A filter as [from, to) and an id. Readings have whole seconds.</summary>
    private static (DateTimeOffset From, DateTimeOffset To, string? Id) Bounds(IReadOnlyList<StaComparison> filter)
    {
        var (from, to) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        string? id = null;
        foreach (var (property, comparison, value) in filter)
        {
            if (property is "id" or "@iot.id" && comparison == "eq")
            {
                id = value;
                continue;
            }

            if (property is not ("phenomenonTime" or "resultTime"))
            {
                throw StaException.NotDone("$filter: observations are filtered by phenomenonTime and id.");
            }

            if (!ApiInstant.TryRead(value, out var parsed) || parsed is not { } at)
            {
                throw StaException.Bad("$filter: an instant is written as 2026-03-01T00:00:00Z.");
            }

            var whole = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            var next = whole < DateTimeOffset.MaxValue.AddSeconds(-1) ? whole.AddSeconds(1) : DateTimeOffset.MaxValue;
            var up = whole == at ? whole : next;
            if (comparison is "ge" or "gt" or "eq")
            {
                var begin = comparison == "gt" ? next : up;
                from = begin > from ? begin : from;
            }

            if (comparison is "le" or "lt" or "eq")
            {
                var end = comparison == "lt" ? up : next;
                to = end < to ? end : to;
            }
        }

        return (from, to, id);
    }

    private static (string Stream, DateTimeOffset Time, long Boot, long Sequence)? Token(string? token, StaModel model)
    {
        if (token is null)
        {
            return null;
        }

        var parts = token.Split('~');
        return parts.Length == 7 && string.Join('~', parts[..4]) is var stream && model.Stream(stream) is not null
            && ApiInstant.TryRead(parts[4], out var time) && time is not null
            && long.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var boot)
            && long.TryParse(parts[6], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? (stream, time.Value, boot, sequence)
            : throw StaException.Bad("$skiptoken: take the address in @iot.nextLink as it is.");
    }
}
