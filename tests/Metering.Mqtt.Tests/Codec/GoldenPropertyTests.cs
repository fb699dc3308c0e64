using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Xunit;
using static Metering.Mqtt.Tests.Codec.GoldenBytes;

namespace Metering.Mqtt.Tests.Codec;

/// <summary>
/// Each of the 27 properties in each packet that table 2-4 of MQTT 5.0 gives it, encoded by hand from that table, and in every
/// other packet, where it must be refused.
/// </summary>
public sealed class GoldenPropertyTests
{
    private const string Acks = "PubAck PubRec PubRel PubComp SubAck UnsubAck";

    /// <summary>Identifier, encoded property, packets of table 2-4.</summary>
    private static readonly (int Id, string Hex, string Packets)[] s_table =
    [
        (0x01, "01 01", "Publish Will"),
        (0x02, "02 0000003c", "Publish Will"),
        (0x03, "03 0004 6a736f6e", "Publish Will"),
        (0x08, "08 0003 722f74", "Publish Will"),
        (0x09, "09 0002 00ff", "Publish Will"),
        (0x0b, "0b 8001", "Publish Subscribe"),
        (0x11, "11 ffffffff", "Connect ConnAck Disconnect"),
        (0x12, "12 0002 6964", "ConnAck"),
        (0x13, "13 003c", "ConnAck"),
        (0x15, "15 0005 5343524d31", "Connect ConnAck Auth"),
        (0x16, "15 0001 6d 16 0002 0102", "Connect ConnAck Auth"),
        (0x17, "17 00", "Connect"),
        (0x18, "18 00000005", "Will"),
        (0x19, "19 01", "Connect"),
        (0x1a, "1a 0001 72", "ConnAck"),
        (0x1c, "1c 0003 612e62", "ConnAck Disconnect"),
        (0x1f, "1f 0002 6e6f", "ConnAck Disconnect Auth " + Acks),
        (0x21, "21 0014", "Connect ConnAck"),
        (0x22, "22 0008", "Connect ConnAck"),
        (0x23, "23 0001", "Publish"),
        (0x24, "24 01", "ConnAck"),
        (0x25, "25 00", "ConnAck"),
        (0x26, "26 0001 6b 0002 7676 26 0001 6b 0000", "Connect ConnAck Publish Will Subscribe Unsubscribe Disconnect Auth " + Acks),
        (0x27, "27 00010000", "Connect ConnAck"),
        (0x28, "28 00", "ConnAck"),
        (0x29, "29 00", "ConnAck"),
        (0x2a, "2a 00", "ConnAck"),
    ];

    private static readonly string[] s_packets =
    [
        "Connect", "Will", "ConnAck", "Publish", "PubAck", "PubRec", "PubRel", "PubComp", "Subscribe", "SubAck",
        "Unsubscribe", "UnsubAck", "Disconnect", "Auth",
    ];

    public static TheoryData<int, string> EveryPlace()
    {
        var data = new TheoryData<int, string>();
        foreach ((int id, _, _) in s_table)
        {
            foreach (string packet in s_packets)
            {
                data.Add(id, packet);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryPlace))]
    public void Property_is_read_and_written_where_table_2_4_allows_it_and_refused_elsewhere(int id, string packet)
    {
        (_, string property, string allowed) = s_table.Single(row => row.Id == id);
        string hex = PacketWith(packet, Compact(property));
        if (allowed.Split(' ').Contains(packet))
        {
            Assert.Equal(hex, DecodeAndEncode(hex, MqttProtocolVersion.V500));
        }
        else
        {
            Assert.Equal(nameof(MqttReasonCode.MalformedPacket), DecodeAndEncode(hex, MqttProtocolVersion.V500));
        }
    }

    [Fact]
    public void Table_lists_all_27_properties_of_the_standard()
    {
        Assert.Equal(27, s_table.Length);
        Assert.Equal(s_table.Select(row => (MqttPropertyId)row.Id), Enum.GetValues<MqttPropertyId>().Order());
    }

    [Theory]
    [InlineData(0x01, "01 02")]
    [InlineData(0x17, "17 02")]
    [InlineData(0x21, "21 0000")]
    [InlineData(0x27, "27 00000000")]
    [InlineData(0x0b, "0b 00")]
    [InlineData(0x24, "24 02")]
    [InlineData(0x08, "08 0003 612f23")]
    public void Property_out_of_range_is_a_protocol_error(int id, string property)
    {
        string packet = s_table.Single(row => row.Id == id).Packets.Split(' ')[0];
        Assert.Equal(
            nameof(MqttReasonCode.ProtocolError),
            DecodeAndEncode(PacketWith(packet, Compact(property)), MqttProtocolVersion.V500));
    }

    [Fact]
    public void Property_topic_alias_0_is_an_invalid_alias() => Assert.Equal(
        nameof(MqttReasonCode.TopicAliasInvalid),
        DecodeAndEncode(PacketWith("Publish", "230000"), MqttProtocolVersion.V500));

    [Fact]
    public void Property_twice_is_a_protocol_error_unless_it_is_a_user_property()
    {
        foreach ((int id, string property, string packets) in s_table.Where(row => row.Id is not (0x26 or 0x0b)))
        {
            string twice = PacketWith(packets.Split(' ')[0], Compact(property) + Compact(property));
            Assert.True(
                DecodeAndEncode(twice, MqttProtocolVersion.V500) == nameof(MqttReasonCode.ProtocolError), $"property {id:x2}");
        }

        // 3.8.2.1.2: once in SUBSCRIBE; 3.3.2.3.8: several in a PUBLISH from the server.
        Assert.Equal(
            nameof(MqttReasonCode.ProtocolError),
            DecodeAndEncode(PacketWith("Subscribe", "0b010b02"), MqttProtocolVersion.V500));
        string several = PacketWith("Publish", "0b010b02");
        Assert.Equal(several, DecodeAndEncode(several, MqttProtocolVersion.V500));
    }

    [Fact]
    public void Property_that_does_not_belong_into_a_packet_is_not_written() => Assert.Throws<ArgumentException>(
        () => Hex(output => new DisconnectPacket(MqttReasonCode.Success) { Properties = new() { TopicAlias = 1 } }
            .Encode(output, MqttPacketType.Disconnect, MqttProtocolVersion.V500)));

    /// <summary>The packet around a property list; the rest is as short as the standard allows.</summary>
    private static string PacketWith(string packet, string properties)
    {
        string list = (properties.Length / 2).ToString("x2", System.Globalization.CultureInfo.InvariantCulture) + properties;
        (string first, string body) = packet switch
        {
            "Connect" => ("10", "0004 4d515454 05 02 000a" + list + "0001 61"),
            "Will" => ("10", "0004 4d515454 05 06 000a 00 0001 61" + list + "0001 77 0000"),
            "ConnAck" => ("20", "00 00" + list),
            "Publish" => ("32", "0001 61 0001" + list),
            "PubAck" => ("40", "0001 00" + list),
            "PubRec" => ("50", "0001 00" + list),
            "PubRel" => ("62", "0001 00" + list),
            "PubComp" => ("70", "0001 00" + list),
            "Subscribe" => ("82", "0001" + list + "0001 61 00"),
            "SubAck" => ("90", "0001" + list + "00"),
            "Unsubscribe" => ("a2", "0001" + list + "0001 61"),
            "UnsubAck" => ("b0", "0001" + list + "00"),
            "Disconnect" => ("e0", "00" + list),
            _ => ("f0", "18" + list),
        };
        body = Compact(body);
        return first + (body.Length / 2).ToString("x2", System.Globalization.CultureInfo.InvariantCulture) + body;
    }
}
