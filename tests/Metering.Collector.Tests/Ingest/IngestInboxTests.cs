using System.Text;
using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Storage;
using Metering.Core.Readings;
using Metering.Mqtt.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using System.Diagnostics.Metrics;
using Xunit;

namespace Metering.Collector.Tests.Ingest;

/// <summary>Law 2 (acknowledged means durable) and law 5 (what cannot be read is kept and blocks nothing) at the inbox.</summary>
public sealed class IngestInboxTests
{
    private const string Board = "0024befffe804ff1";
    private readonly GatedStore store = new();
    private readonly ListQuarantine quarantine = new();
    private readonly BoardDirectory boards = new();
    private readonly IngestMetrics metrics;
    private readonly IngestInbox inbox;

    public IngestInboxTests()
    {
        metrics = new IngestMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        inbox = new IngestInbox(store, quarantine, boards, metrics, TimeProvider.System, NullLogger<IngestInbox>.Instance);
    }

    [Fact]
    public async Task A_message_is_accepted_only_after_the_store_has_it()
    {
        var accepting = inbox.AcceptAsync(Message("readings", Pack), default).AsTask();
        Assert.False(accepting.IsCompleted);

        store.Gate.SetResult(new AppendResult(1, 0));

        Assert.Equal(MqttInboxResult.Accepted, await accepting);
        Assert.Equal((1L, 1L, 0L), (metrics.Messages, metrics.Stored, metrics.Duplicates));
        Assert.Equal(17, Assert.Single(store.Appended).Sequence);
    }

    [Fact]
    public async Task A_store_that_cannot_write_leaves_the_message_unacknowledged()
    {
        store.Gate.SetException(new StoreUnavailableException("disk full"));

        Assert.Equal(MqttInboxResult.Unavailable, await inbox.AcceptAsync(Message("readings", Pack), default));
        Assert.Empty(quarantine.Messages);
    }

    [Fact]
    public async Task A_quarantine_that_cannot_write_leaves_the_message_unacknowledged()
    {
        quarantine.Fails = true;

        Assert.Equal(MqttInboxResult.Unavailable, await inbox.AcceptAsync(Message("readings", "not a pack"), default));
    }

    [Fact]
    public async Task An_unreadable_message_is_kept_whole_and_accepted()
    {
        Assert.Equal(MqttInboxResult.Accepted, await inbox.AcceptAsync(Message("readings", "not a pack"), default));

        var kept = Assert.Single(quarantine.Messages);
        Assert.Equal(("not-json", "not a pack"), (kept.Code, Encoding.UTF8.GetString(kept.Payload)));
        Assert.Equal(1, metrics.Quarantined);
        Assert.Empty(store.Appended);
    }

    [Fact]
    public async Task An_unknown_topic_is_kept_too()
    {
        Assert.Equal(MqttInboxResult.Accepted, await inbox.AcceptAsync(new("c", null, "elsewhere", "x"u8.ToArray(), 1, false), default));
        Assert.Equal("unknown-topic", Assert.Single(quarantine.Messages).Code);
    }

    [Fact]
    public async Task A_status_is_remembered_and_touches_no_reading()
    {
        var status = """[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":1452531600,"n":"state","vs":"online"},{"n":"jdepth","u":"count","v":12}]""";

        Assert.Equal(MqttInboxResult.Accepted, await inbox.AcceptAsync(Message("status", status), default));

        Assert.Equal(("online", "12"), (boards.Find(Board)!.Status["state"], boards.Find(Board)!.Status["jdepth"]));
        Assert.Empty(store.Appended);
    }

    private const string Pack =
        """[{"bn":"urn:dev:mac:0024befffe804ff1:","bt":1452531600,"n":"seq","u":"count","v":17},{"n":"boot","u":"count","v":3},{"n":"up","u":"s","v":600},{"n":"clk","v":2},{"n":"ch1","u":"count","v":12345}]""";

    private static MqttInboundMessage Message(string kind, string payload) =>
        new(Board, Board, $"metering/v1/{Board}/{kind}", Encoding.UTF8.GetBytes(payload), 1, false);

    private sealed class GatedStore : IReadingStore
    {
        public TaskCompletionSource<AppendResult> Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<Sample> Appended { get; } = [];

        public async Task<AppendResult> AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
        {
            var result = await Gate.Task;
            Appended.AddRange(samples);
            return result;
        }

        public IAsyncEnumerable<Reading> ReadAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Reading?> LatestAsync(ChannelKey channel, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ChannelStatistics> StatisticsAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ChannelKey>> ChannelsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class ListQuarantine : IQuarantine
    {
        public bool Fails { get; set; }

        public List<QuarantinedMessage> Messages { get; } = [];

        public Task AddAsync(QuarantinedMessage message, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new StoreUnavailableException("disk full");
            }

            Messages.Add(message);
            return Task.CompletedTask;
        }

        public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)Messages.Count);
    }
}
