using System.Buffers;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Xunit;
using static Metering.Mqtt.Tests.Codec.GoldenBytes;

namespace Metering.Mqtt.Tests.Codec;

/// <summary>What chapter 4.13 and the MUST sentences of both standards forbid, each with its reason code.</summary>
public sealed class StrictnessTests
{
    [Theory]
    [InlineData("00 00", "MalformedPacket", "packet type 0 is reserved")]
    [InlineData("11 00", "MalformedPacket", "flags of CONNECT are reserved")]
    [InlineData("60 02 0001", "MalformedPacket", "flags of PUBREL are 2")]
    [InlineData("80 05 0001 0000 00", "MalformedPacket", "flags of SUBSCRIBE are 2")]
    [InlineData("c0 01 00", "MalformedPacket", "PINGREQ has no body")]
    [InlineData("c0 80 00", "MalformedPacket", "remaining length in its shortest form")]
    [InlineData("30 ff ff ff ff 7f", "MalformedPacket", "remaining length of five bytes")]
    [InlineData("30 ff ff ff 7f", "PacketTooLarge", "larger than the receiver takes")]
    [InlineData("36 05 0001 61 0001", "MalformedPacket", "QoS 3 (MQTT-3.3.1-4)")]
    [InlineData("38 03 0001 61", "MalformedPacket", "duplicate at QoS 0 (MQTT-3.3.1-2)")]
    [InlineData("32 05 0001 61 0000", "ProtocolError", "packet identifier 0 (MQTT-2.3.1-1)")]
    [InlineData("30 03 0001 23", "TopicNameInvalid", "wildcard in a topic name (MQTT-3.3.2-2)")]
    [InlineData("30 02 0000", "TopicNameInvalid", "empty topic name (MQTT-4.7.3-1)")]
    [InlineData("30 04 0002 c080", "MalformedPacket", "overlong UTF-8 (MQTT-1.5.3-1)")]
    [InlineData("30 05 0003 eda080", "MalformedPacket", "surrogate in UTF-8 (MQTT-1.5.3-1)")]
    [InlineData("30 03 0001 00", "MalformedPacket", "U+0000 (MQTT-1.5.3-2)")]
    [InlineData("30 03 0009 61", "MalformedPacket", "string longer than the packet")]
    [InlineData("40 02 0000", "ProtocolError", "PUBACK of identifier 0")]
    [InlineData("40 03 0001 00", "MalformedPacket", "PUBACK of 3.1.1 has no reason")]
    [InlineData("20 02 02 00", "MalformedPacket", "reserved CONNACK flags (MQTT-3.2.2)")]
    [InlineData("20 02 00 06", "MalformedPacket", "reserved return code")]
    [InlineData("20 02 01 05", "ProtocolError", "session present in a refusal (MQTT-3.2.2-4)")]
    [InlineData("82 02 0001", "ProtocolError", "SUBSCRIBE without filter (MQTT-3.8.3-3)")]
    [InlineData("82 06 0001 0001 61 03", "MalformedPacket", "QoS 3 asked for (MQTT-3-8.3-4)")]
    [InlineData("82 06 0001 0001 61 04", "MalformedPacket", "options of 5.0 in 3.1.1")]
    [InlineData("90 03 0001 03", "MalformedPacket", "reserved SUBACK code (MQTT-3.9.3-2)")]
    [InlineData("a2 02 0001", "ProtocolError", "UNSUBSCRIBE without filter (MQTT-3.10.3-2)")]
    [InlineData("e0 01 00", "MalformedPacket", "DISCONNECT of 3.1.1 has no body")]
    [InlineData("f0 00", "MalformedPacket", "AUTH does not exist in 3.1.1")]
    [InlineData("10 0d 0004 4d515454 04 03 000a 0001 61", "MalformedPacket", "reserved connect flag (MQTT-3.1.2-3)")]
    [InlineData("10 0d 0004 4d515454 04 0a 000a 0001 61", "MalformedPacket", "will QoS without will (MQTT-3.1.2-13)")]
    [InlineData("10 0d 0004 4d515454 04 22 000a 0001 61", "MalformedPacket", "will retain without will (MQTT-3.1.2-15)")]
    [InlineData("10 0d 0004 4d515454 04 1e 000a 0001 61", "MalformedPacket", "will QoS 3 (MQTT-3.1.2-14)")]
    [InlineData("10 10 0004 4d515454 04 42 000a 0001 61 0001 70", "MalformedPacket", "password without user (MQTT-3.1.2-22)")]
    [InlineData("10 0d 0004 4d515453 04 02 000a 0001 61", "UnsupportedProtocolVersion", "another protocol name")]
    [InlineData("10 0d 0004 4d515454 03 02 000a 0001 61", "UnsupportedProtocolVersion", "level 3")]
    [InlineData("10 0f 0006 4d5149736470 03 02 000a 0001 61", "UnsupportedProtocolVersion", "MQTT 3.1")]
    [InlineData("10 0e 0004 4d515454 04 02 000a 0001 61 00", "MalformedPacket", "bytes after the payload")]
    public void Packet_of_3_1_1_that_the_standard_forbids_is_refused(string hex, string reason, string why) =>
        Assert.True(DecodeAndEncode(hex, MqttProtocolVersion.V311) == reason, $"{why}: {DecodeAndEncode(hex, MqttProtocolVersion.V311)}");

    [Theory]
    [InlineData("30 03 0000 00", "ProtocolError", "neither topic nor alias (3.3.2.1)")]
    [InlineData("30 05 0001 61 02 01", "MalformedPacket", "property list longer than the packet")]
    [InlineData("30 06 0001 61 02 7f00", "MalformedPacket", "unknown property")]
    [InlineData("30 07 0001 61 02 0101 ff", "PayloadFormatInvalid", "payload is not the text it claims to be (3.3.2.3.2)")]
    [InlineData("40 03 0001 01", "MalformedPacket", "reason code of another packet")]
    [InlineData("62 03 0001 87", "MalformedPacket", "reason code of another packet")]
    [InlineData("e0 01 18", "MalformedPacket", "reason code of another packet")]
    [InlineData("f0 01 18", "MalformedPacket", "AUTH without properties (3.15.2.1)")]
    [InlineData("82 07 0001 00 0001 61 30", "MalformedPacket", "retain handling 3 (MQTT-3.8.3-5)")]
    [InlineData("82 07 0001 00 0001 61 40", "MalformedPacket", "reserved options (MQTT-3.8.3-5)")]
    [InlineData("b0 03 0001 00", "MalformedPacket", "UNSUBACK without reason codes")]
    [InlineData("10 12 0004 4d515454 05 02 000a 04 16 0001 01 0001 61", "ProtocolError", "authentication data without method (3.1.2.11.10)")]
    [InlineData("10 14 0004 4d515454 05 06 000a 00 0001 61 00 0001 2b 0000", "TopicNameInvalid", "wildcard in a will topic")]
    public void Packet_of_5_that_the_standard_forbids_is_refused(string hex, string reason, string why)
    {
        string actual = DecodeAndEncode(hex, MqttProtocolVersion.V500);
        Assert.True(actual == reason, $"{why}: {actual}");
    }

    [Fact]
    public void Frame_of_any_split_is_incomplete_until_its_last_byte()
    {
        byte[] packet = Bytes("32 09 0003 612f62 000a 6869");
        for (int length = 0; length < packet.Length; length++)
        {
            Assert.Equal(
                MqttFrameStatus.Incomplete,
                MqttFrame.TryRead(new ReadOnlySequence<byte>(packet, 0, length), 64, out _, out _));
        }

        Assert.Equal(
            MqttFrameStatus.Complete, MqttFrame.TryRead(new ReadOnlySequence<byte>(packet), 64, out _, out _));
    }

    [Fact]
    public void Frame_too_large_is_refused_from_its_header_alone()
    {
        Assert.Equal(
            MqttFrameStatus.Refused,
            MqttFrame.TryRead(new ReadOnlySequence<byte>(Bytes("30 80 80 01")), 16 * 1024, out _, out MqttDecodeError error));
        Assert.Equal(MqttReasonCode.PacketTooLarge, error.Reason);
    }

    [Theory]
    [InlineData("a/+/c", true)]
    [InlineData("+", true)]
    [InlineData("#", true)]
    [InlineData("/", true)]
    [InlineData("a/#", true)]
    [InlineData("", false)]
    [InlineData("a+/b", false)]
    [InlineData("a/b#", false)]
    [InlineData("#/a", false)]
    [InlineData("a/#/b", false)]
    public void Filter_is_valid_exactly_as_4_7_1_says(string filter, bool valid) =>
        Assert.Equal(valid, TopicRules.IsValidFilter(filter));

    /// <summary>The examples of 4.7.1.2, 4.7.1.3 and 4.7.2.</summary>
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "anything/at/all", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/#", "$SYS/", true)]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
    public void Filter_matches_as_the_examples_of_the_standard_say(string filter, string topic, bool matches) =>
        Assert.Equal(matches, TopicRules.Matches(filter, topic));
}
