using System.Runtime.CompilerServices;
using Metering.Collector.Storage;
using Metering.Core.Readings;

namespace Metering.Collector.Tests.Notes;

/// <summary>Readings in memory, for tests of what is made from them.</summary>
internal sealed class ListReadingStore : IReadingStore
{
    private readonly SortedDictionary<string, List<Reading>> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChannelKey> _keys = [];

    public void Add(ChannelKey key, Reading reading)
    {
        if (!_channels.TryGetValue(key.ToString(), out var list))
        {
            _channels[key.ToString()] = list = [];
            _keys[key.ToString()] = key;
        }

        list.Add(reading);
    }

    public void RemoveAll(ChannelKey key, Predicate<Reading> match) => _channels[key.ToString()].RemoveAll(match);

    public Task<AppendResult> AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async IAsyncEnumerable<Reading> ReadAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var reading in Range(channel, from, to))
        {
            yield return reading;
        }
    }

    public Task<Reading?> LatestAsync(ChannelKey channel, CancellationToken cancellationToken) =>
        Task.FromResult<Reading?>(Range(channel, DateTimeOffset.MinValue, DateTimeOffset.MaxValue).LastOrDefault());

    public Task<ChannelStatistics> StatisticsAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var range = Range(channel, from, to).ToList();
        return Task.FromResult(new ChannelStatistics(
            range.Count(r => r.Missing == MissingReason.None), range.Count(r => r.Missing != MissingReason.None),
            range.Count == 0 ? null : range[0], range.Count == 0 ? null : range[^1]));
    }

    public Task<IReadOnlyList<ChannelKey>> ChannelsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelKey>>([.. _channels.Keys.Select(k => _keys[k])]);

    private IEnumerable<Reading> Range(ChannelKey channel, DateTimeOffset from, DateTimeOffset to) =>
        _channels.TryGetValue(channel.ToString(), out var list)
            ? list.Where(r => r.Time >= from && r.Time < to).OrderBy(r => r.Time).ThenBy(r => r.Boot).ThenBy(r => r.Sequence)
            : [];
}
