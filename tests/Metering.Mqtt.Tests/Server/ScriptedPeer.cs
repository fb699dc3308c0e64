using System.Buffers;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Tests.Codec;

namespace Metering.Mqtt.Tests.Server;

/// <summary>A client that sends exactly the bytes it is told to, and shows exactly those that come back.</summary>
internal sealed class ScriptedPeer(Stream stream) : IDisposable
{
    private byte[] _rest = [];

    /// <summary>Connects: 3.1.1 or 5, clean, keep-alive 0.</summary>
    public static async Task<ScriptedPeer> ConnectAsync(
        EndpointFixture fixture, MqttProtocolVersion version = MqttProtocolVersion.V500, string clientId = "c")
    {
        var peer = new ScriptedPeer(fixture.OpenStream());
        await peer.SendAsync(new ConnectPacket { Version = version, ClientId = clientId, CleanStart = true }.Encode);
        string answer = await peer.ReadAsync();
        if (!answer.StartsWith("20", StringComparison.Ordinal) || answer[6..8] != "00")
        {
            throw new IOException($"CONNACK {answer}");
        }

        return peer;
    }

    public Task SendAsync(string hex) => stream.WriteAsync(GoldenBytes.Bytes(hex)).AsTask();

    public Task SendAsync(byte[] bytes) => stream.WriteAsync(bytes).AsTask();

    public Task SendAsync(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return SendAsync(output.WrittenSpan.ToArray());
    }

    /// <summary>The next whole packet in hexadecimal, or "closed".</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[4096];
        while (true)
        {
            if (MqttFrame.TryRead(new ReadOnlySequence<byte>(_rest), 1 << 20, out MqttFrame frame, out _)
                == MqttFrameStatus.Complete)
            {
                int length = _rest.Length - (int)new ReadOnlySequence<byte>(_rest).Slice(frame.Body.End).Length;
                string packet = Convert.ToHexStringLower(_rest.AsSpan(0, length));
                _rest = _rest[length..];
                return packet;
            }

            int read;
            try
            {
                read = await stream.ReadAsync(buffer);
            }
            catch (IOException)
            {
                return "closed";
            }

            if (read == 0)
            {
                return "closed";
            }

            _rest = [.. _rest, .. buffer.AsSpan(0, read)];
        }
    }

    public void Dispose() => stream.Dispose();
}
