using System.Buffers;
using Metering.Mqtt.Codec;
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
        Assert.Equal(
            MqttFrameStatus.Complete,
            MqttFrame.TryRead(new ReadOnlySequence<byte>(bytes), int.MaxValue, out MqttFrame frame, out _));
        return frame;
    }
}
