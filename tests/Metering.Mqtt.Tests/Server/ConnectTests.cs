using System.Net;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;
using Xunit;

namespace Metering.Mqtt.Tests.Server;

/// <summary>CONNECT and CONNACK (3.1, 3.2), refusals, and what counts against an address.</summary>
public sealed class ConnectTests
{
    [Theory]
    [InlineData("10 0d 0004 4d515454 03 02 000a 0001 61", "20020001", "level 3 gets return code 1")]
    [InlineData("10 0d 0004 4d515454 06 02 000a 0001 61", "20020001", "level 6 gets return code 1")]
    [InlineData("10 0c 0004 4d515454 04 00 0000 0000", "20020002", "no identifier and not clean gets return code 2")]
    [InlineData("10 0d 0004 4d515454 04 03 000a 0001 61", "closed", "malformed 3.1.1 has no return code")]
    [InlineData("10 0e 0004 4d515454 05 03 000a 00 0001 61", "2003008100", "malformed 5 gets its reason")]
    [InlineData("10 12 0004 4d515454 05 02 000a 04 15 0001 6d 0001 61", "20 03 00 8c 00", "enhanced authentication is not offered")]
    [InlineData("30 03 0001 61", "closed", "first packet is not CONNECT")]
    [InlineData("c0 00", "closed", "first packet is not CONNECT")]
    public async Task Connect_that_cannot_be_served_is_refused_as_the_standard_says(string sent, string answer, string why)
    {
        await using var fixture = new EndpointFixture();
        using var peer = new ScriptedPeer(fixture.OpenStream());

        await peer.SendAsync(sent);

        string received = await peer.ReadAsync();
        Assert.True(received == Codec.GoldenBytes.Compact(answer), $"{why}: {received}");
        Assert.Equal("closed", received == "closed" ? "closed" : await peer.ReadAsync());
    }

    [Fact]
    public async Task Connect_of_5_is_told_the_limits_and_gets_an_identifier_and_a_keep_alive()
    {
        await using var fixture = new EndpointFixture();
        await using MqttClientConnection client = await MqttClientConnection.ConnectAsync(
            fixture.ClientOptions(clientId: "") with { KeepAliveSeconds = 0, SessionExpirySeconds = uint.MaxValue },
            CancellationToken.None);

        MqttProperties server = client.ServerProperties;
        Assert.StartsWith("auto-", client.ClientId, StringComparison.Ordinal);
        Assert.Equal((ushort)64, server.ReceiveMaximum);
        Assert.Equal(16_384u, server.MaximumPacketSizeBytes);
        Assert.Equal((ushort)8, server.TopicAliasMaximum);
        Assert.Equal((ushort)1200, server.ServerKeepAliveSeconds);
        Assert.Equal(604_800u, server.SessionExpirySeconds);
        Assert.False(server.SharedSubscriptionAvailable);
    }

    [Fact]
    public async Task Connect_with_a_will_to_a_forbidden_topic_is_not_authorized()
    {
        await using var fixture = new EndpointFixture();

        MqttConnectionException refusal = await Assert.ThrowsAsync<MqttConnectionException>(
            () => MqttClientConnection.ConnectAsync(
                fixture.ClientOptions() with { Will = new("forbidden/x", default, 1, false) }, CancellationToken.None));

        Assert.Equal(MqttReasonCode.NotAuthorized, refusal.Reason);
    }

    [Fact]
    public async Task Connection_without_a_connect_is_closed_after_the_connect_timeout()
    {
        var time = new ManualTime();
        await using var fixture = new EndpointFixture(time: time);
        using var peer = new ScriptedPeer(fixture.OpenStream());
        Task<string> end = peer.ReadAsync();

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("closed", await end);
    }

    [Fact]
    public async Task Second_connect_on_a_connection_is_a_protocol_error()
    {
        await using var fixture = new EndpointFixture();
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture);

        await peer.SendAsync("10 0e 0004 4d515454 05 02 000a 00 0001 61");

        Assert.Equal("e0028200", await peer.ReadAsync());
        Assert.Equal("closed", await peer.ReadAsync());
    }

    [Fact]
    public async Task Connections_of_one_address_are_bounded_and_freed_when_they_close()
    {
        await using var fixture = new EndpointFixture(options: new()
        {
            PerAddress = new() { ConnectionsMax = 2, IncludeLoopback = true },
        });
        var home = new IPEndPoint(IPAddress.Parse("192.0.2.7"), 40_000);
        using var first = new ScriptedPeer(fixture.OpenStream(home));
        var second = new ScriptedPeer(fixture.OpenStream(home));
        using var third = new ScriptedPeer(fixture.OpenStream(home));
        using var elsewhere = new ScriptedPeer(fixture.OpenStream(new IPEndPoint(IPAddress.Parse("192.0.2.8"), 40_000)));
        const string connect = "10 0c 0004 4d515454 04 02 0000 0000";

        Assert.Equal("closed", await third.ReadAsync());
        await elsewhere.SendAsync(connect);
        Assert.Equal("20020000", await elsewhere.ReadAsync());
        await second.SendAsync(connect);
        Assert.Equal("20020000", await second.ReadAsync());
        second.Dispose();

        string answer;
        do
        {
            using var again = new ScriptedPeer(fixture.OpenStream(home));
            await again.SendAsync(connect);
            answer = await again.ReadAsync();
        }
        while (answer == "closed");
        Assert.Equal("20020000", answer);
    }

    [Fact]
    public async Task Failed_logins_of_one_address_close_its_door_until_the_window_has_passed()
    {
        var time = new ManualTime();
        var door = new CountingDoor();
        await using var fixture = new EndpointFixture(
            options: new() { PerAddress = new() { FailedLoginsMax = 3 } }, authenticator: door, time: time);
        var home = new IPEndPoint(IPAddress.Parse("192.0.2.7"), 40_000);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("2003008600", await TryAsync(home));
        }

        Assert.Equal("2003009f00", await TryAsync(home));
        Assert.Equal(3, door.Asked);
        Assert.Equal("2003008600", await TryAsync(new IPEndPoint(IPAddress.Parse("192.0.2.8"), 40_000)));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("2003008600", await TryAsync(home));

        async Task<string> TryAsync(IPEndPoint from)
        {
            using var peer = new ScriptedPeer(fixture.OpenStream(from));
            await peer.SendAsync("10 0e 0004 4d515454 05 02 000a 00 0001 61");
            return await peer.ReadAsync();
        }
    }

    [Fact]
    public async Task Messages_of_one_address_faster_than_its_rate_are_read_slower_and_none_is_lost()
    {
        var time = new ManualTime();
        var inbox = new GatedInbox();
        await using var fixture = new EndpointFixture(
            inbox, new() { PerAddress = new() { MessagesPerSecondMax = 10 } }, time: time);
        using var peer = new ScriptedPeer(fixture.OpenStream(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 40_000)));
        await peer.SendAsync("10 0c 0004 4d515454 04 02 0000 0000");
        await peer.ReadAsync();

        await peer.SendAsync(string.Concat(Enumerable.Repeat("30 03 0001 61", 30)));

        await Eventually.IsTrueAsync(() => inbox.Taken.Count == 10);
        while (inbox.Taken.Count < 30)
        {
            int before = inbox.Taken.Count;
            time.Advance(TimeSpan.FromMilliseconds(50));
            Assert.InRange(inbox.Taken.Count, before, before + 1);
            await Task.Yield();
        }
    }

    private sealed class CountingDoor : IMqttAuthenticator
    {
        public int Asked { get; private set; }

        public ValueTask<MqttAuthentication> AuthenticateAsync(
            MqttCredentials credentials, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(MqttAuthentication.Refuse(MqttReasonCode.BadUserNameOrPassword));
        }
    }
}
