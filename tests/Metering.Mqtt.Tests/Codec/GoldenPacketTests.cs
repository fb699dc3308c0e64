using Metering.Mqtt.Protocol;
using Xunit;
using static Metering.Mqtt.Tests.Codec.GoldenBytes;

namespace Metering.Mqtt.Tests.Codec;

/// <summary>
/// Every packet type, both versions, laid out by hand from chapter 3 of the two standards, field by field, and the non-normative
/// examples printed there. Each is decoded and written again: the same bytes must come out.
/// </summary>
public sealed class GoldenPacketTests
{
    public static TheoryData<string, string> Version311 => new()
    {
        // 3.1.1, figure 3.1 ff.: "MQTT", level 4, flags, keep-alive 10; identifier "a".
        { "CONNECT clean session", "10 0d 0004 4d515454 04 02 000a 0001 61" },
        { "CONNECT without identifier", "10 0c 0004 4d515454 04 02 0000 0000" },
        { "CONNECT will QoS 0", "10 14 0004 4d515454 04 06 003c 0001 61 0001 77 0002 6279" },
        { "CONNECT will QoS 2 retained, user", "10 17 0004 4d515454 04 b6 003c 0001 61 0001 77 0002 6279 0001 75" },
        { "CONNECT user and empty password", "10 12 0004 4d515454 04 c2 003c 0001 61 0001 75 0000" },
        { "CONNACK accepted", "20 02 00 00" },
        { "CONNACK session present", "20 02 01 00" },
        { "CONNACK unacceptable protocol version", "20 02 00 01" },
        { "CONNACK identifier rejected", "20 02 00 02" },
        { "CONNACK server unavailable", "20 02 00 03" },
        { "CONNACK bad user name or password", "20 02 00 04" },
        { "CONNACK not authorized", "20 02 00 05" },

        // Figure 3.11: topic "a/b", packet identifier 10.
        { "PUBLISH QoS 1 of the example", "32 07 0003 612f62 000a" },
        { "PUBLISH QoS 0 with payload", "30 07 0003 612f62 6869" },
        { "PUBLISH QoS 2 retained duplicate", "3d 09 0003 612f62 ffff 6869" },
        { "PUBLISH of 128 bytes, two length bytes", "30 8001 0003 612f62 " + new string('7', 246) },
        { "PUBACK", "40 02 0001" },
        { "PUBREC", "50 02 1234" },
        { "PUBREL", "62 02 1234" },
        { "PUBCOMP", "70 02 ffff" },

        // Figure 3.23: "a/b" at QoS 1, "c/d" at QoS 2.
        { "SUBSCRIBE of the example", "82 0e 000a 0003 612f62 01 0003 632f64 02" },
        { "SUBACK of the example", "90 05 000a 00 02 80" },

        // Figure 3.30.
        { "UNSUBSCRIBE of the example", "a2 0c 000a 0003 612f62 0003 632f64" },
        { "UNSUBACK", "b0 02 000a" },
        { "PINGREQ", "c0 00" },
        { "PINGRESP", "d0 00" },
        { "DISCONNECT", "e0 00" },
    };

    public static TheoryData<string, string> Version500 => new()
    {
        { "CONNECT", "10 0e 0004 4d515454 05 02 000a 00 0001 61" },

        // Figure 3-6: user, password, will QoS 1, clean start, keep-alive 10, session expiry 10.
        { "CONNECT of the example, completed", "10 22 0004 4d515454 05 ce 000a 05 11 0000000a 0001 61 00 0001 77 0002 6279 0001 75 0002 7077" },
        { "CONNECT password without user", "10 11 0004 4d515454 05 42 000a 00 0001 61 0001 70" },
        { "CONNACK", "20 03 00 00 00" },
        { "CONNACK not authorized with reason string", "20 08 00 87 05 1f 0002 6e6f" },

        // Figure 3-9: topic "a/b", packet identifier 10, no properties.
        { "PUBLISH of the example", "32 08 0003 612f62 000a 00" },
        { "PUBLISH QoS 0 by alias alone", "30 07 0000 03 23 0001 78" },
        { "PUBACK success in its shortest form", "40 02 0001" },
        { "PUBACK reason without properties", "40 03 0001 10" },
        { "PUBACK reason and properties", "40 09 0001 87 05 1f 0002 6e6f" },
        { "PUBREC failure", "50 03 0001 97" },
        { "PUBREL identifier not found", "62 03 0001 92" },
        { "PUBCOMP identifier not found", "70 03 0001 92" },

        // Figure 3-22: "a/b" with options 1, "c/d" with options 2.
        { "SUBSCRIBE of the example", "82 0f 000a 00 0003 612f62 01 0003 632f64 02" },
        { "SUBSCRIBE all options", "82 09 000a 00 0003 612f62 2d" },
        { "SUBACK of the example and more", "90 07 000a 00 00 01 02 8f" },
        { "UNSUBSCRIBE of the example", "a2 0d 000a 00 0003 612f62 0003 632f64" },
        { "UNSUBACK", "b0 05 000a 00 00 11" },
        { "DISCONNECT normal", "e0 00" },
        { "DISCONNECT with will", "e0 02 04 00" },
        { "AUTH continue", "f0 0d 18 0b 15 0001 6d 16 0004 01020304" },
        { "AUTH success in its shortest form", "f0 00" },
    };

    [Theory]
    [MemberData(nameof(Version311))]
    public void Packet_of_3_1_1_is_read_and_written_as_the_standard_lays_it_out(string name, string hex)
    {
        Assert.NotEmpty(name);
        Assert.Equal(Compact(hex), DecodeAndEncode(hex, MqttProtocolVersion.V311));
    }

    [Theory]
    [MemberData(nameof(Version500))]
    public void Packet_of_5_is_read_and_written_as_the_standard_lays_it_out(string name, string hex)
    {
        Assert.NotEmpty(name);
        Assert.Equal(Compact(hex), DecodeAndEncode(hex, MqttProtocolVersion.V500));
    }
}
