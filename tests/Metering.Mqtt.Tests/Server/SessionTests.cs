using System.Collections.Concurrent;
using System.Text;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;
using Xunit;

namespace Metering.Mqtt.Tests.Server;

/// <summary>Subscriptions, sessions, retained messages, wills, take-over, keep-alive (chapters 3 and 4).</summary>
public sealed class SessionTests
{
    private readonly ConcurrentQueue<MqttReceivedMessage> _received = [];

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Subscriber_gets_what_others_publish_below_its_wildcard(MqttProtocolVersion version)
    {
        await using var fixture = new EndpointFixture();
        await using MqttClientConnection tap = await SubscriberAsync(fixture, version, new MqttSubscription("m/+/readings", 1));
        await using MqttClientConnection board = await fixture.ConnectAsync(version, "board");

        await board.PublishAsync("m/a/readings", "1"u8.ToArray(), MqttQualityOfService.AtLeastOnce, false, default);
        await board.PublishAsync("m/a/status", "2"u8.ToArray(), MqttQualityOfService.AtLeastOnce, false, default);
        await board.PublishAsync("m/b/readings", "3"u8.ToArray(), MqttQualityOfService.AtMostOnce, false, default);

        await Eventually.IsTrueAsync(() => _received.Count == 2);
        Assert.Equal(["m/a/readings 1 qos1", "m/b/readings 3 qos0"], _received.Select(Text));
    }

    [Fact]
    public async Task Subscribe_to_what_is_not_offered_or_not_allowed_is_refused_filter_by_filter()
    {
        await using var fixture = new EndpointFixture();
        await using MqttClientConnection five = await fixture.ConnectAsync();
        await using MqttClientConnection three = await fixture.ConnectAsync(MqttProtocolVersion.V311, "three");
        MqttSubscription[] filters =
        [
            new("a", 2), new("forbidden/#", 1), new("$share/g/a", 1), new("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", 0),
        ];

        Assert.Equal(
            [
                MqttReasonCode.GrantedQoS1, MqttReasonCode.NotAuthorized, MqttReasonCode.SharedSubscriptionsNotSupported,
                MqttReasonCode.TopicFilterInvalid,
            ],
            await five.SubscribeAsync(filters, default));
        Assert.Equal(
            [
                MqttReasonCode.GrantedQoS1, MqttReasonCode.UnspecifiedError, MqttReasonCode.UnspecifiedError,
                MqttReasonCode.UnspecifiedError,
            ],
            await three.SubscribeAsync(filters, default));
    }

    [Fact]
    public async Task Subscriptions_of_a_session_are_bounded()
    {
        await using var fixture = new EndpointFixture(options: new() { SubscriptionsPerSessionMax = 1 });
        await using MqttClientConnection client = await fixture.ConnectAsync();

        Assert.Equal(
            [MqttReasonCode.Success, MqttReasonCode.QuotaExceeded],
            await client.SubscribeAsync([new("a", 0), new("b", 0)], default));
        await client.UnsubscribeAsync(["a"], default);
        Assert.Equal([MqttReasonCode.Success], await client.SubscribeAsync([new("b", 0)], default));
    }

    [Fact]
    public async Task Retained_message_reaches_a_later_subscriber_and_an_empty_one_removes_it()
    {
        await using var fixture = new EndpointFixture();
        fixture.Endpoint.Publish("m/a/config", "v1"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: true);
        fixture.Endpoint.Publish("m/a/config", "v2"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: true);
        fixture.Endpoint.Publish("m/b/config", "x"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: true);
        fixture.Endpoint.Publish("m/b/config", default, MqttQualityOfService.AtLeastOnce, retain: true);

        await using MqttClientConnection board = await SubscriberAsync(fixture, MqttProtocolVersion.V500, new MqttSubscription("m/#", 1));

        await Eventually.IsTrueAsync(() => !_received.IsEmpty);
        MqttReceivedMessage only = Assert.Single(_received);
        Assert.Equal("m/a/config v2 qos1", Text(only));
        Assert.True(only.Retain);
    }

    [Fact]
    public async Task Retained_message_published_while_a_client_subscribes_reaches_it_once_and_never_after_a_newer_one()
    {
        await using var fixture = new EndpointFixture();
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture);
        using var stop = new CancellationTokenSource();
        Task publisher = Task.Run(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                fixture.Endpoint.Publish("m", BitConverter.GetBytes(i), MqttQualityOfService.AtMostOnce, retain: true);
            }
        });

        for (int round = 0; round < 2000; round++)
        {
            List<int> got = [];
            await peer.SendAsync("82 07 0001 00 0001 6d 00  c0 00  a2 06 0002 00 0001 6d  c0 00");
            for (int answers = 0; answers < 2;)
            {
                string packet = await peer.ReadAsync();
                answers += packet == "d000" ? 1 : 0;
                if (packet[0] == '3')
                {
                    got.Add(BitConverter.ToInt32(Convert.FromHexString(packet).AsSpan()[^4..]));
                }
            }

            Assert.Equal(got.Distinct().Order(), got);
        }

        await stop.CancelAsync();
        await publisher;
    }

    [Fact]
    public async Task Retained_message_follows_retain_handling_and_retain_as_published()
    {
        await using var fixture = new EndpointFixture();
        fixture.Endpoint.Publish("a", "old"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: true);
        await using MqttClientConnection client = await SubscriberAsync(
            fixture, MqttProtocolVersion.V500, new MqttSubscription("a", 1) { RetainHandling = 1, RetainAsPublished = true });
        await Eventually.IsTrueAsync(() => _received.Count == 1);

        await client.SubscribeAsync([new("a", 1) { RetainHandling = 1, RetainAsPublished = true }], default);
        await client.SubscribeAsync([new("a", 1) { RetainHandling = 2, RetainAsPublished = true }], default);
        fixture.Endpoint.Publish("a", "new"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: true);

        await Eventually.IsTrueAsync(() => _received.Count == 2);
        Assert.Equal(["old", "new"], _received.Select(message => Encoding.UTF8.GetString(message.Payload.Span)));
        Assert.All(_received, message => Assert.True(message.Retain));
    }

    [Fact]
    public async Task Subscription_options_no_local_and_identifiers_are_kept()
    {
        await using var fixture = new EndpointFixture();
        await using MqttClientConnection client = await SubscriberAsync(
            fixture, MqttProtocolVersion.V500, new MqttSubscription("own/#", 1) { NoLocal = true });
        using ScriptedPeer other = await ScriptedPeer.ConnectAsync(fixture, clientId: "other");

        // SUBSCRIBE with identifier 7 to "a", then to "+" with identifier 8.
        await other.SendAsync("82 09 0001 02 0b07 0001 61 00");
        Assert.Equal("900400010000", await other.ReadAsync());
        await other.SendAsync("82 09 0002 02 0b08 0001 2b 00");
        Assert.Equal("900400020000", await other.ReadAsync());
        await client.PublishAsync("own/x", default, MqttQualityOfService.AtLeastOnce, false, default);
        await client.PublishAsync("a", default, MqttQualityOfService.AtLeastOnce, false, default);

        Assert.Contains(await other.ReadAsync(), (string[])["3008000161040b070b08", "3008000161040b080b07"]);
        Assert.Empty(_received);
    }

    [Fact]
    public async Task Session_keeps_subscriptions_and_qos_1_messages_while_its_client_is_away()
    {
        await using var fixture = new EndpointFixture();
        MqttClientOptions options = Options(fixture, MqttProtocolVersion.V500) with { CleanStart = false, SessionExpirySeconds = 60 };
        MqttClientConnection first = await MqttClientConnection.ConnectAsync(options, default);
        Assert.False(first.SessionPresent);
        await first.SubscribeAsync([new("a", 1)], default);
        first.Abort();
        await Eventually.IsTrueAsync(() => fixture.Endpoint.Sessions.Count == 1 && IsDetached(fixture));
        fixture.Endpoint.Publish("a", "1"u8.ToArray(), MqttQualityOfService.AtLeastOnce, false);
        fixture.Endpoint.Publish("a", "0"u8.ToArray(), MqttQualityOfService.AtMostOnce, false);
        fixture.Endpoint.Publish("a", "2"u8.ToArray(), MqttQualityOfService.AtLeastOnce, false);

        await using MqttClientConnection second = await MqttClientConnection.ConnectAsync(options, default);

        Assert.True(second.SessionPresent);
        await Eventually.IsTrueAsync(() => _received.Count == 2);
        Assert.Equal(["a 1 qos1", "a 2 qos1"], _received.Select(Text));
    }

    [Fact]
    public async Task Session_sends_again_what_was_not_acknowledged_marked_as_duplicate()
    {
        await using var fixture = new EndpointFixture();
        const string connect = "10 13 0004 4d515454 05 00 0000 05 11 0000003c 0001 63";
        using (var first = new ScriptedPeer(fixture.OpenStream()))
        {
            await first.SendAsync(connect);
            await first.ReadAsync();
            await first.SendAsync("82 07 0001 00 0001 61 01");
            Assert.Equal("900400010001", await first.ReadAsync());
            fixture.Endpoint.Publish("a", "1"u8.ToArray(), MqttQualityOfService.AtLeastOnce, false);
            Assert.Equal("32070001610001" + "0031", await first.ReadAsync());
        }

        using var second = new ScriptedPeer(fixture.OpenStream());
        await second.SendAsync(connect);
        Assert.Equal("0100", (await second.ReadAsync())[4..8]);
        Assert.Equal("3a070001610001" + "0031", await second.ReadAsync());
        await second.SendAsync("40 02 0001 c0 00");
        Assert.Equal("d000", await second.ReadAsync());
    }

    [Fact]
    public async Task Session_ends_after_its_expiry_interval()
    {
        var time = new ManualTime();
        await using var fixture = new EndpointFixture(time: time);
        MqttClientOptions options = Options(fixture, MqttProtocolVersion.V500) with { CleanStart = false, SessionExpirySeconds = 60 };
        await using (MqttClientConnection first = await MqttClientConnection.ConnectAsync(options, default))
        {
            await first.SubscribeAsync([new("a", 1)], default);
        }

        await Eventually.IsTrueAsync(() => IsDetached(fixture));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, fixture.Endpoint.Sessions.Count);
        Assert.Equal(0, fixture.Endpoint.Publish("a", default, MqttQualityOfService.AtLeastOnce, false));
        await using MqttClientConnection second = await MqttClientConnection.ConnectAsync(options, default);
        Assert.False(second.SessionPresent);
    }

    [Fact]
    public async Task Messages_for_a_slow_client_stay_within_its_receive_maximum_and_the_queue_bound()
    {
        await using var fixture = new EndpointFixture(options: new() { QueuedMessagesPerSessionMax = 3 });
        using var peer = new ScriptedPeer(fixture.OpenStream());
        await peer.SendAsync("10 11 0004 4d515454 05 02 0000 03 21 0002 0001 63");
        await peer.ReadAsync();
        await peer.SendAsync("82 07 0001 00 0001 61 01");
        await peer.ReadAsync();
        for (int i = 0; i < 10; i++)
        {
            fixture.Endpoint.Publish("a", "x"u8.ToArray(), MqttQualityOfService.AtLeastOnce, false);
        }

        // Two in flight, three waiting, five dropped.
        Assert.Equal("320700016100010078", await peer.ReadAsync());
        Assert.Equal("320700016100020078", await peer.ReadAsync());
        for (int id = 1; id <= 5; id++)
        {
            await peer.SendAsync($"40 02 000{id}");
            if (id <= 3)
            {
                Assert.Equal($"32070001610{id + 2:x3}0078", await peer.ReadAsync());
            }
        }

        await peer.SendAsync("c0 00");
        Assert.Equal("d000", await peer.ReadAsync());
    }

    [Fact]
    public async Task Message_expires_while_it_waits_and_shows_what_remains_of_its_life()
    {
        var time = new ManualTime();
        await using var fixture = new EndpointFixture(time: time);
        await using MqttClientConnection board = await fixture.ConnectAsync(clientId: "board");
        await board.PublishAsync(
            "short", "s"u8.ToArray(), MqttQualityOfService.AtLeastOnce, true, default, new() { MessageExpirySeconds = 10 });
        await board.PublishAsync(
            "long", "l"u8.ToArray(), MqttQualityOfService.AtLeastOnce, true, default,
            new() { MessageExpirySeconds = 100, ContentType = "t", UserProperties = [new("k", "v")] });
        time.Advance(TimeSpan.FromSeconds(30));

        await using MqttClientConnection tap = await SubscriberAsync(fixture, MqttProtocolVersion.V500, new MqttSubscription("#", 1));

        await Eventually.IsTrueAsync(() => !_received.IsEmpty);
        MqttReceivedMessage only = Assert.Single(_received);
        Assert.Equal("long", only.Topic);
        Assert.Equal(70u, only.Properties.MessageExpirySeconds);
        Assert.Equal("t", only.Properties.ContentType);
        Assert.Equal([new MqttUserProperty("k", "v")], only.Properties.UserProperties);
    }

    [Fact]
    public async Task Message_larger_than_a_client_takes_is_not_sent_to_it()
    {
        await using var fixture = new EndpointFixture();
        await using MqttClientConnection tap = await MqttClientConnection.ConnectAsync(
            Options(fixture, MqttProtocolVersion.V500) with { PacketBytesMax = 100 }, default);
        await tap.SubscribeAsync([new("a", 1)], default);

        fixture.Endpoint.Publish("a", new byte[200], MqttQualityOfService.AtLeastOnce, false);
        fixture.Endpoint.Publish("a", "1"u8.ToArray(), MqttQualityOfService.AtLeastOnce, false);

        await Eventually.IsTrueAsync(() => !_received.IsEmpty);
        Assert.Equal("a 1 qos1", Text(Assert.Single(_received)));
    }

    [Fact]
    public async Task Second_client_of_an_identifier_takes_the_session_over()
    {
        await using var fixture = new EndpointFixture();
        await using MqttClientConnection first = await fixture.ConnectAsync();

        await using MqttClientConnection second = await fixture.ConnectAsync();

        Assert.Equal(MqttReasonCode.SessionTakenOver, (await first.Ended).Reason);
        Assert.Equal(
            MqttReasonCode.Success, await second.PublishAsync("a", default, MqttQualityOfService.AtLeastOnce, false, default));
    }

    [Fact]
    public async Task Identifier_of_another_user_cannot_be_taken_over()
    {
        await using var fixture = new EndpointFixture();
        await using MqttClientConnection first = await MqttClientConnection.ConnectAsync(
            fixture.ClientOptions() with { UserName = "one" }, default);

        MqttConnectionException refusal = await Assert.ThrowsAsync<MqttConnectionException>(
            () => MqttClientConnection.ConnectAsync(fixture.ClientOptions() with { UserName = "two" }, default));

        Assert.Equal(MqttReasonCode.ClientIdentifierNotValid, refusal.Reason);
        Assert.False(first.Ended.IsCompleted);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Will_is_published_when_the_connection_breaks_and_not_after_a_disconnect(MqttProtocolVersion version)
    {
        var inbox = new GatedInbox();
        await using var fixture = new EndpointFixture(inbox);
        await using MqttClientConnection tap = await SubscriberAsync(fixture, version, new MqttSubscription("w", 1));
        MqttClientOptions options = fixture.ClientOptions(version, "board") with { Will = new("w", "gone"u8.ToArray(), 1, true) };
        await using (await MqttClientConnection.ConnectAsync(options, default))
        {
        }

        MqttClientConnection broken = await MqttClientConnection.ConnectAsync(options, default);
        broken.Abort();

        await Eventually.IsTrueAsync(() => !_received.IsEmpty);
        Assert.Equal("w gone qos1", Text(Assert.Single(_received)));
        Assert.Equal("w", Assert.Single(inbox.Taken).Message.Topic);
    }

    [Fact]
    public async Task Will_with_a_delay_waits_for_it_and_is_dropped_when_the_client_comes_back()
    {
        var time = new ManualTime();
        var inbox = new GatedInbox();
        await using var fixture = new EndpointFixture(inbox, time: time);
        MqttClientOptions options = fixture.ClientOptions() with
        {
            CleanStart = false,
            SessionExpirySeconds = 300,
            Will = new("w", default, 1, false) { Properties = new() { WillDelaySeconds = 30 } },
        };
        (await MqttClientConnection.ConnectAsync(options, default)).Abort();
        await Eventually.IsTrueAsync(() => IsDetached(fixture, "client"));
        time.Advance(TimeSpan.FromSeconds(29));
        MqttClientConnection back = await MqttClientConnection.ConnectAsync(options, default);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Empty(inbox.Taken);

        back.Abort();
        await Eventually.IsTrueAsync(() => IsDetached(fixture, "client"));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(inbox.Taken);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => inbox.Taken.Count == 1);
    }

    [Fact]
    public async Task Silent_client_is_disconnected_after_one_and_a_half_keep_alives()
    {
        var time = new ManualTime();
        await using var fixture = new EndpointFixture(time: time);
        using var peer = new ScriptedPeer(fixture.OpenStream());
        await peer.SendAsync("10 0e 0004 4d515454 05 02 000a 00 0001 61");
        await peer.ReadAsync();
        time.Advance(TimeSpan.FromSeconds(14));
        await peer.SendAsync("c0 00");
        Assert.Equal("d000", await peer.ReadAsync());
        time.Advance(TimeSpan.FromSeconds(14));
        await peer.SendAsync("c0 00");
        Assert.Equal("d000", await peer.ReadAsync());

        time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal("e0028d00", await peer.ReadAsync());
        Assert.Equal("closed", await peer.ReadAsync());
    }

    [Fact]
    public async Task Topic_alias_stands_for_the_topic_that_set_it()
    {
        var inbox = new GatedInbox();
        await using var fixture = new EndpointFixture(inbox);
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture);

        await peer.SendAsync("32 09 0001 61 0001 03 23 0001  32 09 0001 62 0002 03 23 0002");
        await peer.SendAsync("32 08 0000 0003 03 23 0001  32 09 0001 63 0004 03 23 0001  32 08 0000 0005 03 23 0001");

        for (int id = 1; id <= 5; id++)
        {
            Assert.Equal($"4002000{id}", await peer.ReadAsync());
        }

        Assert.Equal(["a", "b", "a", "c", "c"], inbox.Taken.Select(taken => taken.Message.Topic));
    }

    [Fact]
    public async Task Exactly_once_takes_a_repeated_message_once_even_over_a_new_connection()
    {
        var inbox = new GatedInbox();
        await using var fixture = new EndpointFixture(inbox);
        const string connect = "10 13 0004 4d515454 05 00 0000 05 11 0000003c 0001 63";
        using (var first = new ScriptedPeer(fixture.OpenStream()))
        {
            await first.SendAsync(connect);
            await first.ReadAsync();
            await first.SendAsync("34 06 0001 61 0009 00");
            Assert.Equal("50020009", await first.ReadAsync());
        }

        using var second = new ScriptedPeer(fixture.OpenStream());
        await second.SendAsync(connect);
        await second.ReadAsync();
        await second.SendAsync("3c 06 0001 61 0009 00");
        Assert.Equal("50020009", await second.ReadAsync());
        await second.SendAsync("62 02 0009 62 02 0009");
        Assert.Equal("70020009", await second.ReadAsync());
        Assert.Equal("7003000992", await second.ReadAsync());
        Assert.Single(inbox.Taken);
    }

    [Fact]
    public async Task Refused_publish_is_never_seen_by_the_inbox_or_a_subscriber()
    {
        var inbox = new GatedInbox();
        await using var fixture = new EndpointFixture(inbox);
        await using MqttClientConnection tap = await SubscriberAsync(fixture, MqttProtocolVersion.V500, new MqttSubscription("#", 1));
        await using MqttClientConnection five = await fixture.ConnectAsync(clientId: "five");
        await using MqttClientConnection three = await fixture.ConnectAsync(MqttProtocolVersion.V311, "three");

        Assert.Equal(
            MqttReasonCode.NotAuthorized,
            await five.PublishAsync("forbidden/x", default, MqttQualityOfService.AtLeastOnce, false, default));
        Assert.Equal(
            MqttReasonCode.NotAuthorized,
            await five.PublishAsync("$SYS/x", default, MqttQualityOfService.ExactlyOnce, false, default));
        await Assert.ThrowsAsync<MqttConnectionException>(
            () => three.PublishAsync("forbidden/x", default, MqttQualityOfService.AtLeastOnce, false, default));
        Assert.Empty(inbox.Taken);
        Assert.Empty(_received);
    }

    [Fact]
    public async Task Stopping_endpoint_acknowledges_what_the_inbox_has_before_it_says_goodbye()
    {
        var inbox = new GatedInbox(gated: true);
        await using var fixture = new EndpointFixture(inbox);
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture);
        await peer.SendAsync("32 06 0001 61 0001 00");
        await Eventually.IsTrueAsync(() => inbox.Gates.Count == 1);

        Task stopped = fixture.StopAsync();
        inbox.Gates.Single().SetResult(MqttInboxResult.Accepted);

        Assert.Equal("40020001", await peer.ReadAsync());
        Assert.Equal("e0028b00", await peer.ReadAsync());
        await stopped;
    }

    [Fact]
    public async Task Payload_bytes_that_await_the_inbox_are_bounded_over_all_connections()
    {
        var inbox = new GatedInbox(gated: true);
        await using var fixture = new EndpointFixture(inbox, new() { InboxBytesMax = 100 });
        using ScriptedPeer one = await ScriptedPeer.ConnectAsync(fixture, MqttProtocolVersion.V311, "one");
        using ScriptedPeer two = await ScriptedPeer.ConnectAsync(fixture, MqttProtocolVersion.V311, "two");
        string message = "30 6f 0001 61" + new string('a', 216);
        await one.SendAsync(message);
        await Eventually.IsTrueAsync(() => inbox.Gates.Count == 1);

        await two.SendAsync("c0 00" + message);
        Assert.Equal("d000", await two.ReadAsync());
        Assert.Single(inbox.Gates);
        inbox.Gates.First().SetResult(MqttInboxResult.Accepted);

        await Eventually.IsTrueAsync(() => inbox.Gates.Count == 2);
        inbox.Gates.Last().SetResult(MqttInboxResult.Accepted);
    }

    private static string Text(MqttReceivedMessage message) =>
        $"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)} qos{message.QualityOfService}";

    private static bool IsDetached(EndpointFixture fixture, string clientId = "tap") =>
        fixture.Endpoint.Sessions.Find(clientId) is { Holder: null };

    private MqttClientOptions Options(EndpointFixture fixture, MqttProtocolVersion version) =>
        fixture.ClientOptions(version, "tap") with
        {
            Received = message =>
            {
                _received.Enqueue(message);
                return message.AcknowledgeAsync();
            },
        };

    private async Task<MqttClientConnection> SubscriberAsync(
        EndpointFixture fixture, MqttProtocolVersion version, MqttSubscription subscription)
    {
        MqttClientConnection client = await MqttClientConnection.ConnectAsync(Options(fixture, version), default);
        Assert.False((await client.SubscribeAsync([subscription], default))[0].IsFailure());
        return client;
    }
}
