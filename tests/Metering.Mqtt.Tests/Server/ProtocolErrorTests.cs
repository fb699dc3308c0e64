using System.Buffers;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;
using Metering.Mqtt.Tests.Codec;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Mqtt.Tests.Server;

/// <summary>What a connected client must not send, and what it is told.</summary>
public sealed class ProtocolErrorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("30 06 0001 61 02 0b01", "82", "subscription identifier from a client (3.3.4-6)")]
    [InlineData("32 09 0001 61 0001 03 23 0009", "94", "alias above the topic alias maximum (3.3.2-9)")]
    [InlineData("32 08 0000 0001 03 23 0001", "82", "alias that was never set (3.3.2.3.4)")]
    [InlineData("30 ff ff 7f", "95", "packet larger than the maximum packet size (3.2.2.3.6)")]
    [InlineData("82 08 0001 00 0002 612b 00", "81", "filter that breaks the rules (4.7.1)")]
    [InlineData("a2 07 0001 00 0002 2b61", "81", "filter that breaks the rules (4.7.1)")]
    [InlineData("20 03 00 00 00", "82", "CONNACK from a client")]
    [InlineData("90 04 0001 00 00", "82", "SUBACK from a client")]
    [InlineData("50 02 0001", "82", "PUBREC for a message that was never sent at QoS 2")]
    [InlineData("d0 00", "82", "PINGRESP from a client")]
    [InlineData("f0 05 19 03 15 0000", "82", "AUTH without authentication method (4.12)")]
    [InlineData("e0 07 00 05 11 0000003c", "82", "DISCONNECT gives life to a session that had none (3.14.2.2.2)")]
    [InlineData("00 00", "81", "packet type 0")]
    public async Task Client_of_5_that_breaks_the_protocol_is_told_why_and_disconnected(string sent, string reason, string why)
    {
        await using var fixture = new EndpointFixture();
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture);

        await peer.SendAsync(sent);

        string answer = await peer.ReadAsync();
        Assert.True(answer == $"e002{reason}00", $"{why}: {answer}");
        Assert.Equal("closed", await peer.ReadAsync());
    }

    [Fact]
    public async Task Client_of_3_1_1_that_breaks_the_protocol_is_disconnected_without_a_word()
    {
        await using var fixture = new EndpointFixture();
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture, MqttProtocolVersion.V311);

        await peer.SendAsync("36 05 0001 61 0001");

        Assert.Equal("closed", await peer.ReadAsync());
    }

    [Fact]
    public async Task Client_of_5_that_exceeds_the_receive_maximum_is_told_so()
    {
        var inbox = new GatedInbox(gated: true);
        await using var fixture = new EndpointFixture(inbox, new() { ReceiveMaximum = 2 });
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture);

        await peer.SendAsync("32 06 0001 61 0001 00 32 06 0001 61 0002 00 32 06 0001 61 0003 00");

        Assert.Equal("e0029300", await peer.ReadAsync());
        Assert.Equal(2, inbox.Gates.Count);
        foreach (TaskCompletionSource<MqttInboxResult> gate in inbox.Gates)
        {
            gate.SetResult(MqttInboxResult.Accepted);
        }
    }

    [Fact]
    public async Task Client_of_3_1_1_beyond_the_window_is_read_slower_instead()
    {
        var inbox = new GatedInbox(gated: true);
        await using var fixture = new EndpointFixture(inbox, new() { ReceiveMaximum = 2 });
        using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture, MqttProtocolVersion.V311);
        await peer.SendAsync("32 05 0001 61 0001 32 05 0001 61 0002 32 05 0001 61 0003");
        await Eventually.IsTrueAsync(() => inbox.Gates.Count == 2);

        for (int answered = 0; answered < 3; answered++)
        {
            await Eventually.IsTrueAsync(() => inbox.Gates.Count > answered);
            Assert.InRange(inbox.Gates.Count - answered, 1, 2);
            inbox.Gates.ElementAt(answered).SetResult(MqttInboxResult.Accepted);
            Assert.Equal($"4002000{answered + 1}", await peer.ReadAsync());
        }
    }

    /// <summary>The connection answers or closes; the endpoint goes on serving others.</summary>
    [Fact]
    public async Task Damaged_packets_on_20_000_connections_never_escape_as_an_exception()
    {
        const int seed = 41;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[][] corpus =
            [.. GoldenPacketTests.Version500.Select(row => GoldenBytes.Bytes((string)row[1]))];
        await using var fixture = new EndpointFixture();
        for (int i = 0; i < 20_000; i++)
        {
            using ScriptedPeer peer = await ScriptedPeer.ConnectAsync(fixture);
            byte[] packet = [.. corpus[random.Next(corpus.Length)], .. corpus[random.Next(corpus.Length)]];
            packet[random.Next(packet.Length)] = (byte)random.Next(256);
            await peer.SendAsync(packet);
        }

        await fixture.StopAsync();
    }
}
