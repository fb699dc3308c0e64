using Metering.Mqtt.Client;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;
using Xunit;

namespace Metering.Mqtt.Tests.Server;

public sealed class PublishTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.ExactlyOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfService.ExactlyOnce)]
    public async Task Publish_accepted_by_the_inbox_is_acknowledged(
        MqttProtocolVersion version, MqttQualityOfService qualityOfService)
    {
        var inbox = new GatedInbox();
        await using var fixture = new EndpointFixture(inbox);
        await using MqttClientConnection client = await fixture.ConnectAsync(version);

        MqttReasonCode reason = await client.PublishAsync(
            "metering/v1/a/readings", "[1]"u8.ToArray(), qualityOfService, false, CancellationToken.None);

        Assert.Equal(MqttReasonCode.Success, reason);
        (MqttInboundMessage message, byte[] payload) = Assert.Single(inbox.Taken);
        Assert.Equal("metering/v1/a/readings", message.Topic);
        Assert.Equal("[1]"u8.ToArray(), payload);
        Assert.Equal((byte)qualityOfService, message.QualityOfService);
    }

    [Fact]
    public async Task Publish_acknowledgement_waits_for_the_inbox_and_keeps_the_order()
    {
        var inbox = new GatedInbox(gated: true);
        await using var fixture = new EndpointFixture(inbox);
        await using MqttClientConnection client = await fixture.ConnectAsync();
        Task<MqttReasonCode> first = client.PublishAsync("a", default, MqttQualityOfService.AtLeastOnce, false, default);
        Task<MqttReasonCode> second = client.PublishAsync("b", default, MqttQualityOfService.AtLeastOnce, false, default);
        await Eventually.IsTrueAsync(() => inbox.Gates.Count == 2);
        TaskCompletionSource<MqttInboxResult>[] gates = [.. inbox.Gates];

        gates[1].SetResult(MqttInboxResult.Accepted);
        Assert.False(first.IsCompleted || second.IsCompleted);
        gates[0].SetResult(MqttInboxResult.Accepted);

        Assert.Equal([MqttReasonCode.Success, MqttReasonCode.Success], await Task.WhenAll(first, second));
    }

    [Fact]
    public async Task Publish_refused_by_the_inbox_gets_the_reason_in_5_and_a_closed_connection_in_3_1_1()
    {
        var inbox = new GatedInbox { Answer = MqttInboxResult.NotAuthorized };
        await using var fixture = new EndpointFixture(inbox);
        await using MqttClientConnection five = await fixture.ConnectAsync();
        await using MqttClientConnection three = await fixture.ConnectAsync(MqttProtocolVersion.V311, "three");

        Assert.Equal(
            MqttReasonCode.NotAuthorized,
            await five.PublishAsync("a", default, MqttQualityOfService.AtLeastOnce, false, default));
        await Assert.ThrowsAsync<MqttConnectionException>(
            () => three.PublishAsync("a", default, MqttQualityOfService.AtLeastOnce, false, default));
    }

    [Fact]
    public async Task Publish_that_cannot_be_stored_is_not_acknowledged_and_the_connection_closes()
    {
        var inbox = new GatedInbox { Answer = MqttInboxResult.Unavailable };
        await using var fixture = new EndpointFixture(inbox);
        await using MqttClientConnection client = await fixture.ConnectAsync();

        await Assert.ThrowsAsync<MqttConnectionException>(
            () => client.PublishAsync("a", default, MqttQualityOfService.AtLeastOnce, false, default));
    }
}
