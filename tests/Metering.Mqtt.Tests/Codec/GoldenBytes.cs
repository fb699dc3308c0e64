using System.Buffers;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Xunit;

namespace Metering.Mqtt.Tests.Codec;

/// <summary>Hexadecimal text to bytes and back, and frames out of bytes.</summary>
internal static class GoldenBytes
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static string Hex(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return Convert.ToHexStringLower(output.WrittenSpan);
    }

    public static string Compact(string hex) => hex.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    public static MqttFrame Frame(string hex)
    {
        byte[] bytes = Bytes(hex);
        MqttFrameStatus status = MqttFrame.TryRead(
            new ReadOnlySequence<byte>(bytes), int.MaxValue, out MqttFrame frame, out MqttDecodeError error);
        Assert.True(status == MqttFrameStatus.Complete, $"{status}: {error}");
        return frame;
    }

    /// <summary>Decodes one packet and encodes it again: the same bytes, or the reason of the refusal.</summary>
    public static string DecodeAndEncode(string hex, MqttProtocolVersion version)
    {
        byte[] bytes = Bytes(hex);
        MqttFrameStatus status = MqttFrame.TryRead(
            new ReadOnlySequence<byte>(bytes), 1024 * 1024, out MqttFrame frame, out MqttDecodeError error);
        return status switch
        {
            MqttFrameStatus.Refused => error.Reason.ToString(),
            MqttFrameStatus.Incomplete => "Incomplete",
            _ => PacketEcho.Echo(frame.Type, frame.Flags, frame.Body.ToArray(), version, out string echoed)
                ? echoed : throw new InvalidOperationException("no echo"),
        };
    }
}
