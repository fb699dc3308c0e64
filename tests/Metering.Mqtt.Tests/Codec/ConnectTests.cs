using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Xunit;
using static Metering.Mqtt.Tests.Codec.GoldenBytes;

namespace Metering.Mqtt.Tests.Codec;

public sealed class ConnectTests
{
    [Fact]
    public void Connect_of_3_1_1_with_will_user_and_password_has_the_bytes_of_the_standard()
    {
        var packet = new ConnectPacket
        {
            Version = MqttProtocolVersion.V311,
            ClientId = "ab",
            CleanStart = true,
            KeepAliveSeconds = 60,
            Will = new("w/t", "bye"u8.ToArray(), 1, true),
            UserName = "u",
            Password = "p"u8.ToArray(),
        };

        // 3.1: type 1; "MQTT", level 4, flags user+password+will retain+will QoS 1+will+clean, keep-alive 60.
        string golden = Compact("10 1e 0004 4d515454 04 ee 003c 0002 6162 0003 772f74 0003 627965 0001 75 0001 70");
        Assert.Equal(golden, Hex(packet.Encode));
        var reader = new PacketReader(Frame(golden).Body.FirstSpan);
        Assert.True(ConnectPacket.TryDecode(ref reader, out ConnectPacket? decoded));
        Assert.Equal(golden, Hex(decoded!.Encode));
    }

    [Fact]
    public void Connect_of_5_with_properties_has_the_bytes_of_the_standard()
    {
        var packet = new ConnectPacket
        {
            Version = MqttProtocolVersion.V500,
            ClientId = "",
            KeepAliveSeconds = 10,
            Properties = new() { SessionExpirySeconds = 3600, ReceiveMaximum = 20 },
        };

        string golden = Compact("10 15 0004 4d515454 05 00 000a 08 11 00000e10 21 0014 0000");
        Assert.Equal(golden, Hex(packet.Encode));
        var reader = new PacketReader(Frame(golden).Body.FirstSpan);
        Assert.True(ConnectPacket.TryDecode(ref reader, out ConnectPacket? decoded));
        Assert.Equal(golden, Hex(decoded!.Encode));
    }
}
