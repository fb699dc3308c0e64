using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Metering.Collector.Provisioning;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;
using Xunit;

namespace Metering.Collector.Tests.Provisioning;

/// <summary>A board is let in as itself and touches its own topics only.</summary>
public sealed class BoardAuthenticatorTests
{
    private const string Eui = "240ac4fffe804ff1";

    [Theory]
    [InlineData(Eui, "right", true)]
    [InlineData(Eui, "wrong", false)]
    [InlineData("240ac4fffe804ff2", "right", false)]
    [InlineData(null, null, false)]
    [InlineData(Eui, null, false)]
    public async Task Login_is_accepted_only_with_the_boards_own_name_and_password(string? user, string? password, bool accepted)
    {
        var answer = await AuthenticateAsync(user, password);

        Assert.Equal(accepted ? MqttReasonCode.Success : MqttReasonCode.NotAuthorized, answer.Reason);
        Assert.Equal(accepted ? Eui : null, answer.UserName);
    }

    [Theory]
    [InlineData("metering/v1/240ac4fffe804ff1/readings", true)]
    [InlineData("metering/v1/240ac4fffe804ff1/status", true)]
    [InlineData("metering/v1/240ac4fffe804ff1/event", true)]
    [InlineData("metering/v1/240ac4fffe804ff1/config", false)]
    [InlineData("metering/v1/240ac4fffe804ff1/command", false)]
    [InlineData("metering/v1/240ac4fffe804ff2/readings", false)]
    [InlineData("metering/v1/240ac4fffe804ff1/readings/x", false)]
    [InlineData("metering/v1/240ac4fffe804ff10/readings", false)]
    [InlineData("other", false)]
    public async Task Board_publishes_upwards_below_its_own_name_only(string topic, bool allowed)
    {
        Assert.Equal(allowed, (await AuthenticateAsync(Eui, "right")).Access!.MayPublish(topic));
    }

    [Theory]
    [InlineData("metering/v1/240ac4fffe804ff1/config", true)]
    [InlineData("metering/v1/240ac4fffe804ff1/command", true)]
    [InlineData("metering/v1/240ac4fffe804ff1/#", false)]
    [InlineData("metering/v1/+/config", false)]
    [InlineData("#", false)]
    [InlineData("metering/v1/240ac4fffe804ff2/config", false)]
    [InlineData("$share/g/metering/v1/240ac4fffe804ff1/config", false)]
    public async Task Board_listens_downwards_below_its_own_name_only(string filter, bool allowed)
    {
        Assert.Equal(allowed, (await AuthenticateAsync(Eui, "right")).Access!.MaySubscribe(filter));
    }

    private static async Task<MqttAuthentication> AuthenticateAsync(string? user, string? password) =>
        await new BoardAuthenticator(new OneBoard()).AuthenticateAsync(
            new MqttCredentials(
                "any", user, password is null ? null : Encoding.UTF8.GetBytes(password), new MqttPeer(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1), null, false)),
            CancellationToken.None);

    private sealed class OneBoard : IBoardCredentials
    {
        public string? ByPassword(string userName, ReadOnlySpan<byte> password) =>
            userName == Eui && password.SequenceEqual("right"u8) ? Eui : null;

        public string? ByCertificate(X509Certificate2 certificate) => null;
    }
}
